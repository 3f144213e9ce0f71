package dev.faultline.core;

import dev.faultline.core.Message.Command;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A snapshot on its way. Immutable. Spec: {@code Clone}.
 *
 * @param from the disk that is cloned
 * @param step how far it is
 * @param awaits the commands whose answer is still missing
 */
public record Clone(String from, Step step, Set<Command> awaits) {
    /** How far a snapshot is. Spec: {@code CloneSteps}. */
    public enum Step {
        /** Nothing is done yet. */
        ASKED,
        /** The original's table has Nw; agents are told. */
        FREEZING,
        /** The table has been copied. */
        COPIED
    }

    /** Copies the set. */
    public Clone {
        awaits = Collections.unmodifiableSet(new LinkedHashSet<>(awaits));
    }

    Clone freezing(Set<Command> commands) {
        return new Clone(from, Step.FREEZING, commands);
    }

    Clone copied() {
        return new Clone(from, Step.COPIED, awaits);
    }

    Clone without(Command answered) {
        return new Clone(from, step, without(awaits, answered));
    }

    static Set<Command> without(Set<Command> set, Command element) {
        Set<Command> rest = new LinkedHashSet<>(set);
        rest.remove(element);
        return rest;
    }
}
