package dev.faultline.core;

import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The controller as a pure state machine: one method for each action of the spec's module MappingController. A method
 * either takes the step and returns what came of it, or throws {@link IllegalStepException} and changes nothing. What is
 * to be persisted comes before what is to be sent. For one thread at a time.
 */
public final class ControllerCore {
    private final Set<String> agents;
    private final int blocksPerSegment;
    private final ControllerRules rules;

    /** Spec: {@code table}. The part that survives. */
    private final MappingTables tables;

    /** Spec: {@code faults}. */
    private final Set<MappingFault> faults = new LinkedHashSet<>();

    /** Spec: {@code jobs}. */
    private final Map<Integer, Job> jobs = new TreeMap<>();

    /** Spec: {@code clones}. */
    private final Map<String, Clone> clones = new TreeMap<>();

    /** Makes a controller from the tables that it finds; it keeps a copy of them. */
    public ControllerCore(Set<String> agents, int blocksPerSegment, MappingTables tables, ControllerRules rules) {
        this.agents = Collections.unmodifiableSet(new TreeSet<>(agents));
        this.blocksPerSegment = blocksPerSegment;
        this.tables = tables.copy();
        this.rules = rules;
    }

    /** Returns a controller in the same state, which from then on goes its own way. */
    public ControllerCore copy() {
        ControllerCore copy = new ControllerCore(agents, blocksPerSegment, tables, rules);
        copy.faults.addAll(faults);
        copy.jobs.putAll(jobs);
        copy.clones.putAll(clones);
        return copy;
    }

    /** Returns whether there is such a disk; a snapshot is one as soon as its table is copied. */
    public boolean hasDisk(String disk) {
        return tables.has(disk);
    }

    /** Returns whether nothing is under way. */
    public boolean isIdle() {
        return faults.isEmpty() && jobs.isEmpty() && clones.isEmpty();
    }

    // ---- What comes from agents, from storage and from who asks for a snapshot

    /** A mapping fault arrives. Action {@code ReceiveFault}. */
    public Step receiveFault(MappingFault fault) {
        expect(tables.has(fault.disk()), "ReceiveFault", "a disk that exists", fault);
        faults.add(fault);
        return Step.of(new Event.ReceiveFault(fault));
    }

    /** An agent's answer arrives, to a job's command or to a snapshot's. Action {@code ReceiveAnswer}. */
    public Step receiveAnswer(Answer answer) {
        Command command = answer.command();
        jobs.replaceAll((segment, job) -> job.without(command));
        clones.replaceAll((snapshot, clone) -> clone.without(command));
        return Step.of(new Event.ReceiveAnswer(command));
    }

    /** Storage has copied one block of a segment. Action {@code CopyBlock}. */
    public Step copyBlock(int segment, int block, Content value) {
        Job job = job("CopyBlock", segment, Job.Step.COPYING);
        expect(!job.copied().contains(block), "CopyBlock", "a block that is not copied yet", block);
        jobs.put(segment, job.withCopied(block));
        return Step.of(new Event.CopyBlock(segment, block, value));
    }

    /** Somebody asks for a snapshot. Action {@code AskSnapshot}. */
    public Step askSnapshot(String disk, String snapshot) {
        expect(tables.has(disk), "AskSnapshot", "a disk that exists", disk);
        expect(
                !tables.has(snapshot) && !clones.containsKey(snapshot),
                "AskSnapshot",
                "a name that is not taken",
                snapshot);
        clones.put(snapshot, new Clone(disk, Clone.Step.ASKED, Set.of()));
        return Step.of(new Event.AskSnapshot(disk, snapshot));
    }

    // ---- What the controller does of itself

    /** Something that the controller can do now of itself. */
    public sealed interface Turn {
        /** Serve a fault. */
        record Serve(MappingFault fault) implements Turn {}

        /** Take the next step of the job on a segment. */
        record Advance(int segment) implements Turn {}

        /** Take the next step of a snapshot. */
        record Clone(String snapshot) implements Turn {}
    }

    /** Returns all that the controller can do now of itself, in a fixed order. */
    public List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        clones.forEach((snapshot, clone) -> {
            boolean ready = switch (clone.step()) {
                case ASKED -> mayFreeze(clone.from());
                case FREEZING -> rules.copiesOnlyWhenAllAnswered(clone);
                case COPIED -> true;
            };
            if (ready) {
                turns.add(new Turn.Clone(snapshot));
            }
        });
        jobs.forEach((segment, job) -> {
            boolean ready = switch (job.step()) {
                case COPYING -> rules.switchesOnlyWhenCopied(job, blocksPerSegment);
                case SWITCHING -> rules.liftsOnlyWhenAllAnswered(job);
                case REFRESHING, LIFTING -> job.awaits().isEmpty();
            };
            if (ready) {
                turns.add(new Turn.Advance(segment));
            }
        });
        for (MappingFault fault : faults) {
            if (mayServe(fault)) {
                turns.add(new Turn.Serve(fault));
            }
        }
        return turns;
    }

    /** Does one of the {@link #turns()}. */
    public Step take(Turn turn) {
        if (turn instanceof Turn.Serve serve) {
            return serve(serve.fault());
        } else if (turn instanceof Turn.Advance advance) {
            return advance(advance.segment());
        }
        return proceed(((Turn.Clone) turn).snapshot());
    }

    private Step serve(MappingFault fault) {
        Entry entry = tables.entry(fault.disk(), fault.segment());
        if (entry.allows(fault.kind())) {
            return refresh(fault);
        }
        return rules.liftsOnlyWhenUnshared(tables.isShared(entry.location()))
                ? liftUnshared(fault)
                : beginCopy(fault, rules.unused(tables));
    }

    private Step advance(int segment) {
        Job job = job("FinishJob", segment, Job.Step.values());
        return switch (job.step()) {
            case COPYING -> switchEntry(segment);
            case SWITCHING -> liftAfterCopy(segment);
            case REFRESHING, LIFTING -> finishJob(segment);
        };
    }

    private Step proceed(String snapshot) {
        Clone clone = clone("AnswerSnapshot", snapshot, Clone.Step.values());
        return switch (clone.step()) {
            case ASKED -> freeze(snapshot);
            case FREEZING -> copyTable(snapshot);
            case COPIED -> answerSnapshot(snapshot);
        };
    }

    // ---- Mapping faults

    /** The persistent entry allows what the agent could not do: it is sent the entry. Action {@code Refresh}. */
    public Step refresh(MappingFault fault) {
        expectServable("Refresh", fault);
        Entry entry = tables.entry(fault.disk(), fault.segment());
        expect(entry.allows(fault.kind()), "Refresh", "an entry that allows " + fault, entry);
        faults.removeIf(other -> other.disk().equals(fault.disk())
                && other.segment() == fault.segment()
                && other.agent().equals(fault.agent())
                && entry.allows(other.kind()));
        SegmentRange range = SegmentRange.of(fault.disk(), fault.segment());
        Command command = new SetEntry(fault.agent(), range, List.of(entry), false);
        jobs.put(fault.segment(), newJob(Job.Step.REFRESHING, fault.disk(), Entry.NO_LOCATION, Set.of(command)));
        return Step.of(new Event.Refresh(fault), new Effect.Send(command));
    }

    /** A write faulted on a shared segment, which is to be copied. Action {@code BeginCopy}. */
    public Step beginCopy(MappingFault fault, long location) {
        expectServable("BeginCopy", fault);
        Entry entry = tables.entry(fault.disk(), fault.segment());
        expect(
                !entry.allows(fault.kind()) && tables.isShared(entry.location()),
                "BeginCopy",
                "a shared entry that does not allow " + fault,
                entry);
        tables.use(location);
        jobs.put(fault.segment(), newJob(Job.Step.COPYING, fault.disk(), location, Set.of()));
        return Step.of(
                new Event.BeginCopy(fault, location),
                new Effect.CopySegment(fault.segment(), entry.location(), location));
    }

    /**
     * The table of the writer's disk names the copy; its agents are told by blocking commands, so that their reads of
     * the old location have drained when all have answered (P18.1). Action {@code Switch}.
     */
    public Step switchEntry(int segment) {
        Job job = job("Switch", segment, Job.Step.COPYING);
        expect(rules.switchesOnlyWhenCopied(job, blocksPerSegment), "Switch", "all blocks copied", job);
        Entry entry = tables.entry(job.disk(), segment).movedTo(job.to());
        Set<Command> commands = entryCommands(job.disk(), segment, entry, true);
        jobs.put(segment, job.switching(commands));
        return change(new Event.Switch(segment), job.disk(), segment, entry, commands);
    }

    /** All agents have left the old location: writes are let through (P18.1). Action {@code LiftAfterCopy}. */
    public Step liftAfterCopy(int segment) {
        Job job = job("LiftAfterCopy", segment, Job.Step.SWITCHING);
        expect(rules.liftsOnlyWhenAllAnswered(job), "LiftAfterCopy", "all agents' answers", job);
        return liftNw(new Event.LiftAfterCopy(segment), job.disk(), segment);
    }

    /** A write faulted on a segment that is shared no more. Action {@code LiftUnshared}. */
    public Step liftUnshared(MappingFault fault) {
        expectServable("LiftUnshared", fault);
        Entry entry = tables.entry(fault.disk(), fault.segment());
        expect(
                !entry.allows(fault.kind()) && rules.liftsOnlyWhenUnshared(tables.isShared(entry.location())),
                "LiftUnshared",
                "an unshared entry that does not allow " + fault,
                entry);
        return liftNw(new Event.LiftUnshared(fault), fault.disk(), fault.segment());
    }

    private Step liftNw(Event event, String disk, int segment) {
        Entry entry = tables.entry(disk, segment).with(EntryState.NO_WRITE, false);
        faults.removeIf(fault -> fault.disk().equals(disk) && fault.segment() == segment);
        Set<Command> commands = entryCommands(disk, segment, entry, false);
        jobs.put(segment, newJob(Job.Step.LIFTING, disk, Entry.NO_LOCATION, commands));
        return change(event, disk, segment, entry, commands);
    }

    /** All agents that were told have answered. Action {@code FinishJob}. */
    public Step finishJob(int segment) {
        Job job = job("FinishJob", segment, Job.Step.REFRESHING, Job.Step.LIFTING);
        expect(job.awaits().isEmpty(), "FinishJob", "all agents' answers", job);
        jobs.remove(segment);
        return Step.of(new Event.FinishJob(segment));
    }

    /** Returns the commands that tell all agents an entry. Spec: {@code EntryCommands}. */
    private Set<Command> entryCommands(String disk, int segment, Entry entry, boolean blocking) {
        Set<Command> commands = new LinkedHashSet<>();
        for (String agent : agents) {
            commands.add(new SetEntry(agent, SegmentRange.of(disk, segment), List.of(entry), blocking));
        }
        return commands;
    }

    /** Persists one entry, changes the table, and sends the commands. */
    private Step change(Event event, String disk, int segment, Entry entry, Set<Command> commands) {
        tables.set(disk, segment, entry);
        return persistThenSend(event, new Effect.Persist(disk, segment, List.of(entry)), commands);
    }

    private static Step persistThenSend(Event event, Effect.Persist persist, Set<Command> commands) {
        List<Effect> effects = new ArrayList<>();
        effects.add(persist);
        commands.forEach(command -> effects.add(new Effect.Send(command)));
        return new Step(event, effects);
    }

    // ---- Snapshots

    /**
     * Nw is set on every entry of the original, in the persistent table first and then at all agents, by a blocking
     * command (P14.17). Action {@code Freeze}.
     */
    public Step freeze(String snapshot) {
        Clone clone = clone("Freeze", snapshot, Clone.Step.ASKED);
        String disk = clone.from();
        expect(mayFreeze(disk), "Freeze", "a disk that no job is changing", disk);
        List<Entry> frozen = new ArrayList<>();
        for (Entry entry : tables.entries(disk)) {
            frozen.add(entry.with(EntryState.NO_WRITE, true));
        }
        tables.setAll(disk, frozen);
        SegmentRange all = new SegmentRange(disk, 0, frozen.size());
        Set<Command> commands = new LinkedHashSet<>();
        for (String agent : agents) {
            commands.add(new SetEntryState(agent, all, EntryState.NO_WRITE, true, true));
        }
        clones.put(snapshot, clone.freezing(commands));
        return persistThenSend(new Event.Freeze(snapshot), new Effect.Persist(disk, 0, frozen), commands);
    }

    /** The table of the original, Nw included, becomes the table of the snapshot (P15.5). Action {@code CopyTable}. */
    public Step copyTable(String snapshot) {
        Clone clone = clone("CopyTable", snapshot, Clone.Step.FREEZING);
        expect(rules.copiesOnlyWhenAllAnswered(clone), "CopyTable", "all agents' answers", clone);
        List<Entry> entries = tables.entries(clone.from());
        tables.setAll(snapshot, entries);
        clones.put(snapshot, clone.copied());
        return Step.of(new Event.CopyTable(snapshot), new Effect.Persist(snapshot, 0, entries));
    }

    /** Whoever asked is told that the snapshot exists (P15.15). Action {@code AnswerSnapshot}. */
    public Step answerSnapshot(String snapshot) {
        clone("AnswerSnapshot", snapshot, Clone.Step.COPIED);
        clones.remove(snapshot);
        return Step.of(new Event.AnswerSnapshot(snapshot), new Effect.SnapshotReady(snapshot));
    }

    // ---- Guards

    private boolean mayServe(MappingFault fault) {
        return rules.oneAtATime(!jobs.containsKey(fault.segment()), isCloning(fault.disk()));
    }

    private boolean isCloning(String disk) {
        return clones.values().stream()
                .anyMatch(clone -> clone.from().equals(disk) && clone.step() != Clone.Step.COPIED);
    }

    private boolean mayFreeze(String disk) {
        return jobs.values().stream().noneMatch(job -> job.disk().equals(disk))
                && clones.values().stream()
                        .noneMatch(clone -> clone.from().equals(disk) && clone.step() == Clone.Step.FREEZING);
    }

    private void expectServable(String action, MappingFault fault) {
        expect(faults.contains(fault), action, "a fault that was received", fault);
        expect(mayServe(fault), action, "no job and no snapshot on the segment", fault);
    }

    private Job newJob(Job.Step step, String disk, long to, Set<Command> awaits) {
        return new Job(step, disk, to, Set.of(), awaits);
    }

    private Job job(String action, int segment, Job.Step... expected) {
        Job job = jobs.get(segment);
        if (job == null || !List.of(expected).contains(job.step())) {
            throw new IllegalStepException(
                    action,
                    "a job on segment " + segment + " that is " + List.of(expected),
                    job == null ? "none" : job);
        }
        return job;
    }

    private Clone clone(String action, String snapshot, Clone.Step... expected) {
        Clone clone = clones.get(snapshot);
        if (clone == null || !List.of(expected).contains(clone.step())) {
            throw new IllegalStepException(
                    action, "a snapshot " + snapshot + " that is " + List.of(expected), clone == null ? "none" : clone);
        }
        return clone;
    }

    private static void expect(boolean condition, String action, String expected, Object found) {
        if (!condition) {
            throw new IllegalStepException(action, expected, found);
        }
    }
}
