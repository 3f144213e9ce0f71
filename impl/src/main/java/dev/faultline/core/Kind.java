package dev.faultline.core;

/** What an I/O does, or what an agent tells the controller of. Spec: {@code Kinds}, and the kinds of a flush and of an offer. */
public enum Kind {
    /** Returns a block's contents. */
    READ("read"),
    /** Replaces a block's contents. */
    WRITE("write"),
    /** Makes durable what was written to a disk. */
    FLUSH("flush"),
    /** No I/O, but the word that a segment may be zeros throughout. */
    TRIM("trim");

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
