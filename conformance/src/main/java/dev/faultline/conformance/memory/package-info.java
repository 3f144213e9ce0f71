/**
 * Steps of slices that are remembered, whatever the names in them, so that the specification is asked for each
 * once.
 *
 * <p>Decides nothing: what it returns is what a slice that asks would return. Uses {@code slices}, {@code
 * projection} and {@code names}.
 */
@NullMarked
package dev.faultline.conformance.memory;

import org.jspecify.annotations.NullMarked;
