package dev.faultline.history;

import dev.faultline.core.Content;
import dev.faultline.core.Kind;

/**
 * A read or a write by a host, that took effect, or may have. Immutable.
 *
 * @param host who called
 * @param kind read or write
 * @param disk the name of the disk
 * @param segment the segment, from 0
 * @param block the block of the segment, from 0
 * @param value what was read, or what was to be written
 * @param called the number of the event of the call, from 1
 * @param ended the number of the event after which it cannot take effect any more, or {@link History#NEVER}
 * @param returned whether it was returned as done; otherwise it took effect before {@code ended}, or never
 */
public record Call(
        String host,
        Kind kind,
        String disk,
        int segment,
        int block,
        Content value,
        long called,
        long ended,
        boolean returned) {
    boolean isWrite() {
        return kind == Kind.WRITE;
    }

    /** Says who did what and when, for messages. */
    @Override
    public String toString() {
        String end = ended == History.NEVER ? "the end" : Long.toString(ended);
        return host + (isWrite() ? " writes " : " reads ") + value + " (event " + called + " to "
                + (returned ? end : end + ", without an answer") + ")";
    }
}
