package dev.faultline.runtime;

import dev.faultline.core.Effect.Persist;
import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.Entry;
import dev.faultline.core.MappingTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table store that survives the controller, but not the process: for tests and for measuring. */
public final class MemoryTableStore implements TableStore {
    private final Map<String, List<Entry>> tables = new TreeMap<>();
    private long version;

    @Override
    public synchronized MappingTables load(int segmentsPerDisk) {
        MappingTables loaded = new MappingTables(segmentsPerDisk);
        tables.forEach(loaded::setAll);
        loaded.noteVersion(version);
        return loaded;
    }

    @Override
    public synchronized void persist(List<TableChange> changes) {
        for (TableChange change : changes) {
            if (change instanceof Persist persist) {
                put(persist);
            } else {
                tables.remove(change.disk());
            }
        }
    }

    private void put(Persist change) {
        List<Entry> entries = tables.computeIfAbsent(change.disk(), disk -> new ArrayList<>());
        int segment = change.first();
        for (Entry entry : change.entries()) {
            version = Math.max(version, entry.version());
            if (segment < entries.size()) {
                entries.set(segment, entry);
            } else {
                entries.add(entry);
            }
            segment++;
        }
    }

    @Override
    public void close() {}
}
