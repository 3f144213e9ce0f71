/**
 * Steps of slices that are remembered, whatever the names in them, so that the specification is asked for each
 * once.
 *
 * <p>Decides nothing: what it returns is what a slice that asks would return. What is kept between runs lies in
 * {@code cache}. Uses {@code slices}, {@code projection}, {@code names} and {@code cache}.
 */
@NullMarked
package dev.faultline.conformance.memory;

import org.jspecify.annotations.NullMarked;
