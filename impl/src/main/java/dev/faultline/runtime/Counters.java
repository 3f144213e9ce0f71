package dev.faultline.runtime;

import dev.faultline.core.Event;
import java.util.concurrent.atomic.LongAdder;

/** Counts steps as they are taken. Any thread may use it. */
final class Counters {
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final LongAdder copies = new LongAdder();
    private final LongAdder snapshots = new LongAdder();
    private final LongAdder openings = new LongAdder();
    private final LongAdder fills = new LongAdder();
    private final LongAdder givenBack = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void note(Event event) {
        if (event instanceof Event.Read) {
            reads.increment();
        } else if (event instanceof Event.Write) {
            writes.increment();
        } else if (event instanceof Event.Fault) {
            faults.increment();
        } else if (event instanceof Event.BeginCopy) {
            copies.increment();
        } else if (event instanceof Event.AnswerSnapshot) {
            snapshots.increment();
        } else if (event instanceof Event.Open) {
            openings.increment();
        } else if (event instanceof Event.BeginFill) {
            fills.increment();
        } else if (event instanceof Event.Vacate) {
            givenBack.increment();
        } else if (event instanceof Event.Fail) {
            failed.increment();
        }
    }

    ClusterCounts counts() {
        return new ClusterCounts(
                reads.sum(),
                writes.sum(),
                faults.sum(),
                copies.sum(),
                snapshots.sum(),
                openings.sum(),
                fills.sum(),
                givenBack.sum(),
                failed.sum());
    }
}
