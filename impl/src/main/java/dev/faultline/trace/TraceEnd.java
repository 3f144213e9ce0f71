package dev.faultline.trace;

/**
 * The last line of a trace, which says that nothing is missing after it.
 *
 * @param end how many events the file has
 */
record TraceEnd(long end) {}
