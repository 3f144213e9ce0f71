/**
 * Draws events as sequence diagrams.
 *
 * <p>Knows events and pictures; no specification, and nothing of the other rooms.
 */
@NullMarked
package dev.faultline.conformance.pictures;

import org.jspecify.annotations.NullMarked;
