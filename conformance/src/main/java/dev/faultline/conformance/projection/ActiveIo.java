package dev.faultline.conformance.projection;

/**
 * Where a host has its I/O, as far as the events tell.
 *
 * @param agent the agent that it went to
 */
public record ActiveIo(String agent, int segment, int block) {
    /** Stands for the I/O of a host that has none: the spec then says so. */
    public static final ActiveIo NONE = new ActiveIo("", 0, 0);
}
