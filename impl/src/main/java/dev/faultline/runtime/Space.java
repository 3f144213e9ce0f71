package dev.faultline.runtime;

import dev.faultline.core.ControllerCore;
import dev.faultline.core.Entry;
import dev.faultline.core.Job;
import dev.faultline.core.MappingTables;

/**
 * How much of a container is in use, in segments: what is not used, shared or being filled is free. Immutable.
 *
 * @param used locations that one disk uses, and no other
 * @param shared locations that several disks use
 * @param filling locations that a segment is about to use
 * @param capacity how many locations there are; {@link MappingTables#UNBOUNDED} if there is no bound
 */
public record Space(long used, long shared, long filling, int capacity) {
    static Space of(ControllerCore controller) {
        MappingTables tables = controller.tables();
        long shared = tables.sharedLocations();
        long filling = controller.jobs().values().stream()
                .filter(job -> job.step() == Job.Step.COPYING && job.to() != Entry.NO_LOCATION)
                .count();
        return new Space(tables.locations().size() - shared, shared, filling, tables.capacity());
    }

    /** Returns how many locations are free. {@link IllegalStateException} where there is no bound. */
    public long free() {
        if (capacity == MappingTables.UNBOUNDED) {
            throw new IllegalStateException("a container without bound has always space");
        }
        return capacity - used - shared - filling;
    }
}
