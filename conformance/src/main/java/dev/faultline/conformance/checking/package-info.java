/**
 * Holds a trace against the protocol's specification: slices, and what ties them together; and says why it is
 * rejected.
 *
 * <p>Uses {@code memory}, {@code slices}, {@code projection}, {@code names}, {@code pictures} and {@code
 * coverage}.
 */
@NullMarked
package dev.faultline.conformance.checking;

import org.jspecify.annotations.NullMarked;
