package dev.faultline.conformance.pictures;

import dev.faultline.trace.TraceEvent;

/**
 * An event and where it stands in its trace.
 *
 * @param number from 1; the header is not counted
 * @param event the event
 */
public record Numbered(long number, TraceEvent event) {}
