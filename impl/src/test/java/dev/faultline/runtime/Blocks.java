package dev.faultline.runtime;

import java.util.HashMap;
import java.util.Map;

/** What a cluster looks like to those who call it: disks are rows of blocks, and a snapshot is a copy. */
public class Blocks {
    private final int[][] disks = new int[ClusterOfBlocks.DISKS][ClusterOfBlocks.BLOCKS];
    private final Map<String, int[]> snapshots = new HashMap<>();

    /** See {@link ClusterOfBlocks#read}. */
    public int read(int thread, int mine, int disk, int block) {
        int[] blocks = blocks(thread, mine, disk);
        return blocks == null ? -1 : blocks[block];
    }

    /** See {@link ClusterOfBlocks#write}. */
    public void write(int thread, int mine, int disk, int block, int value) {
        int[] blocks = blocks(thread, mine, disk);
        if (blocks != null) {
            blocks[block] = value;
        }
    }

    /** See {@link ClusterOfBlocks#snapshot}. */
    public void snapshot(int thread, int disk) {
        snapshots.put(thread + "." + disk, disks[disk].clone());
    }

    /** See {@link ClusterOfBlocks#snapshotBoth}. */
    public void snapshotBoth(int thread) {
        snapshot(thread, 0);
        snapshot(thread, 1);
    }

    /** See {@link LinearizabilityTest.Opened#closeDisk}: nobody sees it. */
    public void closeDisk(int thread, int disk) {
        // Nothing changes.
    }

    private int[] blocks(int thread, int mine, int disk) {
        return mine == 1 ? snapshots.get(thread + "." + disk) : disks[disk];
    }
}
