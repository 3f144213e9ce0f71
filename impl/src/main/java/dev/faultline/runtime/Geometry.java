package dev.faultline.runtime;

/**
 * The measures of every disk of a cluster. All sizes that follow from it are exact: a geometry whose disk does not fit
 * in a {@code long} cannot be made.
 *
 * @param segmentsPerDisk how many segments a disk has, at least 1
 * @param blocksPerSegment how many blocks a segment has, at least 1
 * @param blockBytes how many bytes a block has, at least 1
 */
public record Geometry(int segmentsPerDisk, int blocksPerSegment, int blockBytes) {
    /** {@link IllegalArgumentException} for a disk without a byte, or with too many to be counted. */
    public Geometry {
        if (segmentsPerDisk < 1 || blocksPerSegment < 1 || blockBytes < 1) {
            throw new IllegalArgumentException("a disk needs a segment, a block and a byte, not " + segmentsPerDisk
                    + ", " + blocksPerSegment + " and " + blockBytes);
        }
        try {
            Math.multiplyExact(Math.multiplyExact((long) segmentsPerDisk, blocksPerSegment), blockBytes);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a disk of " + segmentsPerDisk + " segments of " + blocksPerSegment
                    + " blocks of " + blockBytes + " bytes is too large");
        }
    }

    /** Returns the smallest geometry that holds so many bytes. */
    public static Geometry holding(long bytes, int blocksPerSegment, int blockBytes) {
        long segmentBytes = (long) blocksPerSegment * blockBytes;
        long segments = Math.max(1, (bytes + segmentBytes - 1) / segmentBytes);
        return new Geometry(Math.toIntExact(segments), blocksPerSegment, blockBytes);
    }

    /** Returns how many blocks a disk has. */
    public long blocksPerDisk() {
        return (long) segmentsPerDisk * blocksPerSegment;
    }

    /** Returns how many bytes a segment has. */
    public long segmentBytes() {
        return (long) blocksPerSegment * blockBytes;
    }

    /** Returns how many bytes a disk has. */
    public long diskBytes() {
        return blocksPerDisk() * blockBytes;
    }

    /** Returns the segment that holds a block of a disk; {@link IndexOutOfBoundsException} if there is no such block. */
    int segmentOf(long diskBlock) {
        return (int) (checked(diskBlock) / blocksPerSegment);
    }

    /** Returns which block of its segment it is; {@link IndexOutOfBoundsException} if there is no such block. */
    int blockInSegment(long diskBlock) {
        return (int) (checked(diskBlock) % blocksPerSegment);
    }

    private long checked(long diskBlock) {
        if (diskBlock < 0 || diskBlock >= blocksPerDisk()) {
            throw new IndexOutOfBoundsException(
                    "block " + diskBlock + " of a disk that has the blocks 0 to " + (blocksPerDisk() - 1));
        }
        return diskBlock;
    }
}
