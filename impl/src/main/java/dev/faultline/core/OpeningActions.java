package dev.faultline.core;

import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the controller takes note of who maps a disk. One method for each action of the spec's module MappingOpening that is
 * the controller's. For one thread at a time.
 */
final class OpeningActions {
    private final ControllerState state;

    OpeningActions(ControllerState state) {
        this.state = state;
    }

    /**
     * The controller takes note that an agent maps a disk, and then tells it so; no, if the disk is going or gone. Action
     * {@code ReceiveOpen}.
     */
    Step receiveOpen(OpenDisk opening) {
        state.expectUp("ReceiveOpen");
        Event event = new Event.ReceiveOpen(opening);
        Opener opener = new Opener(opening.agent(), opening.disk());
        @Nullable Long known = state.tables.openings().get(opener);
        if (!state.members.contains(opening.agent()) || !state.rules.registersOnlyNewer(opening, known)) {
            return Step.of(event);
        }
        if (!state.tables.has(opening.disk()) || state.deletions.containsKey(opening.disk())) {
            return Step.of(event, new Effect.Send(new Closed(opening.agent(), opening.disk(), opening.number())));
        }
        state.tables.noteOpening(opener, opening.number());
        List<Long> versions = state.rules.versionsAtOpening(opening.disk(), state.tables);
        return Step.of(
                event,
                new Effect.NoteOpening(opener, opening.number()),
                new Effect.Send(new Opened(opening.agent(), opening.disk(), opening.number(), versions)));
    }

    /** The controller waits no more for what the agent would answer about the disk. Action {@code ReceiveClose}. */
    Step receiveClose(CloseDisk closing) {
        state.expectUp("ReceiveClose");
        List<Effect> effects = new ArrayList<>();
        Opener opener = new Opener(closing.agent(), closing.disk());
        @Nullable Long known = state.tables.openings().get(opener);
        if (known != null && state.rules.closesOnlyThatOpening(closing, known)) {
            state.tables.eraseOpening(opener);
            effects.add(new Effect.EraseOpening(opener));
            state.forget(closing.agent(), closing.disk()::equals);
        }
        if (state.members.contains(closing.agent())) {
            effects.add(new Effect.Send(new Closed(closing.agent(), closing.disk(), closing.number())));
        }
        return new Step(new Event.ReceiveClose(closing), effects);
    }
}
