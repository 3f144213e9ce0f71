package dev.faultline.conformance;

import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecValue;
import java.util.function.IntFunction;

/**
 * What an event says of the spec: that a step of the action, with these arguments, was taken in each of the segments.
 *
 * @param action the action
 * @param firstSegment the first segment that the step concerns
 * @param segments how many segments from there on
 * @param arguments the arguments, for each segment
 */
record Claim(SpecAction action, int firstSegment, int segments, IntFunction<SpecValue[]> arguments) {}
