package dev.faultline.core;

import dev.faultline.core.Effect.Erase;
import dev.faultline.core.Effect.EraseOpening;
import dev.faultline.core.Effect.NoteOpening;
import dev.faultline.core.Effect.NoteVersion;
import dev.faultline.core.Effect.Persist;
import dev.faultline.core.Effect.TableChange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The persistent mapping tables of all disks, the highest version that an entry was ever given, and who has what open. Spec: {@code table},
 * {@code version}, {@code names}, {@code openings}. For one thread at a time.
 *
 * <p>Counts the entries that name each location, so that sharing is seen at once in a table of any size. A location that
 * was freed is used again only when storage has no other, and so hardly ever where there is no bound: numbers are many. What
 * was to be filled when the controller crashed, no table names, and it is taken next.
 */
public final class MappingTables {
    /** The capacity of a storage that has as many locations as anybody wants. */
    public static final int UNBOUNDED = 0;

    private final int segmentsPerDisk;
    private final int capacity;
    private final Map<String, List<Entry>> tables = new TreeMap<>();
    private final Set<String> names = new TreeSet<>();
    private final SortedMap<Opener, Long> openings = new TreeMap<>();
    private final Map<Long, Integer> users = new HashMap<>();

    /** The locations that are in use, named by an entry or not yet; not kept where there is no bound, for nobody asks. */
    private final BitSet inUse = new BitSet();

    private long nextLocation;
    private long version;

    /** Makes an empty set of tables of a storage without bound. */
    public MappingTables(int segmentsPerDisk) {
        this(segmentsPerDisk, UNBOUNDED);
    }

    /**
     * Makes an empty set of tables.
     *
     * @param capacity how many locations storage has, numbered from 0; {@link #UNBOUNDED} if there is no bound
     */
    public MappingTables(int segmentsPerDisk, int capacity) {
        this.segmentsPerDisk = segmentsPerDisk;
        this.capacity = capacity;
    }

    /**
     * Returns the tables of new disks, each segment of each at a location of its own, from 0 on, in a storage without bound.
     */
    public static MappingTables ofNewDisks(List<String> disks, int segmentsPerDisk) {
        return ofNewDisks(disks, segmentsPerDisk, UNBOUNDED);
    }

    /**
     * Returns the tables of new disks, each segment of each at a location of its own, from 0 on.
     *
     * @param capacity as in the constructor
     */
    public static MappingTables ofNewDisks(List<String> disks, int segmentsPerDisk, int capacity) {
        MappingTables tables = new MappingTables(segmentsPerDisk, capacity);
        long location = 0;
        for (String disk : disks) {
            List<Entry> entries = new ArrayList<>();
            for (int segment = 0; segment < segmentsPerDisk; segment++) {
                entries.add(Entry.at(location++));
            }
            tables.setAll(disk, entries);
        }
        return tables;
    }

    /** Returns an equal set of tables, which from then on goes its own way. */
    public MappingTables copy() {
        MappingTables copy = new MappingTables(segmentsPerDisk, capacity);
        tables.forEach((disk, entries) -> copy.tables.put(disk, new ArrayList<>(entries)));
        copy.names.addAll(names);
        copy.openings.putAll(openings);
        copy.users.putAll(users);
        copy.inUse.or(inUse);
        copy.nextLocation = nextLocation;
        copy.version = version;
        return copy;
    }

    /** Returns how many locations storage has; {@link #UNBOUNDED} if there is no bound. */
    public int capacity() {
        return capacity;
    }

    /** Returns how many segments every disk has. */
    public int segmentsPerDisk() {
        return segmentsPerDisk;
    }

    /** Returns the names of the disks, in alphabetical order. */
    public Set<String> disks() {
        return Set.copyOf(tables.keySet());
    }

    /** Returns whether there is such a disk. */
    public boolean has(String disk) {
        return tables.containsKey(disk);
    }

    /** Returns all names that disks have had, also those that are no more. Spec: {@code names}. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** Returns the entries of a disk, as they are now. */
    public List<Entry> entries(String disk) {
        return List.copyOf(table(disk));
    }

    /** Returns the entry of a segment. */
    public Entry entry(String disk, int segment) {
        return table(disk).get(segment);
    }

    /** Replaces an entry. */
    public void set(String disk, int segment, Entry entry) {
        release(table(disk).set(segment, entry));
        account(entry);
    }

    /** Replaces the whole table of a disk, or gives a new disk its table. */
    public void setAll(String disk, List<Entry> entries) {
        if (entries.size() != segmentsPerDisk) {
            throw new IllegalArgumentException(entries.size() + " entries for " + segmentsPerDisk + " segments");
        }
        tables.getOrDefault(disk, List.of()).forEach(this::release);
        tables.put(disk, new ArrayList<>(entries));
        names.add(disk);
        entries.forEach(this::account);
    }

    /** Removes a disk. */
    public void remove(String disk) {
        table(disk).forEach(this::release);
        tables.remove(disk);
    }

    /** Returns the highest version that an entry was ever given, on disks that are no more too; 0 at first. */
    public long version() {
        return version;
    }

    /** Notes that an entry was given a version, on a disk that may be no more. */
    public void noteVersion(long given) {
        version = Math.max(version, given);
    }

    /** Notes that there was a disk of that name, which may be no more. */
    public void noteName(String disk) {
        names.add(disk);
    }

    /** Returns the numbers of the openings of agents that have disks open; a view. Spec: {@code openings}. */
    public SortedMap<Opener, Long> openings() {
        return Collections.unmodifiableSortedMap(openings);
    }

    /** Notes that an agent has a disk open. */
    public void noteOpening(Opener opener, long number) {
        openings.put(opener, number);
    }

    /** Notes that an agent has a disk open no more. */
    public void eraseOpening(Opener opener) {
        openings.remove(opener);
    }

    /** Makes a change, or makes it again, as a driver does that keeps the tables. */
    public void apply(TableChange change) {
        if (change instanceof Persist persist) {
            if (!has(persist.disk())) {
                setAll(persist.disk(), persist.entries());
                return;
            }
            int segment = persist.first();
            for (Entry entry : persist.entries()) {
                set(persist.disk(), segment++, entry);
            }
        } else if (change instanceof Erase erase) {
            remove(erase.disk());
        } else if (change instanceof NoteVersion note) {
            noteVersion(note.version());
        } else if (change instanceof NoteOpening note) {
            noteOpening(note.opener(), note.number());
        } else if (change instanceof EraseOpening erase) {
            eraseOpening(erase.opener());
        }
    }

    /** Returns how many locations entries name. */
    long usedLocations() {
        return users.size();
    }

    /** Returns how many locations more than one entry names. */
    long sharedLocations() {
        return users.values().stream().filter(count -> count > 1).count();
    }

    /** Returns the locations that entries name. */
    public Set<Long> locations() {
        return Set.copyOf(users.keySet());
    }

    /** Returns whether more than one entry names the location. Spec: {@code Shared}. */
    public boolean isShared(long location) {
        return users.getOrDefault(location, 0) > 1;
    }

    /**
     * Returns a location that is not in use: one that never was, or else the lowest; {@link Entry#NO_LOCATION} if there is
     * none. Spec: {@code Unused}.
     */
    public long unusedLocation() {
        if (isUnbounded() || nextLocation < capacity) {
            return nextLocation;
        }
        int lowest = inUse.nextClearBit(0);
        return lowest < capacity ? lowest : Entry.NO_LOCATION;
    }

    /**
     * Notes that a location is in use, also if no entry names it yet.
     *
     * @throws IllegalArgumentException if storage has no such location
     */
    public void use(long location) {
        if (!isUnbounded()) {
            if (location >= capacity) {
                throw new IllegalArgumentException("location " + location + " of a storage that has " + capacity);
            }
            inUse.set((int) location);
        }
        nextLocation = Math.max(nextLocation, location + 1);
    }

    private boolean isUnbounded() {
        return capacity == UNBOUNDED;
    }

    private void account(Entry entry) {
        noteVersion(entry.version());
        if (entry.location() != Entry.NO_LOCATION) {
            use(entry.location());
            users.merge(entry.location(), 1, Integer::sum);
        }
    }

    private void release(Entry entry) {
        long left = entry.location();
        users.computeIfPresent(left, (location, count) -> count == 1 ? null : count - 1);
        if (!isUnbounded() && left != Entry.NO_LOCATION && !users.containsKey(left)) {
            inUse.clear((int) left);
        }
    }

    /** Returns whether the other tables are the same and will go on in the same way. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MappingTables that
                && nextLocation == that.nextLocation
                && capacity == that.capacity
                && inUse.equals(that.inUse)
                && version == that.version
                && tables.equals(that.tables)
                && openings.equals(that.openings)
                && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(nextLocation, version, tables, openings, names);
    }

    private List<Entry> table(String disk) {
        List<Entry> entries = tables.get(disk);
        if (entries == null) {
            throw new IllegalArgumentException("there is no disk " + disk);
        }
        return entries;
    }
}
