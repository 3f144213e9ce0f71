package dev.faultline.spec.model;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the manifest says will come of checking a model. */
public sealed interface Expectation {
    /**
     * No property is violated.
     *
     * @param states the number of distinct states; empty where not all are visited
     * @param depth the number of states on the longest of the shortest paths from an initial state; empty where that is
     *     not deterministic, as it is only for exhaustive exploration by one worker
     */
    record Holds(OptionalLong states, OptionalInt depth) implements Expectation {
        @Override
        public String toString() {
            return "holds";
        }
    }

    /**
     * The property is violated.
     *
     * @param property its name, or {@link Verdict#DEADLOCK}
     */
    record Breaks(String property) implements Expectation {
        @Override
        public String toString() {
            return "breaks " + property;
        }
    }
}
