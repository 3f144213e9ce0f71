package dev.faultline.spec.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One step that the next-state relation allows.
 *
 * @param action the name of the innermost operator that leads to the step by nothing but disjunctions, quantifiers,
 *     definitions and calls, such as {@code Answer}; the name of the next-state relation itself if there is none
 * @param arguments the values of that operator's parameters, in order
 * @param after the state that the step leads to
 */
public record SpecTransition(String action, List<SpecValue> arguments, SpecState after) {
    /** Copies the list. */
    public SpecTransition {
        arguments = List.copyOf(arguments);
    }

    /** Returns the call, such as {@code Answer(a1, "h1")}. */
    @Override
    public String toString() {
        return arguments.isEmpty()
                ? action
                : arguments.stream().map(SpecValue::toString).collect(Collectors.joining(", ", action + "(", ")"));
    }
}
