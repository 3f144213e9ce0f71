/**
 * The parts of the main job: each is a class with a name, a reason and rows, and a line in {@code Parts}.
 *
 * <p>Uses {@code verify}, which does the parts, and all rooms that a part asks.
 */
@NullMarked
package dev.faultline.conformance.parts;

import org.jspecify.annotations.NullMarked;
