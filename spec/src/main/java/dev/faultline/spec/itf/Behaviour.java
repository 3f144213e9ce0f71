package dev.faultline.spec.itf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * States of a specification, one after the other, in plain Java: values are as those of {@code SpecValue.toJava}. Immutable.
 *
 * @param about what it is, by names such as {@code model} and {@code config}
 * @param variables the names of the variables
 * @param first the state in which it begins, a value for each variable
 * @param steps what happens, in order
 * @param loop the number of the state, from 0, that comes again after the last one, if it goes on for ever
 */
public record Behaviour(
        Map<String, String> about,
        List<String> variables,
        Map<String, Object> first,
        List<Step> steps,
        OptionalInt loop) {
    /** Copies the collections. */
    public Behaviour {
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
        variables = List.copyOf(variables);
        first = Map.copyOf(first);
        steps = List.copyOf(steps);
    }

    /**
     * A step, and the state after it.
     *
     * @param action the name of the action
     * @param arguments its arguments; none also if they are not known
     * @param after a value for each variable
     */
    public record Step(String action, List<Object> arguments, Map<String, Object> after) {
        /** Copies the collections. */
        public Step {
            arguments = List.copyOf(arguments);
            after = Map.copyOf(after);
        }
    }
}
