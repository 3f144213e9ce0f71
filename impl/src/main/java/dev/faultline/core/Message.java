package dev.faultline.core;

import java.util.List;

/** What an agent and the controller send each other. Immutable. */
public sealed interface Message {
    /** Returns whether it says of each segment something of its own. */
    default boolean carriesEntries() {
        return false;
    }

    /** From the controller to an agent. */
    sealed interface ToAgent extends Message {
        /** Returns the name of the agent. */
        String to();
    }

    /** Has an agent do something. One command addresses contiguous entries (P12.28). */
    sealed interface Command extends ToAgent {
        /** Returns the entries that it is about. */
        SegmentRange range();

        /**
         * Returns whether the agent answers only when the I/Os that it had started before are done. The flag holds for
         * this command alone (P13.7).
         */
        boolean blocking();
    }

    /** A command that changes entries. */
    sealed interface Change extends Command {
        /** Returns the version that the entry of a segment of the range gets. Spec: {@code VersionIn}. */
        long versionIn(int segment);
    }

    /**
     * Gives entries anew: location, states and version. Spec: {@code SetEntry}.
     *
     * @param entries one entry for each segment of the range, in order
     */
    record SetEntry(String to, SegmentRange range, List<Entry> entries, boolean blocking) implements Change {
        /** Copies the list; {@link IllegalArgumentException} if its size is not that of the range. */
        public SetEntry {
            entries = List.copyOf(entries);
            if (entries.size() != range.count()) {
                throw new IllegalArgumentException(entries.size() + " entries for " + range.count() + " segments");
            }
        }

        /** Returns the entry that the command gives to a segment of its range. */
        public Entry entryOf(int segment) {
            return entries.get(segment - range.first());
        }

        @Override
        public long versionIn(int segment) {
            return entryOf(segment).version();
        }

        @Override
        public boolean carriesEntries() {
            return true;
        }
    }

    /** Switches one state of the entries on or off. Spec: {@code SetEntryState}. */
    record SetEntryState(String to, SegmentRange range, EntryState state, boolean on, long version, boolean blocking)
            implements Change {
        @Override
        public long versionIn(int segment) {
            return version;
        }
    }

    /** Has the agent hold I/O on the entries; it is blocking. Spec: {@code QuiesceDisk}. */
    record QuiesceDisk(String to, SegmentRange range, long version, boolean blocking) implements Change {
        @Override
        public long versionIn(int segment) {
            return version;
        }
    }

    /** Lets the I/O that is held go on. Spec: {@code ActivateDisk}. */
    record ActivateDisk(String to, SegmentRange range, long version, boolean blocking) implements Change {
        @Override
        public long versionIn(int segment) {
            return version;
        }
    }

    /** Asks for the entries. Spec: {@code GetEntry}. */
    record GetEntry(String to, SegmentRange range, boolean blocking) implements Command {}

    /**
     * From an agent to the controller: the command is carried out. Spec: {@code AnswerTo}.
     *
     * @param entries for {@link GetEntry}, one entry for each segment of its range, in order; for any other, none
     */
    record Answer(Command command, List<Entry> entries) implements Message {
        /** Copies the list; {@link IllegalArgumentException} if its size is not what the command wants. */
        public Answer {
            entries = List.copyOf(entries);
            int expected = command instanceof GetEntry ? command.range().count() : 0;
            if (entries.size() != expected) {
                throw new IllegalArgumentException(entries.size() + " entries in the answer to " + command);
            }
        }

        @Override
        public boolean carriesEntries() {
            return !entries.isEmpty() || command.carriesEntries();
        }
    }

    /**
     * From an agent to the controller: an I/O met an entry which does not allow it. The I/O waits. Spec:
     * {@code FaultOf}.
     */
    record MappingFault(String agent, String disk, int segment, Kind kind) implements Message {}

    /** From the controller to an agent: there is no space for the writes that faulted there. Spec: {@code FullFor}. */
    record Full(String to, String disk, int segment) implements ToAgent {
        /** Returns the answer to a write that faulted. */
        static Full of(MappingFault fault) {
            return new Full(fault.agent(), fault.disk(), fault.segment());
        }
    }

    /** What an agent and the controller say of an opening of a disk. */
    sealed interface OfOpening extends Message {
        /** Returns the agent whose opening it is, whoever says this. */
        default String opener() {
            return this instanceof OpenDisk open
                    ? open.agent()
                    : this instanceof CloseDisk close ? close.agent() : ((ToAgent) this).to();
        }

        /** Returns the disk. */
        String disk();

        /** Returns the number of the opening. */
        long number();
    }

    /** From an agent to the controller: it wants to have the disk open. Spec: {@code OpenDisk}. */
    record OpenDisk(String agent, String disk, long number) implements OfOpening {}

    /** From an agent to the controller: it has closed the disk. Spec: {@code CloseDisk}. */
    record CloseDisk(String agent, String disk, long number) implements OfOpening {}

    /**
     * From the controller to an agent: it may have the disk open. Spec: {@code Opened}.
     *
     * @param versions those of the entries in the table, in order of segments
     */
    record Opened(String to, String disk, long number, List<Long> versions) implements OfOpening, ToAgent {
        /** Copies the list. */
        public Opened {
            versions = List.copyOf(versions);
        }

        @Override
        public boolean carriesEntries() {
            return true;
        }
    }

    /** From the controller to an agent: the disk is closed, or is none that can be opened. Spec: {@code Closed}. */
    record Closed(String to, String disk, long number) implements OfOpening, ToAgent {}
}
