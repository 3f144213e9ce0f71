package dev.faultline.trace;

/**
 * Where the events of a running system go.
 *
 * <p>Called on the threads of all places, several at once, at each step. The times of the events are 1, 2, 3 and so on,
 * none missing and none twice; but an event may come before one with an earlier time. May block for a moment, so as not
 * to fall behind; may throw, and then the place that called fails.
 */
@FunctionalInterface
public interface TraceSink {
    /** Keeps nothing. */
    TraceSink NONE = event -> {};

    /** Takes an event. */
    void accept(TraceEvent event);

    /**
     * Is told now and then that a place is alive: all its events up to this time have been offered. Never at the same time
     * as one of its events.
     */
    default void quiet(String place, long time) {}
}
