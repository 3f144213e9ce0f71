package dev.faultline.core;

import dev.faultline.core.Message.Answer;
import java.util.List;
import java.util.Set;

/** What a core wants done. The driver does the effects of a step in their order. Immutable. */
public sealed interface Effect {
    /** Send a message. */
    record Send(Message message) implements Effect {}

    /** Send the host's I/O to storage, at a location; tell the agent when it is done. */
    record Dispatch(String host, Io io) implements Effect {}

    /** Return the I/O to the host. */
    record Return(String host) implements Effect {}

    /** Return the I/O to the host as failed, for its disk is going or gone. It was not performed. */
    record Reject(String host) implements Effect {}

    /** Return the write to the host as failed, for there is no space left for it. It was not performed. */
    record Fail(String host) implements Effect {}

    /** Return the I/O to the host as failed, for the agent is fenced. It was not performed. */
    record Refuse(String host) implements Effect {}

    /**
     * Make a change of the tables durable before anything that follows. The changes of one step are durable together or
     * not at all.
     */
    sealed interface TableChange extends Effect {}

    /**
     * Give a disk entries; the disk is new if it had none. The highest version that an entry was ever given is to be
     * durable too, also when the entry is replaced or erased.
     *
     * @param entries the entries, from segment {@code first} on
     */
    record Persist(String disk, int first, List<Entry> entries) implements TableChange {
        /** Copies the list. */
        public Persist {
            entries = List.copyOf(entries);
        }
    }

    /** Remove a disk. Its name is to be known for ever. */
    record Erase(String disk) implements TableChange {}

    /** Note that this version was given, though no entry bears it. */
    record NoteVersion(long version) implements TableChange {}

    /** Note that an agent has a disk open, by an opening of this number. */
    record NoteOpening(Opener opener, long number) implements TableChange {}

    /** Note that an agent has a disk open no more. */
    record EraseOpening(Opener opener) implements TableChange {}

    /**
     * Copy a segment's blocks from one location to another; tell the controller of each block.
     *
     * @param from where they are; {@link Entry#NO_LOCATION} stands for zeros
     */
    record CopySegment(int segment, long from, long to) implements Effect {}

    /** Storage is to copy the blocks of a segment again, for it has lost power since; the driver does as it did before. */
    record CopyAnew(int segment, long from, long to) implements Effect {}

    /** Give up what is at these locations: nothing names them any more. */
    record Free(Set<Long> locations) implements Effect {
        /** Copies the set. */
        public Free {
            locations = Set.copyOf(locations);
        }
    }

    /** Give up what is at all locations but these. */
    record Retain(Set<Long> locations) implements Effect {
        /** Copies the set. */
        public Retain {
            locations = Set.copyOf(locations);
        }
    }

    /** Have storage perform the I/O of an agent from now on. */
    record Admit(String agent) implements Effect {}

    /** Have storage refuse the I/O of an agent from now on, before anything that follows. */
    record Fence(String agent) implements Effect {}

    /** Tell whoever asked for the disk that it exists. */
    record DiskCreated(String disk) implements Effect {}

    /** Tell whoever asked for the snapshots that they exist. */
    record SnapshotReady(Cut cut) implements Effect {}

    /** Tell whoever asked for the deletion that the disk is no more. */
    record DiskGone(String disk) implements Effect {}

    /** Give the entries to whoever asked for them. */
    record Inspected(Answer answer) implements Effect {}
}
