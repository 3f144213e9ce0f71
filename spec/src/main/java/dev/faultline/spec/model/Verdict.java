package dev.faultline.spec.model;

/** What came of checking a model. */
public sealed interface Verdict {
    /** Stands for a property's name when a state without successor is what was found. */
    String DEADLOCK = "Deadlock";

    /** No property is violated, in as much as was explored. */
    record Holds() implements Verdict {
        @Override
        public String toString() {
            return "holds";
        }
    }

    /**
     * A property is violated.
     *
     * @param property its name in the configuration, or {@link #DEADLOCK}; "A or B" where TLC does not tell which one
     * @param counterexample a behaviour that violates it
     */
    record Breaks(String property, Counterexample counterexample) implements Verdict {
        @Override
        public String toString() {
            return "breaks " + property;
        }
    }

    /**
     * There is no verdict: the model cannot be read or evaluated.
     *
     * @param reason one line: what is wrong, where possible with file and line
     */
    record Failed(String reason) implements Verdict {
        @Override
        public String toString() {
            return "error";
        }
    }
}
