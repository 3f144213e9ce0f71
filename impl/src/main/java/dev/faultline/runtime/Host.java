package dev.faultline.runtime;

import dev.faultline.core.Content;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes blocks of virtual disks, one at a time, each through the agent of its choice. For one thread at a
 * time.
 *
 * <p>Every method throws {@link IllegalArgumentException} or {@link IndexOutOfBoundsException} for an agent, a disk or a
 * block that there is not, and {@link IllegalStateException} while an I/O of this host is under way. An I/O fails with
 * {@link DiskDeletedException} if its disk is deleted, and then was not done; a write with {@link OutOfSpaceException} if
 * the container is full, and then was not done either; with any other {@link ClusterException} if
 * the cluster has failed or was closed, and then the bytes may be in use until the cluster is closed, and the block may
 * or may not be written.
 */
public final class Host {
    private final Place place;
    private final Cluster cluster;
    private @Nullable HostCall last;

    Host(Place place, Cluster cluster) {
        this.place = place;
        this.cluster = cluster;
    }

    /** Returns the host's name, which is also the place of its calls in the trace. */
    public String name() {
        return place.name();
    }

    /**
     * Reads a block, and blocks until it is read.
     *
     * @param diskBlock the number of the block on the disk, from 0
     * @param destination as long as a block; filled when the call returns
     */
    public void read(String agent, String disk, long diskBlock, byte[] destination) {
        startRead(agent, disk, diskBlock, destination);
        awaitLast();
    }

    /**
     * Writes a block, and blocks until it is written.
     *
     * @param diskBlock the number of the block on the disk, from 0
     * @param source as long as a block; not to be changed before the call returns
     */
    public void write(String agent, String disk, long diskBlock, byte[] source) {
        startWrite(agent, disk, diskBlock, source);
        awaitLast();
    }

    /**
     * Flushes a disk, and blocks until it is done: every write that was answered before, to this disk and through whichever
     * agent, is durable then, if storage has not lost power in between.
     */
    public void flush(String agent, String disk) {
        AgentLoop through = through(agent, disk);
        start(through, HostCall.flush(place, agent, disk, cluster.pending().begin()));
        awaitLast();
    }

    /**
     * Trims blocks, and blocks until it is done: from then on they read as zeros. The storage of segments that are trimmed
     * from end to end is given back some time later, if they are zeros still and no other disk has them.
     *
     * @param firstBlock the number of the first block on the disk, from 0
     * @param count how many blocks; {@link IndexOutOfBoundsException} for a range that the disk does not have, of which nothing
     *     is trimmed then
     */
    public void trim(String agent, String disk, long firstBlock, long count) {
        Geometry geometry = cluster.geometry();
        Objects.checkFromIndexSize(firstBlock, count, geometry.blocksPerDisk());
        byte[] zeros = new byte[geometry.blockBytes()];
        long end = firstBlock + count;
        for (long diskBlock = firstBlock; diskBlock < end; diskBlock++) {
            write(agent, disk, diskBlock, zeros);
            long next = diskBlock + 1;
            if (next % geometry.blocksPerSegment() == 0 && next - geometry.blocksPerSegment() >= firstBlock) {
                cluster.offer(agent, disk, geometry.segmentOf(diskBlock));
            }
        }
    }

    /** Begins to read a block; {@link #awaitLast} waits for it. */
    void startRead(String agent, String disk, long diskBlock, byte[] destination) {
        start(agent, disk, diskBlock, destination, null);
    }

    /** Begins to write a block; {@link #awaitLast} waits for it. */
    void startWrite(String agent, String disk, long diskBlock, byte[] source) {
        start(agent, disk, diskBlock, source, BlockHash.of(source));
    }

    /** Waits for the I/O that was begun last, if one was. */
    void awaitLast() {
        HostCall call = last;
        if (call == null) {
            return;
        }
        try {
            cluster.pending().await(call.answer, call::toString);
        } finally {
            if (call.answer.isDone()) {
                last = null;
            }
        }
    }

    private void start(String agent, String disk, long diskBlock, byte[] bytes, @Nullable Content written) {
        Geometry geometry = cluster.geometry();
        if (bytes.length != geometry.blockBytes()) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes for a block of " + geometry.blockBytes() + " bytes");
        }
        AgentLoop through = through(agent, disk);
        start(
                through,
                new HostCall(
                        place,
                        agent,
                        disk,
                        geometry.segmentOf(diskBlock),
                        geometry.blockInSegment(diskBlock),
                        bytes,
                        written,
                        cluster.pending().begin()));
    }

    private AgentLoop through(String agent, String disk) {
        if (last != null && !last.answer.isDone()) {
            throw new IllegalStateException("host " + name() + " has an I/O under way");
        }
        cluster.expectDisk(disk);
        return cluster.agent(agent);
    }

    private void start(AgentLoop through, HostCall call) {
        last = call;
        if (!call.answer.isDone()) {
            through.loop().put(call);
        }
    }
}
