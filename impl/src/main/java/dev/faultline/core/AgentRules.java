package dev.faultline.core;

import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Change;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that an agent depends on, one method each, under the name of the spec's operator in MappingAgents and
 * MappingOpening. They are methods of an interface so that a mutant can take one away by overriding it; nothing else
 * overrides them.
 */
public interface AgentRules {
    /** The rules as they are. */
    AgentRules ALL = new AgentRules() {};

    /** An agent starts an I/O only when its entry allows it. */
    default boolean startsOnlyWhenAllowed(Io io, Entry entry) {
        return io.isAllowedBy(entry);
    }

    /** An I/O that faulted goes on only after its entry was changed to allow it. */
    default boolean retriesOnlyOnNewEntry(Io io, Entry entry) {
        return io.phase() == Io.Phase.RENEWED && io.isAllowedBy(entry);
    }

    /**
     * A command changes an entry only if it is not older than the entry: the network may have kept it back, or may bring
     * it again.
     */
    default boolean neverGoesBack(Entry entry, Change command, int segment) {
        return command.versionIn(segment) >= entry.version();
    }

    /** What a command makes of an entry. */
    default Entry entryAfter(Entry entry, Change command, int segment) {
        if (command instanceof SetEntry set) {
            return set.entryOf(segment);
        } else if (command instanceof SetEntryState set) {
            return entry.with(set.state(), set.on()).under(set.version());
        } else if (command instanceof QuiesceDisk quiesce) {
            return entry.with(EntryState.HELD, true).under(quiesce.version());
        }
        return entry.with(EntryState.HELD, false).under(((ActivateDisk) command).version());
    }

    /** A blocking command waits for the I/Os that were started before it (P13.7). */
    default Set<String> awaitedBy(Command command, Map<String, Io> ios) {
        Set<String> awaited = new TreeSet<>();
        if (command.blocking()) {
            ios.forEach((host, io) -> {
                if (io.isInFlight() && io.isOn(command.range())) {
                    awaited.add(host);
                }
            });
        }
        return awaited;
    }

    /** A command is answered only when every I/O that it waits for has ended (P13.7). */
    default boolean answersOnlyWhenDrained(Set<String> awaited) {
        return awaited.isEmpty();
    }

    /**
     * An agent listens from the moment it asks: the controller may have taken note already, and what it says then may
     * arrive before its answer.
     */
    default boolean listensWhile(Opening.Step step) {
        return step == Opening.Step.OPENING || step == Opening.Step.OPEN;
    }

    /** The agent believes only the answer to what it has asked last. */
    default boolean opensOnlyAsAsked(Opening mine, Opened answer) {
        return mine.step() == Opening.Step.OPENING && mine.number() == answer.number();
    }

    /**
     * An entry that is older than that in the table when the disk was opened is of no use: while the disk was closed, the
     * agent was not told what became of it.
     *
     * @param version that in the table
     */
    default Entry entryAtOpening(Entry entry, long version) {
        return entry.version() < version ? Entry.NONE.under(version) : entry;
    }

    /** An agent closes a disk only when it has no I/O of it under way: nobody asks it any more when that has ended. */
    default boolean closesOnlyWhenQuiet(String disk, Collection<Io> ios) {
        return ios.stream().noneMatch(io -> io.disk().equals(disk));
    }
}
