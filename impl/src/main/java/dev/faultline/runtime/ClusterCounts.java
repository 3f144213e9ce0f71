package dev.faultline.runtime;

/**
 * How much a cluster has done since it was started.
 *
 * @param reads blocks that hosts asked to read
 * @param writes blocks that hosts asked to write
 * @param faults mapping faults of agents
 * @param copies segments copied, or begun to be, because of a write after a snapshot
 * @param snapshots snapshots that are ready
 * @param openings how often an agent has opened a disk, or begun to
 * @param fills how often a segment that was empty got storage, or was about to
 * @param givenBack how often a segment became empty again
 * @param failed writes for which there was no space
 */
public record ClusterCounts(
        long reads,
        long writes,
        long faults,
        long copies,
        long snapshots,
        long openings,
        long fills,
        long givenBack,
        long failed) {
    /** Returns the number of block I/Os of hosts. */
    public long ios() {
        return reads + writes;
    }
}
