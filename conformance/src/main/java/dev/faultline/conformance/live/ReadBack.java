package dev.faultline.conformance.live;

import java.util.ArrayList;
import java.util.List;

/** What was read back of disks on which each write has a number, and what of it cannot be. For one thread at a time. */
final class ReadBack {
    private final List<String> wrong = new ArrayList<>();

    /** Returns what cannot be, a line each. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Notes that a block holds parts of several writes. */
    void torn(String disk, int block) {
        wrong.add("block " + block + " of " + disk + " is torn");
    }

    /**
     * Compares what was read of a disk with what it may hold.
     *
     * @param oldest for each block, the number of the oldest write that it may hold
     * @param newest for each block, that of the newest
     */
    void compare(String disk, List<Long> found, List<Long> oldest, List<Long> newest) {
        for (int block = 0; block < found.size(); block++) {
            if (found.get(block) < oldest.get(block) || found.get(block) > newest.get(block)) {
                wrong.add("block " + block + " of " + disk + " holds write " + found.get(block) + ", which should be "
                        + oldest.get(block) + (oldest.equals(newest) ? "" : " to " + newest.get(block)));
            }
        }
    }

    /** Compares two disks that were snapshotted together: each block was written on the left before it was on the right. */
    void compareCut(String left, List<Long> ofLeft, String right, List<Long> ofRight) {
        for (int block = 0; block < ofLeft.size(); block++) {
            if (ofRight.get(block) > ofLeft.get(block)) {
                wrong.add(left + " and " + right + " are not of one instant: block " + block + " holds write "
                        + ofLeft.get(block) + " on the left, and the later " + ofRight.get(block) + " on the right");
            }
        }
    }
}
