/**
 * Accepted traces, spoilt: each must be rejected, or it is explained why it need not be.
 *
 * <p>Uses {@code checking}, {@code schedules} and {@code mutants}.
 */
@NullMarked
package dev.faultline.conformance.tampering;

import org.jspecify.annotations.NullMarked;
