package dev.faultline.history;

/**
 * Why no order of the calls explains what was read.
 *
 * @param kind what is wrong
 * @param text the whole explanation, for people; several lines
 */
public record Violation(Kind kind, String text) {
    /** What can be wrong. */
    public enum Kind {
        /** A call was done on a disk that was not there, or a snapshot was taken of one. */
        NO_SUCH_DISK,
        /** A read returned what was not written there, or not yet. */
        NEVER_WRITTEN,
        /** The calls on a block have no order. */
        NO_ORDER,
        /** A block of a snapshot is of no instant between request and answer. */
        NOT_THEN,
        /** The blocks of snapshots that belong together are of different instants. */
        TORN,
        /** A read returned what is older than something that was durable. */
        LOST
    }
}
