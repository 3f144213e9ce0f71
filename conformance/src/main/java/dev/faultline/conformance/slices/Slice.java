package dev.faultline.conformance.slices;

import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.SpecState;
import java.util.Optional;
import java.util.Set;

/** One segment's part of a trace: the states that the spec can be in, given the events so far. There is always one. */
public interface Slice {
    /** Returns a slice that believes the same, and from then on goes its own way. */
    Slice fork();

    /** Returns how many states are believed. */
    int size();

    /** Returns the states that are believed, under the names of the trace. */
    Set<SpecState> believed();

    /**
     * Takes a step; returns the reason if no believed state allows it, and then believes what it did before.
     *
     * @param naming the event's own names, in this segment
     * @throws dev.faultline.spec.engine.SpecEvaluationException if the spec has no meaning for it
     */
    Optional<Denial> step(Claim claim, Naming naming);
}
