package dev.faultline.core;

import java.util.List;

/** What a core wants done. The driver does the effects of a step in their order. Immutable. */
public sealed interface Effect {
    /** Send a message. */
    record Send(Message message) implements Effect {}

    /** Send the host's I/O to storage, at a location; tell the agent when it is done. */
    record Dispatch(String host, Io io) implements Effect {}

    /** Return the I/O to the host. */
    record Return(String host) implements Effect {}

    /**
     * Make the entries of a disk durable before anything that follows; the disk is new if it had none.
     *
     * @param entries the entries, from segment {@code first} on
     */
    record Persist(String disk, int first, List<Entry> entries) implements Effect {
        /** Copies the list. */
        public Persist {
            entries = List.copyOf(entries);
        }
    }

    /** Copy a segment's blocks from one location to another; tell the controller of each block. */
    record CopySegment(int segment, long from, long to) implements Effect {}

    /** Tell whoever asked for the snapshot that it exists. */
    record SnapshotReady(String snapshot) implements Effect {}
}
