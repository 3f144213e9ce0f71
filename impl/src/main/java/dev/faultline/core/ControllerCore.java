package dev.faultline.core;

import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The controller as a pure state machine: one method for each action of the spec's modules MappingController and
 * MappingSnapshots, here or in {@link SegmentActions} and {@link DiskActions}. A method either takes the step and returns
 * what came of it, or throws {@link IllegalStepException} and changes nothing. What is to be persisted comes before what
 * is to be sent. For one thread at a time.
 */
public final class ControllerCore {
    private final ControllerState state;
    private final SegmentActions segments;
    private final DiskActions disks;

    /** Makes a controller from the tables that it finds; it keeps a copy of them. */
    public ControllerCore(Set<String> agents, int blocksPerSegment, MappingTables tables, ControllerRules rules) {
        this(new ControllerState(agents, blocksPerSegment, tables, rules));
    }

    private ControllerCore(ControllerState state) {
        this.state = state;
        segments = new SegmentActions(state);
        disks = new DiskActions(state);
    }

    /** Returns a controller in the same state, which from then on goes its own way. */
    public ControllerCore copy() {
        return new ControllerCore(state.copy());
    }

    /** Returns whether there is such a disk; a snapshot is one as soon as its table is copied. */
    public boolean hasDisk(String disk) {
        return state.tables.has(disk);
    }

    /** Returns whether nothing is under way. */
    public boolean isIdle() {
        return state.isIdle();
    }

    // ---- What comes from agents, from storage and from who asks for something

    /** A mapping fault arrives. Action {@code ReceiveFault}. */
    public Step receiveFault(MappingFault fault) {
        return segments.receiveFault(fault);
    }

    /** An agent's answer arrives; whoever awaited it awaits it no more. Action {@code ReceiveAnswer}. */
    public Step receiveAnswer(Answer answer) {
        Command command = answer.command();
        state.jobs.replaceAll((segment, job) -> job.without(command));
        state.clones.replaceAll((cut, clone) -> clone.without(command));
        state.deletions.replaceAll((disk, deletion) -> deletion.without(command));
        Event event = new Event.ReceiveAnswer(answer);
        return command instanceof GetEntry question && state.inspections.remove(question)
                ? Step.of(event, new Effect.Inspected(answer))
                : Step.of(event);
    }

    /** Storage has copied one block of a segment. Action {@code CopyBlock}. */
    public Step copyBlock(int segment, int block, Content value) {
        return segments.copyBlock(segment, block, value);
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
        return state.agents.contains(agent)
                && state.tables.has(disk)
                && !state.inspections.contains(question(agent, disk));
    }

    /** An agent is asked for the entries that it has of a disk (P12.28). Action {@code Inspect}. */
    public Step inspect(String agent, String disk) {
        ControllerState.expect(
                canInspect(agent, disk),
                "Inspect",
                "an agent and a disk that exist, and no such question unanswered",
                agent + ", " + disk);
        GetEntry question = question(agent, disk);
        state.inspections.add(question);
        return Step.of(new Event.Inspect(agent, disk), new Effect.Send(question));
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
    }

    /** Returns all that the controller can do now of itself, in a fixed order. */
    public List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
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

    /** Does one of the {@link #turns()}. */
    public Step take(Turn turn) {
        if (turn instanceof Turn.Serve serve) {
            return segments.serve(serve.fault());
        } else if (turn instanceof Turn.Advance advance) {
            return segments.advance(advance.segment());
        } else if (turn instanceof Turn.Clone clone) {
            return disks.proceed(clone.cut());
        }
        return disks.proceed(((Turn.Delete) turn).disk());
    }
}
