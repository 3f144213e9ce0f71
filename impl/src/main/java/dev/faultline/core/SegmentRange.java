package dev.faultline.core;

/**
 * One or many contiguous segments of a disk (P12.28).
 *
 * @param disk the name of the disk
 * @param first the number of the first segment, from 0
 * @param count how many segments, at least 1
 */
public record SegmentRange(String disk, int first, int count) {
    /** Refuses a range that is empty or negative with {@link IllegalArgumentException}. */
    public SegmentRange {
        if (first < 0 || count < 1 || count > Integer.MAX_VALUE - first) {
            throw new IllegalArgumentException("a range of segments from " + first + ", " + count + " of them");
        }
    }

    /** Returns the range of a single segment. */
    public static SegmentRange of(String disk, int segment) {
        return new SegmentRange(disk, segment, 1);
    }

    /** Returns whether a segment of this range's disk is in the range. */
    public boolean contains(int segment) {
        return segment >= first && segment - first < count;
    }
}
