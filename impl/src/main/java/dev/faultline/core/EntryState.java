package dev.faultline.core;

/** A state that a mapping-table entry can have besides its location. Spec: {@code EntryStates}. */
public enum EntryState {
    /** The entry is of no use: reads and writes fault. */
    INVALID("invalid"),
    /** No write: reads go through, writes fault (Nw). */
    NO_WRITE("Nw"),
    /** A barrier is in force: reads and writes wait. */
    HELD("held"),
    /** The disk is going or gone: reads and writes are rejected. */
    ERROR("error"),
    /** Nothing lies behind it: reads are zeros, writes fault. */
    ZERO("zero");

    private final String label;

    EntryState(String label) {
        this.label = label;
    }

    /** Returns the name that the spec has for it. */
    @Override
    public String toString() {
        return label;
    }
}
