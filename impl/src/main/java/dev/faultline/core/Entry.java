package dev.faultline.core;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A mapping-table entry: where a segment lies, what may be done to it there, and how old it is. Immutable. Spec:
 * {@code Entry}.
 *
 * @param location the number of a segment-sized place in the storage container, or {@link #NO_LOCATION}
 * @param states the states that are on, in the order of their declaration, so that traces are the same in each process
 * @param version the number of the change that made the entry what it is, at least 0: later changes, to whatever entry,
 *     have greater numbers
 */
public record Entry(long location, Set<EntryState> states, long version) {
    /** Stands for the location of an entry that never had one. */
    public static final long NO_LOCATION = -1;

    /** What an agent holds of a segment that it was told nothing about. Spec: {@code InvalidEntry}. */
    public static final Entry NONE = new Entry(NO_LOCATION, Set.of(EntryState.INVALID), 0);

    /** The entry of a disk that does not exist. Spec: {@code ErrorEntry}. */
    public static final Entry ERROR = new Entry(NO_LOCATION, Set.of(EntryState.ERROR), 0);

    /** The entry of a segment that has no storage. Spec: {@code EmptyEntry}. */
    public static final Entry EMPTY = new Entry(NO_LOCATION, Set.of(EntryState.ZERO), 0);

    /** Copies the set; {@link IllegalArgumentException} for a negative version. */
    public Entry {
        EnumSet<EntryState> copy = EnumSet.noneOf(EntryState.class);
        copy.addAll(states);
        states = Collections.unmodifiableSet(copy);
        if (version < 0) {
            throw new IllegalArgumentException("an entry of version " + version);
        }
    }

    /** Returns an entry that allows reads and writes at a location, of version 0. */
    public static Entry at(long location) {
        return new Entry(location, Set.of(), 0);
    }

    /** Returns whether the entry allows such an I/O. Spec: {@code Allows}. */
    public boolean allows(Kind kind) {
        return !is(EntryState.INVALID)
                && !is(EntryState.HELD)
                && !is(EntryState.ERROR)
                && !(kind == Kind.WRITE && (is(EntryState.NO_WRITE) || isEmpty()));
    }

    /** Returns whether the segment has no storage. Spec: {@code IsEmpty}. */
    public boolean isEmpty() {
        return is(EntryState.ZERO);
    }

    /** Returns whether a state is on. */
    public boolean is(EntryState state) {
        return states.contains(state);
    }

    /** Returns the entry with one state switched on or off, of the same version. Spec: {@code SetState}. */
    public Entry with(EntryState state, boolean on) {
        if (states.contains(state) == on) {
            return this;
        }
        EnumSet<EntryState> changed = EnumSet.noneOf(EntryState.class);
        changed.addAll(states);
        if (on) {
            changed.add(state);
        } else {
            changed.remove(state);
        }
        return new Entry(location, changed, version);
    }

    /** Returns the entry with another location and other states, of the same version. */
    public Entry movedTo(long newLocation, Set<EntryState> newStates) {
        return new Entry(newLocation, newStates, version);
    }

    /** Returns the entry with another version. */
    public Entry under(long newVersion) {
        return new Entry(location, states, newVersion);
    }
}
