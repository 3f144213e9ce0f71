/**
 * The protocols as pure state machines: message in, state and messages out. No threads, sockets,
 * clocks, files or randomness live here; whoever drives a core brings them.
 */
@NullMarked
package dev.faultline.core;

import org.jspecify.annotations.NullMarked;
