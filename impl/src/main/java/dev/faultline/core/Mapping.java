package dev.faultline.core;

/** Which agents map a disk, in a system. Spec: what {@code Mappers}, {@code Maps} and {@code Keeps} stand for. */
public enum Mapping {
    /** All agents map all disks: there is nothing to open. */
    ALL("all"),
    /** An agent maps the disks that it has open. Spec: {@code Openers}, {@code HasOpen} and {@code ListensTo}. */
    OPENED("opened");

    private final String label;

    Mapping(String label) {
        this.label = label;
    }

    /** Returns its name in traces. */
    @Override
    public String toString() {
        return label;
    }
}
