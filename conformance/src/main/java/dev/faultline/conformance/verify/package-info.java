/**
 * The main job: its parts, each an object with a name, a reason and rows, and the order in which they are done.
 *
 * <p>A new part is one class that implements {@code Part}, and a line in {@code Verification}. Knows no command line: who
 * shows the rows hands in a listener. Uses all other rooms.
 */
@NullMarked
package dev.faultline.conformance.verify;

import org.jspecify.annotations.NullMarked;
