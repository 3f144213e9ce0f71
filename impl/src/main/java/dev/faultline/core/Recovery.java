package dev.faultline.core;

import dev.faultline.core.Message.Command;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whether the controller serves, or how far it is on the way back from a crash. Immutable. Spec: {@code recovery}.
 *
 * @param step how far it is
 * @param awaits the commands whose answer is still missing
 */
public record Recovery(Step step, Set<Command> awaits) {
    /** The state of a controller that no crash came before. */
    public static final Recovery NONE = new Recovery(Step.SERVING, Set.of());

    /** The state of a controller that has just been started after another. */
    public static final Recovery BEGINNING = new Recovery(Step.DOWN, Set.of());

    /** How far a recovery is. Spec: {@code RecoverySteps}. */
    public enum Step {
        /** The controller has crashed and takes no messages. */
        DOWN,
        /** It has come back; agents are told what the tables say. */
        TELLING,
        /** All is as usual. */
        SERVING
    }

    /** Copies the set. */
    public Recovery {
        awaits = Collections.unmodifiableSet(new LinkedHashSet<>(awaits));
    }

    Recovery without(Command answered) {
        return new Recovery(step, Clone.without(awaits, answered));
    }
}
