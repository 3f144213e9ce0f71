package dev.faultline.core;

import java.util.List;

/** What an agent and the controller send each other. Immutable. */
public sealed interface Message {
    /** From the controller to an agent: change entries. One command addresses contiguous entries (P12.28). */
    sealed interface Command extends Message {
        /** Returns the name of the agent that is to obey. */
        String to();

        /** Returns the entries that are to change. */
        SegmentRange range();

        /**
         * Returns whether the agent answers only when the I/Os that it had started before are done. The flag holds for
         * this command alone (P13.7).
         */
        boolean blocking();
    }

    /**
     * Gives entries anew, location and states. Spec: {@code SetEntry}.
     *
     * @param entries one entry for each segment of the range, in order
     */
    record SetEntry(String to, SegmentRange range, List<Entry> entries, boolean blocking) implements Command {
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
    }

    /** Switches one state of the entries on or off. Spec: {@code SetEntryState}. */
    record SetEntryState(String to, SegmentRange range, EntryState state, boolean on, boolean blocking)
            implements Command {}

    /** From an agent to the controller: the command is carried out. Spec: {@code AnswerTo}. */
    record Answer(Command command) implements Message {}

    /**
     * From an agent to the controller: an I/O met an entry which does not allow it. The I/O waits. Spec:
     * {@code FaultOf}.
     */
    record MappingFault(String agent, String disk, int segment, Kind kind) implements Message {}
}
