/**
 * The deterministic simulator: runs the cores of {@code dev.faultline.core} on one thread from one
 * seed, so that a run can be had again by its seed alone.
 */
@NullMarked
package dev.faultline.sim;

import org.jspecify.annotations.NullMarked;
