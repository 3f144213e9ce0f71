/**
 * Bounded systems of the real code, and single steps of them held against the specification in all that they do.
 *
 * <p>Shared by what explores and what walks. Uses {@code projection}, {@code slices}, {@code names} and {@code
 * pictures}.
 */
@NullMarked
package dev.faultline.conformance.scenarios;

import org.jspecify.annotations.NullMarked;
