package dev.faultline.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The versions that the events so far have given, by segment. What whole disks were given is kept once for all segments.
 * For one thread at a time.
 */
final class Versions {
    private final TreeSet<Long> ofAll = new TreeSet<>();
    private final Map<Integer, TreeSet<Long>> ofSegment = new HashMap<>();
    private long highest;

    /** Returns the highest version of all. */
    long highest() {
        return highest;
    }

    /** Returns the highest version that was given in a segment and is not above the given one; 0 if there is none. */
    long highestUpTo(long version, int segment) {
        Long common = ofAll.floor(version);
        TreeSet<Long> own = ofSegment.get(segment);
        Long mine = own == null ? null : own.floor(version);
        return Math.max(common == null ? 0 : common, mine == null ? 0 : mine);
    }

    /** Notes a version that was given in all segments. */
    void add(long version) {
        ofAll.add(version);
        highest = Math.max(highest, version);
    }

    /** Notes a version that was given in one segment. */
    void add(long version, int segment) {
        ofSegment.computeIfAbsent(segment, s -> new TreeSet<>()).add(version);
        highest = Math.max(highest, version);
    }
}
