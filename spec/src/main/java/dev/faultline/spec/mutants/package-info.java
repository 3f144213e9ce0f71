/**
 * Tests the specification like code: takes away one conjunct after the other, in a copy of the modules, and looks which model
 * notices.
 *
 * <p>Uses {@code engine} and {@code model}.
 */
@NullMarked
package dev.faultline.spec.mutants;

import org.jspecify.annotations.NullMarked;
