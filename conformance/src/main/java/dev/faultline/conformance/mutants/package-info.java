/**
 * The code with one rule taken away, each with the place at which it must be caught.
 *
 * <p>Knows the cores' rules only, and nothing of the other rooms: whatever runs the code can run a mutant.
 */
@NullMarked
package dev.faultline.conformance.mutants;

import org.jspecify.annotations.NullMarked;
