/**
 * The live strength: the running system under a monitor, with real data.
 *
 * <p>Uses {@code checking} and {@code mutants}.
 */
@NullMarked
package dev.faultline.conformance.live;

import org.jspecify.annotations.NullMarked;
