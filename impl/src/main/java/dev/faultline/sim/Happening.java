package dev.faultline.sim;

import dev.faultline.core.Event;

/** Something that happened, and where. */
public record Happening(String place, Event event) {}
