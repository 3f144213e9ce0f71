/**
 * What is kept between runs, in the user's cache folder: bytes, each under a key that says what they depend on. Whatever is
 * damaged, foreign or cannot be read is as if it were not there, and what cannot be written is not kept.
 *
 * <p>Knows files only, and nothing of the other rooms: what the bytes mean is for who keeps them.
 */
@NullMarked
package dev.faultline.conformance.cache;

import org.jspecify.annotations.NullMarked;
