package dev.faultline.conformance.projection;

import dev.faultline.core.Io;

/**
 * Where a host has its I/O, as far as the events tell.
 *
 * @param agent the agent that it went to
 */
public record ActiveIo(String agent, int segment, int block) {
    /** The segment of a flush: it is of all of them. */
    static final int ALL_SEGMENTS = Io.NOWHERE;

    /** Returns the flush of a host. */
    public static ActiveIo ofFlush(String agent) {
        return new ActiveIo(agent, ALL_SEGMENTS, Io.NOWHERE);
    }

    /** Stands for the I/O of a host that has none: the spec then says so. */
    public static final ActiveIo NONE = new ActiveIo("", 0, 0);
}
