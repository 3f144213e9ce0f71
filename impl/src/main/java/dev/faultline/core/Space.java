package dev.faultline.core;

/**
 * How much of a container is in use, in segments: what is not used, shared or being filled is free. Immutable. Spec: what
 * {@code SpaceAddsUp} adds up.
 *
 * @param used locations that one disk uses, and no other
 * @param shared locations that several disks use
 * @param filling locations that a segment is about to use
 * @param capacity how many locations there are; {@link MappingTables#UNBOUNDED} if there is no bound
 */
public record Space(long used, long shared, long filling, int capacity) {
    /** Returns how many locations are free. {@link IllegalStateException} where there is no bound. */
    public long free() {
        if (capacity == MappingTables.UNBOUNDED) {
            throw new IllegalStateException("a container without bound has always space");
        }
        return capacity - used - shared - filling;
    }
}
