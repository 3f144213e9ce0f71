/**
 * Judges a run by what hosts saw of it alone: every block must behave as if each call took effect at one instant, and
 * all blocks of a snapshot must be of one instant. Knows the events of hosts and of whoever asks for snapshots, nothing
 * of agents, tables and messages, and nothing of the specification: an error there hides nothing here.
 */
@NullMarked
package dev.faultline.history;

import org.jspecify.annotations.NullMarked;
