/**
 * Draws events as sequence diagrams, and writes what the pages say of the format of traces.
 *
 * <p>Knows events, records and pictures; no specification, and nothing of the other rooms.
 */
@NullMarked
package dev.faultline.conformance.pictures;

import org.jspecify.annotations.NullMarked;
