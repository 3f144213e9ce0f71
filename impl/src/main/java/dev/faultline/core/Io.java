package dev.faultline.core;

/**
 * An I/O that an agent has under way. Immutable. Spec: {@code Io}.
 *
 * @param kind what it does
 * @param disk the disk
 * @param segment the segment of the disk, from 0; {@link #NOWHERE} for a flush
 * @param block the block of the segment, from 0; {@link #NOWHERE} for a flush
 * @param ofZeros whether it is a write of zeros
 * @param phase how far it is
 * @param location where it was sent; {@link Entry#NO_LOCATION} if it was not, or if the segment is empty
 */
public record Io(Kind kind, String disk, int segment, int block, boolean ofZeros, Phase phase, long location) {
    /** The segment and the block of a flush. Spec: {@code Nowhere}. */
    public static final int NOWHERE = -1;

    /** Returns the flush of a disk, which goes to storage at once. */
    static Io flushOf(String disk) {
        return new Io(Kind.FLUSH, disk, NOWHERE, NOWHERE, false, Phase.STARTED, Entry.NO_LOCATION);
    }

    /** How far an I/O is. What storage has performed, no agent can see: to it, the I/O is started. */
    public enum Phase {
        /** Not looked up yet. */
        WAITING,
        /** The entry does not allow it, and the controller was told. */
        FAULTED,
        /** It faulted, and the entry has been changed to allow it. */
        RENEWED,
        /** Sent to storage. */
        STARTED,
        /** It faulted, and there is no space left for it. */
        FULL
    }

    Io in(Phase newPhase) {
        return new Io(kind, disk, segment, block, ofZeros, newPhase, location);
    }

    Io startedAt(long newLocation) {
        return new Io(kind, disk, segment, block, ofZeros, Phase.STARTED, newLocation);
    }

    /** Returns whether it is on its way to storage and back, and reads or writes. Spec: {@code InFlight}. */
    boolean isInFlight() {
        return kind != Kind.FLUSH && phase == Phase.STARTED;
    }

    /**
     * Returns whether the entry allows it: zeros may be written where a read may go if the segment is empty. Spec: {@code
     * AllowsIo}.
     */
    public boolean isAllowedBy(Entry entry) {
        return entry.allows(entry.isEmpty() && ofZeros ? Kind.READ : kind);
    }

    boolean isOn(SegmentRange range) {
        return disk.equals(range.disk()) && range.contains(segment);
    }
}
