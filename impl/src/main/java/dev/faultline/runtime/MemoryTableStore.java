package dev.faultline.runtime;

import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.MappingTables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table store that survives the controller, but not the process: for tests and for measuring. */
public final class MemoryTableStore implements TableStore {
    private @Nullable MappingTables tables;

    @Override
    public synchronized MappingTables load(int segmentsPerDisk, int capacity) {
        if (tables == null) {
            tables = new MappingTables(segmentsPerDisk, capacity);
        }
        return tables.copy();
    }

    @Override
    public synchronized void persist(List<TableChange> changes) {
        if (tables == null) {
            throw new IllegalStateException("the tables were not loaded");
        }
        changes.forEach(tables::apply);
    }

    @Override
    public void close() {}
}
