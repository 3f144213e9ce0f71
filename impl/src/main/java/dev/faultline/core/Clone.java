package dev.faultline.core;

import dev.faultline.core.Message.Command;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Snapshots on their way. Immutable. Spec: the values of {@code clones}.
 *
 * @param cut which snapshots of which disks
 * @param step how far they are
 * @param awaits the commands whose answer is still missing
 */
public record Clone(Cut cut, Step step, Set<Command> awaits) {
    /** How far snapshots are. Spec: {@code CloneSteps}. */
    public enum Step {
        /** Nothing is done yet. */
        ASKED,
        /** A barrier is set up; agents are told. */
        QUIESCING,
        /** The originals' tables have Nw; agents are told. */
        FREEZING,
        /** What the snapshots will hold is durable. */
        FLUSHED,
        /** The tables have been copied. */
        COPIED,
        /** The barrier is taken down; agents are told. */
        ACTIVATING
    }

    /** Copies the set. */
    public Clone {
        awaits = Collections.unmodifiableSet(new LinkedHashSet<>(awaits));
    }

    /** Returns whether the disks may be changed again. Spec: {@code Cloned}. */
    boolean isCloned() {
        return step == Step.COPIED && !cut.needsBarrier();
    }

    Clone in(Step newStep, Set<Command> commands) {
        return new Clone(cut, newStep, commands);
    }

    Clone without(Command answered) {
        return new Clone(cut, step, without(awaits, answered));
    }

    static Set<Command> without(Set<Command> set, Command element) {
        if (!set.contains(element)) {
            return set;
        }
        Set<Command> rest = new LinkedHashSet<>(set);
        rest.remove(element);
        return rest;
    }
}
