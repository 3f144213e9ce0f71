package dev.faultline.conformance.projection;

import dev.faultline.conformance.names.Naming;
import dev.faultline.spec.engine.SpecAction;
import java.util.List;
import java.util.function.Function;

/**
 * What an event says of the spec: that a step of the action, with these arguments, was taken in each of the segments.
 *
 * @param action the action
 * @param firstSegment the first segment that the step concerns
 * @param segments how many segments from there on
 * @param arguments the arguments in a segment, as its names are called there: what {@link Plain} takes
 */
public record Claim(SpecAction action, int firstSegment, int segments, Function<Naming, List<Object>> arguments) {}
