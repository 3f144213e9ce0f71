/**
 * The main job: what a part of it is, what is asked for, and how parts are done one after the other or side by side.
 *
 * <p>Knows no command line: who shows the rows hands in a listener. Uses {@code coverage}; knows none of the parts.
 */
@NullMarked
package dev.faultline.conformance.verify;

import org.jspecify.annotations.NullMarked;
