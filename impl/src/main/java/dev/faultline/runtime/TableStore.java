package dev.faultline.runtime;

import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.MappingTables;
import java.util.List;

/**
 * Where the controller keeps the mapping tables.
 *
 * <p>Called on the controller's thread, before any effect that follows a change; may block, and may throw, whereupon the
 * controller fails. One controller at a time may use a store.
 */
public interface TableStore extends AutoCloseable {
    /**
     * Returns the tables as they were made durable last, without a disk if nothing was, and knowing the highest version
     * that an entry was ever given and all names that disks have had; called once, at the start.
     *
     * @param capacity for how many segments the container has space, as in {@link MappingTables}
     * @throws ClusterException if they cannot be read, or are not those of such disks in such a container
     */
    MappingTables load(int segmentsPerDisk, int capacity);

    /** Makes changes durable, all of them or none. They are when the call returns. */
    void persist(List<TableChange> changes);

    @Override
    void close();
}
