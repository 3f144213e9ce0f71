package dev.faultline.history;

import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Event;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a run event by event; the first event has number 1. The disks d and e have two blocks. */
final class Story {
    static final TraceHeader HEADER =
            new TraceHeader(TraceHeader.VERSION, List.of("a"), List.of("d", "e"), 1, 2, new Content(0));

    private final HistoryRecorder recorder = new HistoryRecorder(HEADER);
    private long n;

    Story write(String host, String disk, int block, long value) {
        return event(new Event.Write(host, "a", disk, 0, block, new Content(value)));
    }

    Story read(String host, String disk, int block) {
        return event(new Event.Read(host, "a", disk, 0, block));
    }

    Story done(String host, long value) {
        return event(new Event.Complete(host, new Content(value)));
    }

    /** A write that nothing overlaps: two events. */
    Story wrote(String host, String disk, int block, long value) {
        return write(host, disk, block, value).done(host, value);
    }

    /** A read that nothing overlaps: two events. */
    Story saw(String host, String disk, int block, long value) {
        return read(host, disk, block).done(host, value);
    }

    Story ask(Map<String, String> originals) {
        return event(new Event.AskSnapshot(new Cut(originals)));
    }

    Story answer(Map<String, String> originals) {
        return event(new Event.AnswerSnapshot(new Cut(originals)));
    }

    Story flush(String host, String disk) {
        return event(new Event.Flush(host, "a", disk));
    }

    /** Two events. */
    Story flushed(String host, String disk) {
        return flush(host, disk).done(host, 0);
    }

    Story losePower() {
        return event(new Event.LosePower(List.of()));
    }

    Story refuse(String host) {
        return event(new Event.Refuse(host));
    }

    Story remove(String disk) {
        return event(new Event.Remove(disk, List.of()));
    }

    Story reject(String host) {
        return event(new Event.Reject(host));
    }

    Story abandon(String host) {
        event(new Event.Fault(host));
        recorder.abandoned(host);
        return this;
    }

    Story crash() {
        event(new Event.Fault("nobody"));
        recorder.controllerCrashed();
        return this;
    }

    private Story event(Event event) {
        n++;
        recorder.accept(new TraceEvent(n, n, "somewhere", event));
        return this;
    }

    History history() {
        return recorder.history();
    }

    Optional<String> verdict() {
        return HistoryChecker.check(history()).map(violation -> violation.kind() + ": " + violation.text());
    }
}
