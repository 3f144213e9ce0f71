package dev.faultline.conformance.anyspec;

import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecValue;
import java.util.List;
import java.util.Map;

/**
 * One line of a trace.
 *
 * @param text the line as it stands in the file
 * @param arguments the values of the action's parameters, in order
 * @param state the values that some variables have afterwards; empty if nothing is said of them
 */
record Observed(String text, SpecAction action, List<SpecValue> arguments, Map<String, SpecValue> state) {}
