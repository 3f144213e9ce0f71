/**
 * What was met: actions with their outcomes, by strength, and the floors below which a check says nothing.
 *
 * <p>Knows events and worlds of the code; no specification, and nothing of the other rooms.
 */
@NullMarked
package dev.faultline.conformance.coverage;

import org.jspecify.annotations.NullMarked;
