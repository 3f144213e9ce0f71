/**
 * All strengths side by side: which of them catches which mutant.
 *
 * <p>Uses the strengths and {@code mutants}.
 */
@NullMarked
package dev.faultline.conformance.strengths;

import org.jspecify.annotations.NullMarked;
