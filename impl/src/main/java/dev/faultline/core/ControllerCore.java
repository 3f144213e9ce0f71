package dev.faultline.core;

import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The controller as a pure state machine: one method for each action of the spec's modules MappingController,
 * MappingSnapshots, MappingOpening, MappingSpace and MappingFailures that is the controller's, here or in
 * {@link SegmentActions}, {@link DiskActions}, {@link OpeningActions}, {@link SpaceActions} and {@link FailureActions}. A
 * method either takes the step and returns what came of it, or throws {@link IllegalStepException} and changes nothing.
 * What is to be persisted comes before what is to be sent. For one thread at a time.
 */
public final class ControllerCore {
    private final ControllerState state;
    private final SegmentActions segments;
    private final DiskActions disks;
    private final OpeningActions openings;
    private final FlushActions flushes;
    private final FailureActions failures;

    /** Makes the first controller of a system in which all agents map all disks, and zeros are {@link Content#ZERO}. */
    public ControllerCore(Set<String> members, int blocksPerSegment, MappingTables tables, ControllerRules rules) {
        this(members, blocksPerSegment, tables, rules, Mapping.ALL, Durability.AT_ONCE, Content.ZERO);
    }

    /**
     * Makes the first controller of a system, which serves at once; it keeps a copy of the tables.
     *
     * @param zero what a block of zeros holds
     */
    public ControllerCore(
            Set<String> members,
            int blocksPerSegment,
            MappingTables tables,
            ControllerRules rules,
            Mapping mapping,
            Durability durability,
            Content zero) {
        this(new ControllerState(members, blocksPerSegment, tables, rules, mapping, durability, zero, Recovery.NONE));
    }

    /**
     * Makes a controller after another one of a system in which all agents map all disks, and zeros are
     * {@link Content#ZERO}.
     */
    public static ControllerCore afterCrash(
            Set<String> members, int blocksPerSegment, MappingTables tables, ControllerRules rules) {
        return afterCrash(members, blocksPerSegment, tables, rules, Mapping.ALL, Durability.AT_ONCE, Content.ZERO);
    }

    /**
     * Makes a controller after another one that has ended, however it did. It has to recover before it serves.
     *
     * @param members the agents whose I/O storage performs
     * @param tables the tables that are durable; it keeps a copy of them
     * @param zero what a block of zeros holds
     */
    public static ControllerCore afterCrash(
            Set<String> members,
            int blocksPerSegment,
            MappingTables tables,
            ControllerRules rules,
            Mapping mapping,
            Durability durability,
            Content zero) {
        MappingTables left = tables.copy();
        Map<Opener, Long> kept = rules.openingsAfterCrash(tables.openings());
        tables.openings().keySet().stream()
                .filter(opener -> !kept.containsKey(opener))
                .forEach(left::eraseOpening);
        return new ControllerCore(new ControllerState(
                members, blocksPerSegment, left, rules, mapping, durability, zero, Recovery.BEGINNING));
    }

    private ControllerCore(ControllerState state) {
        this.state = state;
        segments = new SegmentActions(state);
        disks = new DiskActions(state);
        openings = new OpeningActions(state);
        flushes = new FlushActions(state);
        failures = new FailureActions(state);
    }

    /** Returns a controller in the same state, which from then on goes its own way. */
    public ControllerCore copy() {
        return new ControllerCore(state.copy());
    }

    /** Returns whether there is such a disk; a snapshot is one as soon as its table is copied. */
    public boolean hasDisk(String disk) {
        return state.tables.has(disk);
    }

    // ---- What it knows

    /** Returns the agents that it reckons with; a view. Spec: {@code members}. */
    public Set<String> members() {
        return Collections.unmodifiableSet(state.members);
    }

    /** Returns how much of storage is in use. */
    public Space space() {
        long shared = state.tables.sharedLocations();
        long filling = state.jobs.values().stream()
                .filter(job -> job.step() == Job.Step.COPYING || job.step() == Job.Step.FLUSHED)
                .count();
        return new Space(state.tables.usedLocations() - shared, shared, filling, state.tables.capacity());
    }

    /** Returns a copy of its tables. Spec: {@code table}, {@code version}, {@code names}, {@code openings}. */
    public MappingTables tables() {
        return state.tables.copy();
    }

    /** Returns the mapping faults that it has received and not yet served; a view. Spec: {@code faults}. */
    public Set<MappingFault> faults() {
        return Collections.unmodifiableSet(state.faults);
    }

    /** Returns what it is doing to segments; a view. Spec: {@code jobs}. */
    public Map<Integer, Job> jobs() {
        return Collections.unmodifiableMap(state.jobs);
    }

    /** Returns the snapshots that it is making; a view. Spec: {@code clones}. */
    public Map<Cut, Clone> clones() {
        return Collections.unmodifiableMap(state.clones);
    }

    /** Returns how far it is in deleting disks; a view. Spec: {@code deletions}. */
    public Map<String, Deletion> deletions() {
        return Collections.unmodifiableMap(state.deletions);
    }

    /** Returns whether it serves, or how far it is in coming back. Spec: {@code recovery}. */
    public Recovery recovery() {
        return state.recovery;
    }

    /** Returns the commands that somebody awaits the answer to. Spec: {@code Awaited}. */
    public Set<Command> awaited() {
        return state.awaited();
    }

    /** Returns whether the other controller is in the same state. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ControllerCore that && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return state.hashCode();
    }

    /** Returns whether it takes messages and requests: it has not just crashed. Spec: {@code Up}. */
    public boolean isUp() {
        return state.isUp();
    }

    /** Returns whether it serves and has nothing to do, though it may still be asking agents what they have. */
    public boolean isUnoccupied() {
        return state.isUnoccupied();
    }

    /** Returns whether nothing is under way. */
    public boolean isIdle() {
        return state.isUnoccupied() && state.inspections.isEmpty();
    }

    // ---- What comes from agents, from storage and from who asks for something

    /** A mapping fault arrives. Action {@code ReceiveFault}. */
    public Step receiveFault(MappingFault fault) {
        return segments.receiveFault(fault);
    }

    /** An agent's answer arrives; whoever awaited it awaits it no more. Action {@code ReceiveAnswer}. */
    public Step receiveAnswer(Answer answer) {
        Command command = answer.command();
        state.expectUp("ReceiveAnswer");
        state.unawait(command);
        Event event = new Event.ReceiveAnswer(answer);
        return command instanceof GetEntry question && state.inspections.remove(question)
                ? Step.of(event, new Effect.Inspected(answer))
                : Step.of(event);
    }

    /** An agent wants to have a disk open. Action {@code ReceiveOpen}. */
    public Step receiveOpen(OpenDisk opening) {
        return openings.receiveOpen(opening);
    }

    /** An agent has closed a disk. Action {@code ReceiveClose}. */
    public Step receiveClose(CloseDisk closing) {
        return openings.receiveClose(closing);
    }

    /** Storage has copied one block of a segment. Action {@code CopyBlock}. */
    public Step copyBlock(int segment, int block, Content value) {
        return segments.copyBlock(segment, block, value);
    }

    /** Returns the jobs whose segment may be looked at now, block by block, by segment. */
    public Map<Integer, Job> looking() {
        return segments.space().looking();
    }

    /** The controller has looked at one block of a segment. Action {@code CheckBlock}. */
    public Step checkBlock(int segment, int block, Content value) {
        return segments.space().checkBlock(segment, block, value);
    }

    /** Something that storage has to flush before the controller goes on. */
    public sealed interface Flush {
        /** The copy of a segment. */
        record Copy(int segment) implements Flush {}

        /** The segment that the controller holds, before it looks. */
        record Held(int segment) implements Flush {}

        /** The disks that snapshots will be made of. */
        record Disks(Cut cut) implements Flush {}
    }

    /** Returns what storage has to flush now, in a fixed order; nothing if all that is written is durable at once. */
    public List<Flush> flushes() {
        return flushes.due();
    }

    /** Returns the locations that a flush is about. */
    public Set<Long> locations(Flush flush) {
        return flushes.locations(flush);
    }

    /** Storage has flushed what it had to. Actions {@code FlushCopy}, {@code FlushHeld}, {@code FlushDisks}. */
    public Step flushed(Flush flush) {
        return flushes.flushed(flush);
    }

    /** The controller hears that storage has lost power. Action {@code Reconnect}. */
    public Step reconnect() {
        return flushes.reconnect();
    }

    /** Returns whether a disk of that name can be created now. */
    public boolean canCreate(String disk) {
        return segments.space().canCreate(disk);
    }

    /** Somebody wants a new disk, which is empty. Action {@code Create}. */
    public Step create(String disk) {
        return segments.space().create(disk);
    }

    /** Returns whether snapshots can be asked for now. */
    public boolean canSnapshot(Cut cut) {
        return disks.canSnapshot(cut);
    }

    /** Somebody asks for snapshots, which are made together. Action {@code AskSnapshot}. */
    public Step askSnapshot(Cut cut) {
        return disks.askSnapshot(cut);
    }

    /** Returns whether a deletion can be asked for now. */
    public boolean canDelete(String disk) {
        return disks.canDelete(disk);
    }

    /** Somebody asks for a disk to be deleted. Action {@code AskDeletion}. */
    public Step askDeletion(String disk) {
        return disks.askDeletion(disk);
    }

    /** Returns whether an agent can be asked now for its entries of a disk. */
    public boolean canInspect(String agent, String disk) {
        return state.isUp()
                && state.members.contains(agent)
                && state.maps(agent, disk)
                && state.tables.has(disk)
                && !state.inspections.contains(question(agent, disk));
    }

    /** An agent is asked for the entries that it has of a disk (P12.28). Action {@code Inspect}. */
    public Step inspect(String agent, String disk) {
        ControllerState.expect(
                canInspect(agent, disk),
                "Inspect",
                "an agent that maps a disk, and no such question unanswered",
                agent + ", " + disk);
        GetEntry question = question(agent, disk);
        state.inspections.add(question);
        return Step.of(new Event.Inspect(agent, disk), new Effect.Send(question));
    }

    // ---- What goes wrong, and what is done about it

    /** A new agent becomes a member: storage performs its I/O from now on. Action {@code Join}. */
    public Step join(String agent) {
        return failures.join(agent);
    }

    /**
     * The controller gives an agent up: storage refuses its I/O from now on, and nobody waits for its answers any more.
     * Action {@code Fence}.
     */
    public Step fence(String agent) {
        return failures.fence(agent);
    }

    /** A command that is not answered is sent again. Action {@code Resend}. */
    public Step resend(Command command) {
        return failures.resend(command);
    }

    private GetEntry question(String agent, String disk) {
        return new GetEntry(agent, state.allOf(disk), false);
    }

    // ---- What the controller does of itself

    /** Something that the controller can do now of itself. */
    public sealed interface Turn {
        /** Serve a fault. */
        record Serve(MappingFault fault) implements Turn {}

        /** Take the next step of the job on a segment. */
        record Advance(int segment) implements Turn {}

        /** Take the next step of snapshots. */
        record Clone(Cut cut) implements Turn {}

        /** Take the next step of a deletion. */
        record Delete(String disk) implements Turn {}

        /** Take the next step of the way back from a crash. */
        record Recover() implements Turn {}
    }

    /** Returns all that the controller can do now of itself, in a fixed order. */
    public List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        if (failures.isReady()) {
            turns.add(new Turn.Recover());
        }
        state.clones.forEach((cut, clone) -> {
            if (disks.isReady(clone)) {
                turns.add(new Turn.Clone(cut));
            }
        });
        state.deletions.forEach((disk, deletion) -> {
            if (disks.isReady(disk, deletion)) {
                turns.add(new Turn.Delete(disk));
            }
        });
        state.jobs.forEach((segment, job) -> {
            if (segments.isReady(job)) {
                turns.add(new Turn.Advance(segment));
            }
        });
        for (MappingFault fault : state.faults) {
            if (state.mayServe(fault)) {
                turns.add(new Turn.Serve(fault));
            }
        }
        return turns;
    }

    /** Returns all turns that there are something to do about, whether or not their time has come. */
    public List<Turn> begun() {
        List<Turn> turns = new ArrayList<>();
        if (!state.isServing()) {
            turns.add(new Turn.Recover());
        }
        state.clones.keySet().forEach(cut -> turns.add(new Turn.Clone(cut)));
        state.deletions.keySet().forEach(disk -> turns.add(new Turn.Delete(disk)));
        state.jobs.keySet().forEach(segment -> turns.add(new Turn.Advance(segment)));
        state.faults.forEach(fault -> turns.add(new Turn.Serve(fault)));
        return turns;
    }

    /** Does one of the {@link #turns()}. */
    public Step take(Turn turn) {
        if (turn instanceof Turn.Serve serve) {
            return segments.serve(serve.fault());
        } else if (turn instanceof Turn.Advance advance) {
            return segments.advance(advance.segment());
        } else if (turn instanceof Turn.Clone clone) {
            return disks.proceed(clone.cut());
        } else if (turn instanceof Turn.Recover) {
            return failures.proceed();
        }
        return disks.proceed(((Turn.Delete) turn).disk());
    }
}
