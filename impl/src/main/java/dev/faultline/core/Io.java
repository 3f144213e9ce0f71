package dev.faultline.core;

/**
 * An I/O that an agent has under way. Immutable. Spec: {@code Io}.
 *
 * @param kind what it does
 * @param disk the disk
 * @param segment the segment of the disk, from 0
 * @param block the block of the segment, from 0
 * @param phase how far it is
 * @param location where it was sent, or {@link Entry#NO_LOCATION}
 */
public record Io(Kind kind, String disk, int segment, int block, Phase phase, long location) {
    /** How far an I/O is. The spec's {@code "performed"} is storage's, and no agent can see it. */
    public enum Phase {
        /** Not looked up yet. */
        WAITING,
        /** The entry does not allow it, and the controller was told. */
        FAULTED,
        /** It faulted, and the entry has been changed to allow it. */
        RENEWED,
        /** Sent to storage. */
        STARTED
    }

    Io in(Phase newPhase) {
        return new Io(kind, disk, segment, block, newPhase, location);
    }

    Io startedAt(long newLocation) {
        return new Io(kind, disk, segment, block, Phase.STARTED, newLocation);
    }

    boolean isOn(SegmentRange range) {
        return disk.equals(range.disk()) && range.contains(segment);
    }
}
