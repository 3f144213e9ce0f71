/**
 * One segment of a system, as the specification sees it: the modules loaded for it, what is believed of it, and
 * the search for the steps that no trace has.
 *
 * <p>Uses {@code projection} and {@code names}.
 */
@NullMarked
package dev.faultline.conformance.slices;

import org.jspecify.annotations.NullMarked;
