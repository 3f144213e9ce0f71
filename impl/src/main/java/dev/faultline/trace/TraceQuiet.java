package dev.faultline.trace;

/**
 * A line between the events of a place: it is alive, but has nothing more to say of the time until now. Who merges the
 * files of several places need not wait for it, and who finds them after a crash knows that nothing is lost of that time.
 *
 * @param quiet all events of the place up to this time are above; those that come are later
 */
record TraceQuiet(long quiet) {}
