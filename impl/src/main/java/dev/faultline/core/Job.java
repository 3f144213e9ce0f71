package dev.faultline.core;

import dev.faultline.core.Message.Command;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the controller is doing to a segment. Immutable. Spec: {@code Job}.
 *
 * @param step how far it is
 * @param disk the disk whose entry changes
 * @param from the location that is copied or looked at, or {@link Entry#NO_LOCATION}
 * @param to the location that is being filled, or {@link Entry#NO_LOCATION}
 * @param copied the blocks that are in it, or were seen to be zeros
 * @param awaits the commands whose answer is still missing
 */
public record Job(Step step, String disk, long from, long to, Set<Integer> copied, Set<Command> awaits) {
    /** How far a job is. Spec: {@code JobSteps}. */
    public enum Step {
        /** An agent that faulted is sent the entry as it is. */
        REFRESHING,
        /** The data is being copied to a fresh location, or zeros. */
        COPYING,
        /** The copy is durable. */
        FLUSHED,
        /** The table names the fresh location; agents are told. */
        SWITCHING,
        /** The table allows writes again; agents are told. */
        LIFTING,
        /** The table lets no I/O pass while the controller looks whether all blocks are zeros. */
        HOLDING,
        /** What it looks at is durable. */
        LOOKING,
        /** They are not. */
        RELEASING
    }

    /** Copies the sets. */
    public Job {
        copied = Collections.unmodifiableSet(new TreeSet<>(copied));
        awaits = Collections.unmodifiableSet(new LinkedHashSet<>(awaits));
    }

    Job withCopied(int block) {
        Set<Integer> more = new TreeSet<>(copied);
        more.add(block);
        return new Job(step, disk, from, to, more, awaits);
    }

    Job in(Step newStep) {
        return new Job(newStep, disk, from, to, copied, awaits);
    }

    Job withCopied(Set<Integer> blocks) {
        return new Job(step, disk, from, to, blocks, awaits);
    }

    Job switching(Set<Command> commands) {
        return new Job(Step.SWITCHING, disk, from, to, copied, commands);
    }

    Job without(Command answered) {
        return new Job(step, disk, from, to, copied, Clone.without(awaits, answered));
    }
}
