package dev.faultline.spec.drawing;

import java.util.List;
import java.util.Map;

/**
 * One step of a behaviour, in plain Java: values are as those of {@code SpecValue.toJava}.
 *
 * @param action the name under which the drawer knows the action
 * @param shown the name to show, such as that of a reading which the configuration put in the action's place
 * @param arguments the action's arguments; empty also if they are not known
 * @param before the variables before the step, each with its value
 * @param after the variables after it
 */
public record ActionStep(
        String action, String shown, List<Object> arguments, Map<String, Object> before, Map<String, Object> after) {
    /** Copies the list. */
    public ActionStep {
        arguments = List.copyOf(arguments);
    }
}
