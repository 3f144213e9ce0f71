package dev.faultline.runtime;

import dev.faultline.core.Event;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceSink;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A place where events happen: it numbers them and dates them by the clock that it shares with the other places of its
 * cluster. For one thread at a time, but for {@link #beat}; who hands a place to another thread makes its events visible
 * there.
 */
final class Place {
    private final String name;
    private final AtomicLong clock;
    private final TraceSink trace;
    private long events;

    Place(String name, AtomicLong clock, TraceSink trace) {
        this.name = name;
        this.clock = clock;
        this.trace = trace;
    }

    String name() {
        return name;
    }

    /** Dates an event now. It must not be known to any other place yet. */
    synchronized void emit(Event event) {
        trace.accept(new TraceEvent(++events, clock.incrementAndGet(), name, event));
    }

    /** Says that it has no other events up to now. Any thread may do so. */
    synchronized void beat() {
        trace.quiet(name, clock.get());
    }
}
