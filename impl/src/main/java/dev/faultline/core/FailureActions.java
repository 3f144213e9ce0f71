package dev.faultline.core;

import static dev.faultline.core.ControllerState.expect;

import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.SetEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the controller does about failures, its own too. One method for each action of the spec's module MappingFailures
 * that is the controller's. For one thread at a time.
 */
final class FailureActions {
    private final ControllerState state;

    FailureActions(ControllerState state) {
        this.state = state;
    }

    // ---- Members

    /** A new agent becomes a member, also while the controller awaits answers from others. Action {@code Join}. */
    Step join(String agent) {
        state.expectUp("Join");
        expect(!state.members.contains(agent), "Join", "an agent that is no member", agent);
        state.members.add(agent);
        return Step.of(new Event.Join(agent), new Effect.Admit(agent));
    }

    /** Nobody waits for an agent any more, which can do no harm from now on. Action {@code Fence}. */
    Step fence(String agent) {
        state.expectUp("Fence");
        expect(state.members.contains(agent), "Fence", "a member", agent);
        state.members.remove(agent);
        state.forget(agent, disk -> true);
        // Storage is first: an agent whose openings are forgotten is not told any more what it must not do.
        List<Effect> effects = new ArrayList<>(List.of(new Effect.Fence(agent)));
        for (Opener opener : List.copyOf(state.tables.openings().keySet())) {
            if (opener.agent().equals(agent)) {
                state.tables.eraseOpening(opener);
                effects.add(new Effect.EraseOpening(opener));
            }
        }
        return new Step(new Event.Fence(agent), effects);
    }

    // ---- Recovery

    /** Returns whether recovery can go on. */
    boolean isReady() {
        return switch (state.recovery.step()) {
            case DOWN -> true;
            case TELLING -> state.rules.servesOnlyWhenAllAnswered(state.recovery);
            case SERVING -> false;
        };
    }

    /** Takes the next step of recovery. */
    Step proceed() {
        return state.isUp() ? finishRecovery() : recover();
    }

    /**
     * The controller comes back. A barrier that was in force is taken down, for the snapshots that it was for are
     * forgotten; a deletion that had begun goes on; everything else is asked for anew. The agents are told what the
     * tables say, all of it under a new version. Action {@code Recover}.
     */
    Step recover() {
        expect(!state.isUp(), "Recover", "a controller that has crashed", state.recovery);
        long version = state.newVersion();
        List<Effect> effects = new ArrayList<>(List.of(new Effect.NoteVersion(version)));
        state.tables.noteVersion(version);
        Set<Command> commands = new LinkedHashSet<>();
        for (String disk : state.disksInOrder()) {
            List<Entry> entries = state.changed(disk, EntryState.HELD, false, version);
            state.tables.setAll(disk, entries);
            effects.add(new Effect.Persist(disk, 0, entries));
            if (is(disk, EntryState.ERROR)) {
                state.deletions.put(disk, new Deletion(Deletion.Step.DELETING, Set.of()));
            }
            for (String agent : state.mappers(disk)) {
                commands.add(new SetEntry(agent, state.allOf(disk), entries, true));
            }
        }
        state.recovery = new Recovery(Recovery.Step.TELLING, commands);
        effects.add(new Effect.Retain(state.tables.locations()));
        return ControllerState.persistThenSend(new Event.Recover(version), effects, commands);
    }

    private boolean is(String disk, EntryState entryState) {
        return state.tables.entries(disk).stream().anyMatch(entry -> entry.is(entryState));
    }

    /** Every agent has answered: the controller serves again. Action {@code FinishRecovery}. */
    Step finishRecovery() {
        expect(
                state.recovery.step() == Recovery.Step.TELLING && state.rules.servesOnlyWhenAllAnswered(state.recovery),
                "FinishRecovery",
                "all agents' answers",
                state.recovery);
        state.recovery = Recovery.NONE;
        return Step.of(new Event.FinishRecovery());
    }

    // ---- Messages

    /** A command that is not answered is sent again. Action {@code Resend}. */
    Step resend(Command command) {
        expect(state.awaited().contains(command), "Resend", "a command whose answer is awaited", command);
        return Step.of(new Event.Resend(command), new Effect.Send(command));
    }
}
