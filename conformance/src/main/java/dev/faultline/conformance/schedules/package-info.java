/**
 * The randomised strength: seeded schedules of the simulator, held against the specification, shrunk and kept.
 *
 * <p>Uses {@code checking}, {@code mutants}, {@code coverage} and {@code pictures}, and what hosts saw.
 */
@NullMarked
package dev.faultline.conformance.schedules;

import org.jspecify.annotations.NullMarked;
