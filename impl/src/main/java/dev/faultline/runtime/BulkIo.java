package dev.faultline.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves ranges of bytes between memory and virtual disks, block by block, with one I/O of each of its hosts under way.
 * The agents take turns, and not in step with the blocks, so that what was written through one is read through another.
 * For one thread at a time; throws what {@link Host} throws.
 *
 * <p>A range need not begin or end with a block. Of a block that is written in part, the rest is read first and written
 * back: this is not atomic, so nobody else may write to such a block meanwhile.
 */
public final class BulkIo {
    private final Geometry geometry;
    private final List<String> agents;
    private final List<Lane> lanes = new ArrayList<>();
    private long ios;

    /** A host with its block of memory, and what is to be done with it when its I/O is done. */
    private static final class Lane {
        final Host host;
        final byte[] block;
        Runnable whenDone = () -> {};

        Lane(Host host, int blockBytes) {
            this.host = host;
            block = new byte[blockBytes];
        }

        void await() {
            host.awaitLast();
            whenDone.run();
            whenDone = () -> {};
        }

        /** Waits for the I/O, and leaves it at that. */
        void forget() {
            whenDone = () -> {};
            try {
                host.awaitLast();
            } catch (DiskDeletedException | OutOfSpaceException e) {
                // This is what the caller is told already.
            }
        }
    }

    BulkIo(Geometry geometry, List<String> agents, List<Host> hosts) {
        this.geometry = geometry;
        this.agents = agents;
        hosts.forEach(host -> lanes.add(new Lane(host, geometry.blockBytes())));
    }

    /**
     * Writes what remains in a buffer, and blocks until all of it is written.
     *
     * @param offsetBytes where on the disk
     */
    public void write(String disk, long offsetBytes, ByteBuffer source) {
        forEachBlock(offsetBytes, source, (lane, diskBlock, from, part) -> {
            if (part.remaining() < geometry.blockBytes()) {
                lane.host.read(nextAgent(), disk, diskBlock, lane.block);
            }
            part.get(lane.block, from, part.remaining());
            lane.host.startWrite(nextAgent(), disk, diskBlock, lane.block);
        });
    }

    /**
     * Fills what remains in a buffer, and blocks until all of it is read.
     *
     * @param offsetBytes where on the disk
     */
    public void read(String disk, long offsetBytes, ByteBuffer destination) {
        forEachBlock(offsetBytes, destination, (lane, diskBlock, from, part) -> {
            lane.host.startRead(nextAgent(), disk, diskBlock, lane.block);
            lane.whenDone = () -> part.put(lane.block, from, part.remaining());
        });
    }

    private interface BlockAction {
        /**
         * Begins the I/O of one block, or of a part of it.
         *
         * @param from where in the block the part begins
         * @param part the part in memory
         */
        void begin(Lane lane, long diskBlock, int from, ByteBuffer part);
    }

    private void forEachBlock(long offsetBytes, ByteBuffer memory, BlockAction action) {
        if (offsetBytes < 0 || memory.remaining() > geometry.diskBytes() - offsetBytes) {
            throw new IndexOutOfBoundsException(memory.remaining() + " bytes from " + offsetBytes + " on, of a disk of "
                    + geometry.diskBytes() + " bytes");
        }
        try {
            forEachBlockInTurn(offsetBytes, memory, action);
        } catch (DiskDeletedException | OutOfSpaceException e) {
            // The cluster is well, and the hosts will be used for other disks.
            lanes.forEach(Lane::forget);
            throw e;
        }
    }

    private void forEachBlockInTurn(long offsetBytes, ByteBuffer memory, BlockAction action) {
        long atBytes = offsetBytes;
        for (int turn = 0; memory.hasRemaining(); turn = (turn + 1) % lanes.size()) {
            Lane lane = lanes.get(turn);
            lane.await();
            int from = (int) (atBytes % geometry.blockBytes());
            int length = Math.min(memory.remaining(), geometry.blockBytes() - from);
            action.begin(lane, atBytes / geometry.blockBytes(), from, memory.slice(memory.position(), length));
            memory.position(memory.position() + length);
            atBytes += length;
        }
        lanes.forEach(Lane::await);
    }

    private String nextAgent() {
        long agent = ios + ios / lanes.size();
        ios++;
        return agents.get((int) (agent % agents.size()));
    }
}
