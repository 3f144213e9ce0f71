/**
 * What traces and the specification call things, and the tokens that stand for names of which only equality
 * matters.
 *
 * <p>Knows names of hosts, agents, disks, locations and contents; no events, no states. Uses nothing of the
 * other rooms.
 */
@NullMarked
package dev.faultline.conformance.names;

import org.jspecify.annotations.NullMarked;
