package dev.faultline.runtime;

import dev.faultline.core.Effect.Persist;
import dev.faultline.core.Entry;
import dev.faultline.core.MappingTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table store that survives the controller, but not the process: for tests and for measuring. */
public final class MemoryTableStore implements TableStore {
    private final Map<String, List<Entry>> tables = new TreeMap<>();

    @Override
    public synchronized MappingTables load(int segmentsPerDisk) {
        MappingTables loaded = new MappingTables(segmentsPerDisk);
        tables.forEach(loaded::setAll);
        return loaded;
    }

    @Override
    public synchronized void persist(List<Persist> changes) {
        for (Persist change : changes) {
            List<Entry> entries = tables.computeIfAbsent(change.disk(), disk -> new ArrayList<>());
            for (int i = 0; i < change.entries().size(); i++) {
                int segment = change.first() + i;
                if (segment < entries.size()) {
                    entries.set(segment, change.entries().get(i));
                } else {
                    entries.add(change.entries().get(i));
                }
            }
        }
    }

    @Override
    public void close() {}
}
