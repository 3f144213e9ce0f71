/**
 * Translates the code into the specification's values: an event into an action with its arguments, a whole state
 * of the code into a state of the specification.
 *
 * <p>The only room that knows both the records of the code and the variables of the specification. Uses {@code
 * names}, and the evaluator.
 */
@NullMarked
package dev.faultline.conformance.projection;

import org.jspecify.annotations.NullMarked;
