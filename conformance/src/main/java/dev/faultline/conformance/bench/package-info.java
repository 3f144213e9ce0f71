/**
 * What is measured, and against what.
 *
 * <p>Uses all other rooms but the command line.
 */
@NullMarked
package dev.faultline.conformance.bench;

import org.jspecify.annotations.NullMarked;
