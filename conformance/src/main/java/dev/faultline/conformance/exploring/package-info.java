/**
 * The exhaustive strength: every state that a bounded system can get into.
 *
 * <p>Uses {@code scenarios} and {@code coverage}.
 */
@NullMarked
package dev.faultline.conformance.exploring;

import org.jspecify.annotations.NullMarked;
