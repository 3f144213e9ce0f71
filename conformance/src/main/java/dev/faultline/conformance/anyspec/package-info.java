/**
 * A trace of any system against any specification: values from JSON, actions that are not observed, the states that are
 * believed, and why a line is rejected. Knows TLA+ and events, which are an action, its arguments and values of variables;
 * nothing of the mapping protocol.
 *
 * <p>Uses no other room.
 */
@NullMarked
package dev.faultline.conformance.anyspec;

import org.jspecify.annotations.NullMarked;
