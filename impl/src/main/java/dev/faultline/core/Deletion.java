package dev.faultline.core;

import dev.faultline.core.Message.Command;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A disk on its way out. Immutable. Spec: the values of {@code deletions}.
 *
 * @param step how far it is
 * @param awaits the commands whose answer is still missing
 */
public record Deletion(Step step, Set<Command> awaits) {
    /** How far a deletion is. Spec: {@code DeletionSteps}. */
    public enum Step {
        /** Nothing is done yet. */
        ASKED,
        /** The table says that the disk is going; agents are told. */
        DELETING
    }

    /** Copies the set. */
    public Deletion {
        awaits = Collections.unmodifiableSet(new LinkedHashSet<>(awaits));
    }

    Deletion without(Command answered) {
        return new Deletion(step, Clone.without(awaits, answered));
    }
}
