package dev.faultline.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges the files of several places into one trace, in the order of their logical times. An event has a greater time
 * than all that it may depend on, so that causes come first. Events with the same time do not depend on each other: they
 * come in the order of the names of their places.
 */
final class TraceMerge implements TraceSource {
    private final Path folder;
    private final List<Path> passedOver;
    private final List<String> missing;
    private final List<String> withoutFile;
    private final List<TraceReader> files;
    private final TraceHeader header;
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing(Head::event, TraceEvent.IN_ORDER));
    private final Map<String, TraceReader> fileOfPlace = new HashMap<>();
    private @Nullable TraceReader last;

    /** The earliest time at which a file stops that has no end: what is later may depend on what is lost. */
    private long limit = Long.MAX_VALUE;

    private String stopped = "";
    private long leftOut;

    /** The next event of a file. */
    private record Head(TraceEvent event, TraceReader file) {}

    private TraceMerge(Path path, TraceFolder folder, List<TraceReader> files, boolean whole) {
        this.folder = path;
        this.files = files;
        passedOver = folder.passedOver();
        TraceReader first =
                files.stream().filter(TraceReader::hasHeader).findFirst().orElse(files.get(0));
        header = first.header();
        for (TraceReader file : files) {
            if (file.hasHeader() && !file.header().equals(header)) {
                throw new UnusableTraceException(file.name() + ": this is of another system than " + first.name());
            }
        }
        missing = header.places().stream().filter(place -> !folder.has(place)).toList();
        withoutFile = !header.places().isEmpty()
                ? List.of()
                : Stream.concat(header.agents().stream(), Stream.of(Emitter.CONTROLLER_PLACE))
                        .filter(place -> !folder.has(place))
                        .toList();
        if (!missing.isEmpty()) {
            if (whole) {
                throw new UnusableTraceException(path + ": no file of " + String.join(", ", missing)
                        + ": the header names such places, so a part of the trace is missing");
            }
            stopAt(0, missing.get(0) + ", of which there is no file");
        }
        files.forEach(this::advance);
    }

    static TraceMerge open(Path path, boolean whole) {
        TraceFolder folder = TraceFolder.of(path);
        List<TraceReader> files = new ArrayList<>();
        try {
            folder.places().forEach(parts -> files.add(TraceReader.open(parts, whole)));
            return new TraceMerge(path, folder, files, whole);
        } catch (UnusableTraceException e) {
            files.forEach(TraceReader::close);
            throw e;
        }
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    @Override
    public @Nullable TraceEvent next() {
        if (last != null) {
            advance(last);
            last = null;
        }
        Head head = heads.poll();
        if (head != null && head.event().time() > limit) {
            heads.add(head);
            leaveOut();
            return null;
        }
        last = head == null ? null : head.file();
        return head == null ? null : head.event();
    }

    private void advance(TraceReader file) {
        TraceEvent event = file.next();
        if (event == null) {
            if (!file.isEnded()) {
                stopAt(file.time(), file.name());
            }
            return;
        }
        TraceReader other = fileOfPlace.putIfAbsent(event.place(), file);
        if (other != null && other != file) {
            throw new UnusableTraceException(file.position() + ": the events of place " + event.place() + " are in "
                    + other.name() + " already");
        }
        heads.add(new Head(event, file));
    }

    private void stopAt(long time, String who) {
        if (time < limit) {
            limit = time;
            stopped = who;
        }
    }

    /** Counts what comes after the limit. */
    private void leaveOut() {
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            leftOut++;
            while (head.file().next() != null) {
                leftOut++;
            }
        }
    }

    @Override
    public Optional<TraceStop> stop() {
        List<String> unended = Stream.concat(
                        missing.stream().map(place -> place + " without a file"),
                        files.stream().filter(file -> !file.isEnded()).map(TraceReader::standing))
                .toList();
        return unended.isEmpty() ? Optional.empty() : Optional.of(new TraceStop(limit, stopped, unended, leftOut));
    }

    @Override
    public List<Path> passedOver() {
        return passedOver;
    }

    @Override
    public List<String> withoutFile() {
        return withoutFile;
    }

    @Override
    public TracePosition at() {
        return last == null ? new TracePosition(folder.toString(), 0) : last.at();
    }

    @Override
    public void close() {
        files.forEach(TraceReader::close);
    }
}
