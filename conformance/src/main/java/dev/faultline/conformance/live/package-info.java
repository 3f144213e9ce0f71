/**
 * The live strength: the running system under a monitor, with real data.
 *
 * <p>Uses {@code checking}, {@code mutants} and {@code pictures}.
 */
@NullMarked
package dev.faultline.conformance.live;

import org.jspecify.annotations.NullMarked;
