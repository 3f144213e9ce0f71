package dev.faultline.history;

import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Event;
import dev.faultline.core.Kind;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Picks the calls of hosts and the requests for snapshots out of a trace, and passes over everything else. Keeps all
 * calls in memory, some 100 bytes each. For one thread at a time.
 */
public final class HistoryRecorder {
    private final TraceHeader header;
    private final List<Call> calls = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<History.Creation> creations = new ArrayList<>();
    private final List<History.Removal> removals = new ArrayList<>();
    private final Map<String, Call> open = new LinkedHashMap<>();
    private final Map<Cut, Integer> asked = new HashMap<>();
    private long events;

    /** The flushes under way, by host. */
    private final Map<String, Power.Flush> flushing = new HashMap<>();

    private final List<Power.Flush> flushes = new ArrayList<>();
    private final List<Long> losses = new ArrayList<>();

    /** What was seen before power was lost, if it was. */
    private @Nullable History beforeLoss;

    /** Makes a recorder for a trace with this header. */
    public HistoryRecorder(TraceHeader header) {
        this.header = header;
    }

    /** Takes the next event. */
    public void accept(TraceEvent traced) {
        Event event = traced.event();
        events++;
        if (event instanceof Event.Read read) {
            // What is read is known when it returns.
            call(read.host(), Kind.READ, read.disk(), read.segment(), read.block(), header.zero());
        } else if (event instanceof Event.Write write) {
            call(write.host(), Kind.WRITE, write.disk(), write.segment(), write.block(), write.value());
        } else if (event instanceof Event.Complete complete) {
            complete(complete.host(), complete.value());
        } else if (event instanceof Event.Reject reject) {
            refused(reject.host());
        } else if (event instanceof Event.Fail fail) {
            refused(fail.host());
        } else if (event instanceof Event.Refuse refuse) {
            refused(refuse.host());
        } else if (event instanceof Event.Abandon abandon) {
            abandoned(abandon.host());
        } else if (event instanceof Event.CrashController) {
            controllerCrashed();
        } else if (event instanceof Event.AskSnapshot ask) {
            asked.put(ask.cut(), requests.size());
            requests.add(new Request(ask.cut(), events, History.NEVER, false));
        } else if (event instanceof Event.AnswerSnapshot answer) {
            end(asked.remove(answer.cut()), true);
        } else if (event instanceof Event.LosePower) {
            powerLost();
        } else if (event instanceof Event.Flush flush) {
            flushing.put(flush.host(), new Power.Flush(flush.disk(), events, History.NEVER));
        } else if (event instanceof Event.Create create) {
            creations.add(new History.Creation(create.disk(), events));
        } else if (event instanceof Event.Remove remove) {
            removals.add(new History.Removal(remove.disk(), events));
        }
    }

    private void call(String host, Kind kind, String disk, int segment, int block, Content value) {
        abandoned(host);
        open.put(host, new Call(host, kind, disk, segment, block, value, events, History.NEVER, false));
    }

    /** What hosts have seen until now is judged as ever; what they see from now on, by what must be there still. */
    private void powerLost() {
        if (beforeLoss == null) {
            beforeLoss = seen();
        }
        losses.add(events);
    }

    private void complete(String host, Content value) {
        Power.Flush flush = flushing.remove(host);
        if (flush != null) {
            flushes.add(new Power.Flush(flush.disk(), flush.called(), events));
        }
        Call call = open.remove(host);
        if (call != null) {
            calls.add(new Call(
                    host,
                    call.kind(),
                    call.disk(),
                    call.segment(),
                    call.block(),
                    call.isWrite() ? call.value() : value,
                    call.called(),
                    events,
                    true));
        }
    }

    /** The host's call, if it has one, came back without having been done. */
    void refused(String host) {
        open.remove(host);
        flushing.remove(host);
    }

    /** The host waits for its call, if it has one, no longer: it may have been done by now, but will not be. */
    void abandoned(String host) {
        flushing.remove(host);
        Call call = open.remove(host);
        if (call != null && call.isWrite()) {
            calls.add(new Call(
                    host,
                    Kind.WRITE,
                    call.disk(),
                    call.segment(),
                    call.block(),
                    call.value(),
                    call.called(),
                    events,
                    false));
        }
    }

    /** The requests that are under way get no answer: the snapshots may have been taken by now, but will not be. */
    void controllerCrashed() {
        asked.values().forEach(index -> end(index, false));
        asked.clear();
    }

    private void end(@Nullable Integer index, boolean answered) {
        if (index != null) {
            Request request = requests.get(index);
            requests.set(index, new Request(request.cut(), request.asked(), events, answered));
        }
    }

    /** Returns how many calls have come to their end so far. */
    public int calls() {
        return calls.size();
    }

    /** Returns what was seen so far; the calls and requests that are under way may still be done. */
    public History history() {
        History seen = seen();
        return beforeLoss == null ? seen : beforeLoss.with(new Power(seen.calls(), flushes, losses));
    }

    private History seen() {
        List<Call> all = new ArrayList<>(calls);
        open.values().stream().filter(Call::isWrite).forEach(all::add);
        return new History(header.disks(), header.zero(), events, all, requests, creations, removals, Power.NONE);
    }
}
