/**
 * The real system, with threads, files and sockets, around the same cores of
 * {@code dev.faultline.core} that the simulator runs.
 */
@NullMarked
package dev.faultline.runtime;

import org.jspecify.annotations.NullMarked;
