/**
 * The guided strength: the specification chooses, and the code must be able to follow.
 *
 * <p>Uses {@code scenarios} and {@code coverage}.
 */
@NullMarked
package dev.faultline.conformance.walks;

import org.jspecify.annotations.NullMarked;
