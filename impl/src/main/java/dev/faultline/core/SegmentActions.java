package dev.faultline.core;

import static dev.faultline.core.ControllerState.expect;

import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.SetEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the controller does to single segments: mapping faults, and copy on first write (P18.1). One method for each of
 * these actions of the spec's module MappingController. For one thread at a time.
 */
final class SegmentActions {
    private final ControllerState state;
    private final SpaceActions space;

    SegmentActions(ControllerState state) {
        this.state = state;
        space = new SpaceActions(state, this);
    }

    /** Returns what is done about segments without storage. */
    SpaceActions space() {
        return space;
    }

    /** Takes the next step with a fault. */
    Step serve(MappingFault fault) {
        Entry entry = persistentEntry(fault);
        if (fault.kind() == Kind.TRIM) {
            return space.serveOffer(fault);
        } else if (settles(entry, fault)) {
            return refresh(fault);
        } else if (!entry.isEmpty() && state.rules.liftsOnlyWhenUnshared(state.tables.isShared(entry.location()))) {
            return liftUnshared(fault);
        }
        long unused = state.rules.unused(state.tables);
        if (state.rules.refusesOnlyWhenFull(unused)) {
            return space.refuseWrite(fault);
        }
        return entry.isEmpty() ? space.beginFill(fault, unused) : beginCopy(fault, unused);
    }

    /** Returns whether the job on a segment can go on. */
    boolean isReady(Job job) {
        return switch (job.step()) {
            case COPYING, FLUSHED -> maySwitch(job);
            case SWITCHING -> state.rules.liftsOnlyWhenAllAnswered(job);
            case REFRESHING, LIFTING -> job.awaits().isEmpty();
            case HOLDING, LOOKING -> state.rules.emptiesOnlyZeros(job, state.blocksPerSegment);
            case RELEASING -> true;
        };
    }

    /** Takes the next step of the job on a segment. */
    Step advance(int segment) {
        Job job = job("FinishJob", segment, Job.Step.values());
        return switch (job.step()) {
            case COPYING, FLUSHED -> switchEntry(segment);
            case SWITCHING -> liftAfterCopy(segment);
            case REFRESHING, LIFTING -> finishJob(segment);
            case HOLDING, LOOKING -> space.vacate(segment);
            case RELEASING -> space.release(segment);
        };
    }

    /** A mapping fault arrives. Action {@code ReceiveFault}. */
    Step receiveFault(MappingFault fault) {
        state.expectUp("ReceiveFault");
        if (state.members.contains(fault.agent()) && state.maps(fault.agent(), fault.disk())) {
            state.faults.add(fault);
        }
        return Step.of(new Event.ReceiveFault(fault));
    }

    /** The persistent entry settles the fault: it is sent to the agent. Action {@code Refresh}. */
    Step refresh(MappingFault fault) {
        expectServable("Refresh", fault);
        Entry entry = persistentEntry(fault);
        expect(settles(entry, fault), "Refresh", "an entry that settles " + fault, entry);
        state.faults.removeIf(
                other -> isAlike(other, fault) && other.agent().equals(fault.agent()) && settles(entry, other));
        SegmentRange range = SegmentRange.of(fault.disk(), fault.segment());
        Command command = new SetEntry(fault.agent(), range, List.of(entry), false);
        state.jobs.put(fault.segment(), newJob(Job.Step.REFRESHING, fault.disk(), Set.of(command)));
        return Step.of(new Event.Refresh(fault), new Effect.Send(command));
    }

    /** A write faulted on a shared segment, which is to be copied. Action {@code BeginCopy}. */
    Step beginCopy(MappingFault fault, long location) {
        expectServable("BeginCopy", fault);
        Entry entry = existingEntry("BeginCopy", fault);
        expect(
                !entry.allows(fault.kind()) && state.tables.isShared(entry.location()),
                "BeginCopy",
                "a shared entry that does not allow " + fault,
                entry);
        state.tables.use(location);
        state.jobs.put(
                fault.segment(),
                new Job(Job.Step.COPYING, fault.disk(), entry.location(), location, Set.of(), Set.of()));
        return Step.of(
                new Event.BeginCopy(fault, location),
                new Effect.CopySegment(fault.segment(), entry.location(), location));
    }

    /** Storage has copied one block of a segment. Action {@code CopyBlock}. */
    Step copyBlock(int segment, int block, Content value) {
        Job job = job("CopyBlock", segment, Job.Step.COPYING);
        expect(!job.copied().contains(block), "CopyBlock", "a block that is not copied yet", block);
        state.jobs.put(segment, job.withCopied(block));
        return Step.of(new Event.CopyBlock(segment, block, value));
    }

    /**
     * The table of the writer's disk names the copy; its agents are told by blocking commands, so that their reads of
     * the old location have drained when all have answered (P18.1). Action {@code Switch}.
     */
    Step switchEntry(int segment) {
        Job job = job("Switch", segment, Job.Step.COPYING, Job.Step.FLUSHED);
        expect(maySwitch(job), "Switch", "all blocks copied, and flushed where that is needed", job);
        long version = state.newVersion();
        Entry old = state.tables.entry(job.disk(), segment);
        Entry entry =
                old.movedTo(job.to(), state.rules.statesInCopy(old.states())).under(version);
        Set<Command> commands = entryCommands(job.disk(), segment, entry, true);
        state.jobs.put(segment, job.switching(commands));
        return change(new Event.Switch(segment, version), job.disk(), segment, entry, commands);
    }

    private boolean maySwitch(Job job) {
        return state.rules.switchesOnlyWhenCopied(job, state.blocksPerSegment)
                && state.isDurable(state.rules.switchesOnlyWhenFlushed(job));
    }

    /** All agents have left the old location: writes are let through (P18.1). Action {@code LiftAfterCopy}. */
    Step liftAfterCopy(int segment) {
        Job job = job("LiftAfterCopy", segment, Job.Step.SWITCHING);
        expect(state.rules.liftsOnlyWhenAllAnswered(job), "LiftAfterCopy", "all agents' answers", job);
        long version = state.newVersion();
        return liftNw(new Event.LiftAfterCopy(segment, version), job.disk(), segment, version);
    }

    /** A write faulted on a segment that is shared no more. Action {@code LiftUnshared}. */
    Step liftUnshared(MappingFault fault) {
        expectServable("LiftUnshared", fault);
        Entry entry = existingEntry("LiftUnshared", fault);
        expect(
                !entry.allows(fault.kind())
                        && !entry.isEmpty()
                        && state.rules.liftsOnlyWhenUnshared(state.tables.isShared(entry.location())),
                "LiftUnshared",
                "an unshared entry that does not allow " + fault,
                entry);
        long version = state.newVersion();
        return liftNw(new Event.LiftUnshared(fault, version), fault.disk(), fault.segment(), version);
    }

    private Step liftNw(Event event, String disk, int segment, long version) {
        Entry entry = state.tables
                .entry(disk, segment)
                .with(EntryState.NO_WRITE, false)
                .under(version);
        state.faults.removeIf(
                fault -> fault.disk().equals(disk) && fault.segment() == segment && fault.kind() != Kind.TRIM);
        Set<Command> commands = entryCommands(disk, segment, entry, false);
        state.jobs.put(segment, newJob(Job.Step.LIFTING, disk, commands));
        return change(event, disk, segment, entry, commands);
    }

    /** All agents that were told have answered. Action {@code FinishJob}. */
    Step finishJob(int segment) {
        Job job = job("FinishJob", segment, Job.Step.REFRESHING, Job.Step.LIFTING);
        expect(job.awaits().isEmpty(), "FinishJob", "all agents' answers", job);
        state.jobs.remove(segment);
        return Step.of(new Event.FinishJob(segment));
    }

    /** Returns the commands that tell an entry to all agents that map the disk. Spec: {@code EntryCommands}. */
    Set<Command> entryCommands(String disk, int segment, Entry entry, boolean blocking) {
        Set<Command> commands = new LinkedHashSet<>();
        for (String agent : state.mappers(disk)) {
            commands.add(new SetEntry(agent, SegmentRange.of(disk, segment), List.of(entry), blocking));
        }
        return commands;
    }

    Step change(Event event, String disk, int segment, Entry entry, Set<Command> commands) {
        state.tables.set(disk, segment, entry);
        return ControllerState.persistThenSend(
                event, List.of(new Effect.Persist(disk, segment, List.of(entry))), commands);
    }

    /** Returns what the tables say; a disk that does not exist has an entry that says so. Spec: PersistentEntry. */
    Entry persistentEntry(MappingFault fault) {
        return state.tables.has(fault.disk()) ? state.tables.entry(fault.disk(), fault.segment()) : Entry.ERROR;
    }

    /** Returns whether the entry allows what the agent could not do, or forbids it for good. Spec: {@code Settles}. */
    private static boolean settles(Entry entry, MappingFault fault) {
        return fault.kind() != Kind.TRIM && (entry.allows(fault.kind()) || entry.is(EntryState.ERROR));
    }

    private static boolean isAlike(MappingFault one, MappingFault other) {
        return one.disk().equals(other.disk()) && one.segment() == other.segment();
    }

    Entry existingEntry(String action, MappingFault fault) {
        expect(state.tables.has(fault.disk()), action, "a disk that exists", fault);
        return state.tables.entry(fault.disk(), fault.segment());
    }

    void expectServable(String action, MappingFault fault) {
        expect(state.faults.contains(fault), action, "a fault that was received", fault);
        expect(state.mayServe(fault), action, "no job, snapshot or deletion on the segment", fault);
    }

    static Job newJob(Job.Step step, String disk, Set<Command> awaits) {
        return new Job(step, disk, Entry.NO_LOCATION, Entry.NO_LOCATION, Set.of(), awaits);
    }

    Job job(String action, int segment, Job.Step... expected) {
        Job job = state.jobs.get(segment);
        if (job == null || !List.of(expected).contains(job.step())) {
            throw new IllegalStepException(
                    action,
                    "a job on segment " + segment + " that is " + List.of(expected),
                    job == null ? "none" : job);
        }
        return job;
    }
}
