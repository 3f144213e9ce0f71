package dev.faultline.conformance.live;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import dev.faultline.trace.TraceSequencer;
import dev.faultline.trace.TraceSink;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.TraceSpool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a running system against the spec while it runs. The events of all places are put in the order of their times,
 * which is one that causes come first in, and checked on a thread of the monitor's own. From the first event on that the
 * spec refuses, every place that offers an event is refused too, so that the system stops. Any thread may offer events.
 */
public final class Monitor implements TraceSink, AutoCloseable {
    private final Conformance conformance;
    private final TraceHeader header;
    private final TraceChecker checker;
    private final TraceSpool spool;
    private final TraceSequencer sequencer;
    private volatile @Nullable Rejection rejection;

    /**
     * Starts a monitor for a system with this header, before its first event.
     *
     * @param conformance makes the checker, and stays open until the monitor is closed
     */
    public Monitor(Conformance conformance, TraceHeader header) {
        this.conformance = conformance;
        this.header = header;
        checker = conformance.rememberingChecker(header);
        spool = new TraceSpool(header);
        sequencer = new TraceSequencer(this::check);
    }

    /** Takes an event; {@link IllegalStateException} once one was refused. May wait while the monitor is far behind. */
    @Override
    public void accept(TraceEvent event) {
        sequencer.accept(event);
    }

    private void check(TraceEvent event) {
        spool.accept(event);
        checker.accept(event).ifPresent(refused -> {
            rejection = refused;
            throw new IllegalStateException("the spec refuses event " + refused.number() + ", " + refused.action());
        });
    }

    /**
     * Returns why the system was stopped, if the spec refused an event; once the monitor is closed, with the events that set
     * what the refused one needed.
     */
    public Optional<Rejection> rejection() {
        return Optional.ofNullable(rejection);
    }

    /** Returns how many events were accepted; to be asked when the monitor is closed. */
    public long events() {
        return checker.events();
    }

    /** Returns the most states that the spec believed at once in a segment; to be asked when the monitor is closed. */
    public int mostBelieved() {
        return checker.mostBelieved();
    }

    /**
     * Waits until all events are checked; the system must have stopped. A refused event is no failure of the monitor's.
     *
     * @throws IllegalStateException if a time is missing among the events
     */
    @Override
    public void close() {
        try {
            sequencer.close();
        } catch (IllegalStateException e) {
            Rejection refused = rejection;
            if (refused == null) {
                throw e;
            }
            rejection = explained(refused);
        } finally {
            spool.close();
        }
    }

    private Rejection explained(Rejection refused) {
        Optional<TraceSource> events = spool.read();
        if (events.isEmpty()) {
            return refused;
        }
        try (TraceSource again = events.get()) {
            return conformance.explained(header, refused, again::next);
        }
    }
}
