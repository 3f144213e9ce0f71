package dev.faultline.runtime;

import dev.faultline.core.EntryState;
import dev.faultline.core.MappingTables;
import dev.faultline.trace.TraceName;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names of the disks that can be used, and of those that no longer can. Any thread may use it. */
final class DiskNames {
    private final Set<String> usable = ConcurrentHashMap.newKeySet();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    void add(Collection<String> disks) {
        usable.addAll(disks);
    }

    /** Adds the disks of tables, as far as they are not going or gone. */
    void add(MappingTables tables) {
        for (String disk : tables.names()) {
            if (tables.has(disk) && !tables.entries(disk).stream().allMatch(entry -> entry.is(EntryState.ERROR))) {
                usable.add(disk);
            } else {
                deleted.add(disk);
            }
        }
    }

    /** Has no I/O begin on a disk any more. */
    void delete(String disk) {
        deleted.add(disk);
        usable.remove(disk);
    }

    Set<String> usable() {
        return Set.copyOf(usable);
    }

    boolean isDeleted(String disk) {
        return deleted.contains(disk);
    }

    void expectUsable(String disk) {
        if (isDeleted(disk)) {
            throw DiskDeletedException.of(disk);
        }
        if (!usable.contains(disk)) {
            throw new IllegalArgumentException("there is no disk " + disk + " among " + usable);
        }
    }

    /** Refuses the name of a disk that was deleted too: the agents still know that disk as gone. Also one that no trace has. */
    void expectFree(String name) {
        TraceName.expect(name);
        if (usable.contains(name)) {
            throw new IllegalArgumentException("there is a disk " + name + " already");
        }
        if (isDeleted(name)) {
            throw new IllegalArgumentException("there was a disk " + name + ", whose name cannot be used again");
        }
    }
}
