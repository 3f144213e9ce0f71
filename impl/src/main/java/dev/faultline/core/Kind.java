package dev.faultline.core;

/** What an I/O does. Spec: {@code Kinds}. */
public enum Kind {
    /** Returns a block's contents. */
    READ("read"),
    /** Replaces a block's contents. */
    WRITE("write");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** Returns the name that the spec has for it. */
    @Override
    public String toString() {
        return label;
    }
}
