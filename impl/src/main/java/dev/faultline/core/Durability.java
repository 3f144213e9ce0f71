package dev.faultline.core;

/** When what is written to storage is durable. Spec: {@code StorageCaches}. */
public enum Durability {
    /** When it is written: storage loses nothing, and there is nothing to flush. */
    AT_ONCE("at once"),
    /** When it is flushed: storage has a cache, and may lose power. */
    WHEN_FLUSHED("when flushed");

    private final String label;

    Durability(String label) {
        this.label = label;
    }

    /** Returns its name in traces. */
    @Override
    public String toString() {
        return label;
    }
}
