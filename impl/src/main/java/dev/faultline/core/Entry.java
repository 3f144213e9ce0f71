package dev.faultline.core;

import java.util.EnumSet;
import java.util.Set;

/**
 * A mapping-table entry: where a segment lies, and what may be done to it there. Immutable. Spec: {@code Entry}.
 *
 * @param location the number of a segment-sized place in the storage container, or {@link #NO_LOCATION}
 * @param states the states that are on
 */
public record Entry(long location, Set<EntryState> states) {
    /** Stands for the location of an entry that never had one. */
    public static final long NO_LOCATION = -1;

    /** What an agent holds of a segment that it was told nothing about. Spec: {@code InvalidEntry}. */
    public static final Entry NONE = new Entry(NO_LOCATION, Set.of(EntryState.INVALID));

    /** Copies the set. */
    public Entry {
        states = Set.copyOf(states);
    }

    /** Returns an entry that allows reads and writes at a location. */
    public static Entry at(long location) {
        return new Entry(location, Set.of());
    }

    /** Returns whether the entry allows such an I/O. Spec: {@code Allows}. */
    public boolean allows(Kind kind) {
        return !states.contains(EntryState.INVALID) && !(kind == Kind.WRITE && states.contains(EntryState.NO_WRITE));
    }

    /** Returns the entry with one state switched on or off. Spec: {@code SetState}. */
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
        return new Entry(location, changed);
    }

    /** Returns the entry with another location and the same states. */
    public Entry movedTo(long newLocation) {
        return new Entry(newLocation, states);
    }
}
