package dev.faultline.conformance.coverage;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Entry;
import dev.faultline.core.Event;
import dev.faultline.core.Io;
import dev.faultline.core.Job;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message.Change;
import dev.faultline.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Situations that are more than an action and its outcome, and that must be met for their own sake. */
final class Situations {
    /** A command arrives that has changed the entry before, while an I/O of the disk is in flight that it is not to await. */
    static final String AGAIN = "with newer I/O in flight, a command comes again";

    /** The tables of several disks are copied while two agents or more are members. */
    static final String GROUP = "for a group of two agents";

    /** A location that three disks had is left by the second of them. */
    static final String SHARERS = "for the second of three sharers";

    /** The last of three disks writes where it was, since the two others have gone one by one. */
    static final String LAST = "for the last of three sharers";

    /** Power is lost when a part of a segment is copied. */
    static final String COPYING = "under a copy";

    private Situations() {}

    /** Returns the situations in which an event happens. */
    static List<String> of(Event event, World before) {
        List<String> met = new ArrayList<>();
        if (event instanceof Event.ApplyCommand applied
                && applied.command() instanceof Change change
                && comesAgain(change, before)) {
            met.add(AGAIN);
        } else if (event instanceof Event.CopyTable copied
                && copied.cut().needsBarrier()
                && before.controller().members().size() > 1) {
            met.add(GROUP);
        } else if (event instanceof Event.BeginCopy begun) {
            String disk = begun.fault().disk();
            if (sharers(before.tables(), disk, begun.fault().segment()) == 2
                    && gone(before.tables(), disk, begun.fault().segment()) > 0) {
                met.add(SHARERS);
            }
        } else if (event instanceof Event.LiftUnshared lifted
                && gone(before.tables(), lifted.fault().disk(), lifted.fault().segment()) > 1) {
            met.add(LAST);
        } else if (event instanceof Event.LosePower
                && before.controller().jobs().values().stream()
                        .anyMatch(job ->
                                job.step() == Job.Step.COPYING && !job.copied().isEmpty())) {
            met.add(COPYING);
        }
        return met;
    }

    private static boolean comesAgain(Change change, World before) {
        AgentCore agent = before.agents().get(change.to());
        if (agent == null) {
            return false;
        }
        List<Entry> entries = agent.cache().get(change.range().disk());
        Set<String> awaited = agent.owed().getOrDefault(change, Set.of());
        return entries != null
                && entries.get(change.range().first()).version()
                        >= change.versionIn(change.range().first())
                && agent.ios().entrySet().stream()
                        .anyMatch(io -> io.getValue().phase() == Io.Phase.STARTED
                                && io.getValue().disk().equals(change.range().disk())
                                && !awaited.contains(io.getKey()));
    }

    private static int sharers(MappingTables tables, String disk, int segment) {
        long location = tables.entries(disk).get(segment).location();
        return (int) tables.disks().stream()
                .filter(other -> tables.entries(other).get(segment).location() == location)
                .count();
    }

    /** Returns how many other disks have a location that was made for them: it is greater than what this one has. */
    private static int gone(MappingTables tables, String disk, int segment) {
        long location = tables.entries(disk).get(segment).location();
        return (int) tables.disks().stream()
                .filter(other -> tables.entries(other).get(segment).location() > location)
                .filter(other -> tables.entries(other).get(segment).version() > 0)
                .count();
    }
}
