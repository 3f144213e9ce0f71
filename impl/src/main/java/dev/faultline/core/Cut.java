package dev.faultline.core;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Snapshots that are asked for, and made, together: all of them are of one instant. Immutable. Spec: the function
 * {@code g} of {@code AskSnapshot}.
 *
 * @param originals the disk that is cloned, for the name of each new snapshot; in alphabetical order of the new names
 */
public record Cut(Map<String, String> originals) {
    /** Copies the map. */
    public Cut {
        originals = Collections.unmodifiableMap(new TreeMap<>(originals));
    }

    /** Returns a cut of a single snapshot. */
    public static Cut of(String disk, String snapshot) {
        return new Cut(Map.of(snapshot, disk));
    }

    /** Returns the names of the new snapshots. Spec: {@code DOMAIN g}. */
    public Set<String> snapshots() {
        return originals.keySet();
    }

    /** Returns the disks that are cloned, in alphabetical order. Spec: {@code Range(g)}. */
    public Set<String> disks() {
        return new TreeSet<>(originals.values());
    }

    /** Returns whether the disks are brought to a stand first, as several are. Spec: {@code NeedsBarrier}. */
    public boolean needsBarrier() {
        return disks().size() > 1;
    }

    @Override
    public String toString() {
        return originals.toString();
    }
}
