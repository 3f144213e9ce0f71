/**
 * Holds the code against the specification: takes traces of the implementation and asks the
 * specification whether it allows them. The only place that knows both sides.
 */
@NullMarked
package dev.faultline.conformance;

import org.jspecify.annotations.NullMarked;
