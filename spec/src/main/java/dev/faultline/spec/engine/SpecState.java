package dev.faultline.spec.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state of a loaded specification: one value for each variable. Immutable, equal by value, with a hash code computed
 * once. Like the specification it came from, a state is for one thread at a time; it stays readable after the
 * specification is closed.
 */
public interface SpecState {
    /**
     * Returns the value of a variable.
     *
     * @throws java.util.NoSuchElementException if the specification has no such variable
     */
    SpecValue get(String variable);

    /**
     * Returns the part of a variable's value that arguments and field names select, one after the other; nothing if there is
     * no such part.
     *
     * @throws java.util.NoSuchElementException if the specification has no such variable
     */
    Optional<SpecValue> at(String variable, List<SpecValue> path);

    /** Returns the text of every variable's value in TLA+ syntax, in the order of declaration. */
    Map<String, String> render();

    /**
     * Returns where this state and another of the same specification differ, in the order of declaration; for
     * functions, records and tuples only the differing parts.
     *
     * @throws IllegalArgumentException if the other state belongs to another specification
     */
    List<Difference> diff(SpecState other);

    /**
     * One place where two states differ. Its text is such as {@code ios["h1"].phase: "started" ≠ "performed"}.
     *
     * @param path the place in TLA+ syntax, such as {@code ios["h1"].phase}
     * @param here the text of the value in the state that was asked; {@value #ABSENT} if the path does not exist there
     * @param there the text of the value in the other state; {@value #ABSENT} if the path does not exist there
     */
    record Difference(String path, String here, String there) {
        /** Stands for a value that is not there, as when only one of two functions has an argument in its domain. */
        public static final String ABSENT = "(absent)";

        /** Returns the difference on one line. */
        @Override
        public String toString() {
            return path + ": " + here + " ≠ " + there;
        }
    }
}
