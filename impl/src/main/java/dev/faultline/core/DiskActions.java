package dev.faultline.core;

import static dev.faultline.core.ControllerState.expect;
import static dev.faultline.core.ControllerState.persistThenSend;

import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntryState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the controller does to whole disks: snapshots of one disk or of several at once (P14.17, P15.5), the barrier for
 * the latter (P15.15), and deletion. One method for each action of the spec's module MappingSnapshots. For one thread at
 * a time.
 */
final class DiskActions {
    private final ControllerState state;

    DiskActions(ControllerState state) {
        this.state = state;
    }

    // ---- Snapshots

    /** Returns whether snapshots can go on. */
    boolean isReady(Clone clone) {
        return switch (clone.step()) {
            case ASKED -> mayBegin(clone);
            case QUIESCING -> state.rules.freezesOnlyWhenQuiet(clone);
            case FREEZING, FLUSHED -> mayCopy(clone);
            case COPIED -> true;
            case ACTIVATING -> clone.awaits().isEmpty();
        };
    }

    /** Takes the next step of snapshots. */
    Step proceed(Cut cut) {
        Clone clone = clone("AnswerSnapshot", cut, Clone.Step.values());
        return switch (clone.step()) {
            case ASKED -> cut.needsBarrier() ? quiesce(cut) : freeze(cut);
            case QUIESCING -> freeze(cut);
            case FREEZING, FLUSHED -> copyTable(cut);
            case COPIED -> cut.needsBarrier() ? activate(cut) : answerSnapshot(cut);
            case ACTIVATING -> answerSnapshot(cut);
        };
    }

    boolean canSnapshot(Cut cut) {
        return state.isUp()
                && !cut.snapshots().isEmpty()
                && cut.disks().stream().allMatch(disk -> state.tables.has(disk) && !state.deletions.containsKey(disk))
                && cut.snapshots().stream().noneMatch(state::isTaken);
    }

    /** Somebody asks for snapshots of one or more disks. Action {@code AskSnapshot}. */
    Step askSnapshot(Cut cut) {
        expect(canSnapshot(cut), "AskSnapshot", "disks that exist and stay, and names that are not taken", cut);
        state.clones.put(cut, new Clone(cut, Clone.Step.ASKED, Set.of()));
        return Step.of(new Event.AskSnapshot(cut));
    }

    /** Spec: {@code MayBegin}. */
    private boolean mayBegin(Clone clone) {
        Set<String> disks = clone.cut().disks();
        boolean cloning = state.clones.values().stream()
                .filter(other -> other.step() != Clone.Step.ASKED && !other.isCloned())
                .anyMatch(other -> other.cut().disks().stream().anyMatch(disks::contains));
        return clone.step() == Clone.Step.ASKED
                && state.isServing()
                && state.rules.beginsOnlyWhenFree(disks.stream().anyMatch(state::isBusy), cloning);
    }

    /** The agents are told to hold all I/O on the originals (P15.15). Action {@code Quiesce}. */
    Step quiesce(Cut cut) {
        Clone clone = clone("Quiesce", cut, Clone.Step.ASKED);
        expect(mayBegin(clone) && cut.needsBarrier(), "Quiesce", "several disks that nothing else changes", cut);
        long version = state.newVersion();
        Set<Command> commands = new LinkedHashSet<>();
        for (String disk : cut.disks()) {
            for (String agent : state.mappers(disk)) {
                commands.add(new QuiesceDisk(agent, state.allOf(disk), version, true));
            }
        }
        state.clones.put(cut, clone.in(Clone.Step.QUIESCING, commands));
        return changeDisks(new Event.Quiesce(cut, version), cut.disks(), EntryState.HELD, true, version, commands);
    }

    /**
     * Nw is set on every entry of the originals, in the persistent table first and then at all agents, by a blocking
     * command (P14.17). Action {@code Freeze}.
     */
    Step freeze(Cut cut) {
        Clone clone = clone("Freeze", cut, Clone.Step.ASKED, Clone.Step.QUIESCING);
        expect(
                clone.step() == Clone.Step.QUIESCING
                        ? state.rules.freezesOnlyWhenQuiet(clone)
                        : mayBegin(clone) && !cut.needsBarrier(),
                "Freeze",
                "a disk that nothing else changes, or several that are quiet",
                clone);
        long version = state.newVersion();
        Set<Command> commands = stateCommands(cut.disks(), EntryState.NO_WRITE, version);
        state.clones.put(cut, clone.in(Clone.Step.FREEZING, commands));
        return changeDisks(new Event.Freeze(cut, version), cut.disks(), EntryState.NO_WRITE, true, version, commands);
    }

    /**
     * The tables of the originals, Nw included, become the tables of the snapshots (P15.5), all in one step. Action
     * {@code CopyTable}.
     */
    Step copyTable(Cut cut) {
        Clone clone = clone("CopyTable", cut, Clone.Step.FREEZING, Clone.Step.FLUSHED);
        expect(mayCopy(clone), "CopyTable", "all agents' answers, and a flush where it is needed", clone);
        long version = state.newVersion();
        List<Effect> changes = new ArrayList<>();
        cut.originals().forEach((snapshot, disk) -> {
            List<Entry> entries = state.changed(disk, EntryState.HELD, false, version);
            state.tables.setAll(snapshot, entries);
            changes.add(new Effect.Persist(snapshot, 0, entries));
        });
        state.clones.put(cut, clone.in(Clone.Step.COPIED, Set.of()));
        return new Step(new Event.CopyTable(cut, version), changes);
    }

    private boolean mayCopy(Clone clone) {
        return state.rules.copiesOnlyWhenAllAnswered(clone)
                && state.isDurable(state.rules.copiesOnlyWhenFlushed(clone));
    }

    /** The barrier is taken down when the snapshots exist (P15.15). Action {@code Activate}. */
    Step activate(Cut cut) {
        Clone clone = clone("Activate", cut, Clone.Step.COPIED);
        expect(cut.needsBarrier(), "Activate", "disks under a barrier", cut);
        long version = state.newVersion();
        Set<Command> commands = new LinkedHashSet<>();
        for (String disk : cut.disks()) {
            for (String agent : state.mappers(disk)) {
                commands.add(new ActivateDisk(agent, state.allOf(disk), version, false));
            }
        }
        state.clones.put(cut, clone.in(Clone.Step.ACTIVATING, commands));
        return changeDisks(new Event.Activate(cut, version), cut.disks(), EntryState.HELD, false, version, commands);
    }

    /** Whoever asked is told that the snapshots exist (P15.15). Action {@code AnswerSnapshot}. */
    Step answerSnapshot(Cut cut) {
        Clone clone = clone("AnswerSnapshot", cut, Clone.Step.COPIED, Clone.Step.ACTIVATING);
        expect(
                clone.isCloned()
                        || clone.step() == Clone.Step.ACTIVATING
                                && clone.awaits().isEmpty(),
                "AnswerSnapshot",
                "snapshots that are made, and no barrier",
                clone);
        state.clones.remove(cut);
        return Step.of(new Event.AnswerSnapshot(cut), new Effect.SnapshotReady(cut));
    }

    // ---- Deletion

    /** Returns whether a deletion can go on. */
    boolean isReady(String disk, Deletion deletion) {
        return switch (deletion.step()) {
            case ASKED -> mayDelete(disk);
            case DELETING -> mayRemove(disk, deletion);
        };
    }

    /** Takes the next step of a deletion. */
    Step proceed(String disk) {
        return deletion("Remove", disk, Deletion.Step.values()).step() == Deletion.Step.ASKED
                ? delete(disk)
                : remove(disk);
    }

    boolean canDelete(String disk) {
        return state.isUp()
                && state.tables.has(disk)
                && !state.deletions.containsKey(disk)
                && state.clones.keySet().stream()
                        .noneMatch(cut -> cut.snapshots().contains(disk)
                                || cut.originals().containsValue(disk));
    }

    /** Somebody asks for a disk to be deleted. Action {@code AskDeletion}. */
    Step askDeletion(String disk) {
        expect(canDelete(disk), "AskDeletion", "a disk that exists, stays, and is not in a snapshot's making", disk);
        state.deletions.put(disk, new Deletion(Deletion.Step.ASKED, Set.of()));
        return Step.of(new Event.AskDeletion(disk));
    }

    /** The table says that the disk is going; the agents are told by a blocking command. Action {@code Delete}. */
    Step delete(String disk) {
        deletion("Delete", disk, Deletion.Step.ASKED);
        expect(mayDelete(disk), "Delete", "a disk that no job is changing", disk);
        long version = state.newVersion();
        Set<Command> commands = stateCommands(Set.of(disk), EntryState.ERROR, version);
        state.deletions.put(disk, new Deletion(Deletion.Step.DELETING, commands));
        return changeDisks(new Event.Delete(disk, version), Set.of(disk), EntryState.ERROR, true, version, commands);
    }

    private boolean mayDelete(String disk) {
        return state.isServing() && state.rules.deletesOnlyWhenFree(state.isBusy(disk));
    }

    private boolean mayRemove(String disk, Deletion deletion) {
        return state.isServing()
                && state.rules.removesOnlyWhenAllAnswered(deletion)
                && state.rules.removesOnlyWhenNotCopied(disk, state.tables, state.jobs);
    }

    /** The disk is removed, and with it the locations that no other disk uses. Action {@code Remove}. */
    Step remove(String disk) {
        Deletion deletion = deletion("Remove", disk, Deletion.Step.DELETING);
        expect(mayRemove(disk, deletion), "Remove", "all agents' answers, and no copying from the disk", deletion);
        List<Long> freed = state.tables.entries(disk).stream()
                .map(Entry::location)
                .map(location ->
                        state.rules.freesOnlyUnshared(state.tables.isShared(location)) ? location : Entry.NO_LOCATION)
                .toList();
        state.tables.remove(disk);
        state.deletions.remove(disk);
        return Step.of(
                new Event.Remove(disk, freed),
                new Effect.Erase(disk),
                new Effect.Free(freed.stream()
                        .filter(location -> location != Entry.NO_LOCATION)
                        .collect(Collectors.toSet())),
                new Effect.DiskGone(disk));
    }

    // ---- Parts

    /** Returns blocking commands to all agents that switch a state on. */
    private Set<Command> stateCommands(Set<String> disks, EntryState on, long version) {
        Set<Command> commands = new LinkedHashSet<>();
        for (String disk : disks) {
            for (String agent : state.mappers(disk)) {
                commands.add(new SetEntryState(agent, state.allOf(disk), on, true, version, true));
            }
        }
        return commands;
    }

    /** Switches a state on every entry of disks, in the persistent table first. Spec: {@code ChangeDisks}. */
    private Step changeDisks(
            Event event, Set<String> disks, EntryState changed, boolean on, long version, Set<Command> commands) {
        List<Effect> changes = new ArrayList<>();
        for (String disk : disks) {
            List<Entry> entries = state.changed(disk, changed, on, version);
            state.tables.setAll(disk, entries);
            changes.add(new Effect.Persist(disk, 0, entries));
        }
        return persistThenSend(event, changes, commands);
    }

    private Clone clone(String action, Cut cut, Clone.Step... expected) {
        Clone clone = state.clones.get(cut);
        if (clone == null || !List.of(expected).contains(clone.step())) {
            throw new IllegalStepException(
                    action, "snapshots " + cut + " that are " + List.of(expected), clone == null ? "none" : clone);
        }
        return clone;
    }

    private Deletion deletion(String action, String disk, Deletion.Step... expected) {
        Deletion deletion = state.deletions.get(disk);
        if (deletion == null || !List.of(expected).contains(deletion.step())) {
            throw new IllegalStepException(
                    action,
                    "a deletion of " + disk + " that is " + List.of(expected),
                    deletion == null ? "none" : deletion);
        }
        return deletion;
    }
}
