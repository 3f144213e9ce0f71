package dev.faultline.conformance.checking;

import dev.faultline.conformance.projection.Claim;
import dev.faultline.trace.TraceEvent;
import java.util.Optional;

/** Takes the steps of a trace's events in the slices that they concern: at once, or on threads of its own. */
interface SliceSteps extends AutoCloseable {
    /**
     * Takes a step. Returns the first rejection that is known by now, which may be of an event before; one of this event may
     * be known later.
     */
    Optional<Rejection> step(long number, TraceEvent traced, Claim claim);

    /** Waits until all steps have been taken, and returns the first rejection, by the number of the event. */
    default Optional<Rejection> settle() {
        return Optional.empty();
    }

    /** Returns the slices, in which all steps have been taken; after {@link #settle} has returned nothing. */
    SliceTable settled();

    /** Returns the most states that were believed at once in a slice; after {@link #settle}. */
    int mostBelieved();

    /** Ends the threads. */
    @Override
    void close();
}
