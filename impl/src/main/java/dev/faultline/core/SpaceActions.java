package dev.faultline.core;

import static dev.faultline.core.ControllerState.expect;

import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.MappingFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Segments without storage: how the controller gives it to them, and takes it back. One method for each action of the
 * spec's module MappingSpace that is the controller's. For one thread at a time.
 */
final class SpaceActions {
    private final ControllerState state;
    private final SegmentActions segments;

    SpaceActions(ControllerState state, SegmentActions segments) {
        this.state = state;
        this.segments = segments;
    }

    boolean canCreate(String disk) {
        return state.isServing() && !state.isTaken(disk);
    }

    /** There is a new disk, which is empty. Action {@code Create}. */
    Step create(String disk) {
        expect(canCreate(disk), "Create", "a name that is not taken", disk);
        long version = state.newVersion();
        List<Entry> entries = Collections.nCopies(state.tables.segmentsPerDisk(), Entry.EMPTY.under(version));
        state.tables.setAll(disk, entries);
        return Step.of(
                new Event.Create(disk, version), new Effect.Persist(disk, 0, entries), new Effect.DiskCreated(disk));
    }

    /**
     * Something is to be written to an empty segment: it gets a location, where first zeros are written. Then it goes on as
     * for a copy. Action {@code BeginFill}.
     */
    Step beginFill(MappingFault fault, long location) {
        segments.expectServable("BeginFill", fault);
        Entry entry = segments.existingEntry("BeginFill", fault);
        expect(
                fault.kind() == Kind.WRITE && entry.isEmpty(),
                "BeginFill",
                "an empty entry, and a write to it that faulted",
                entry);
        state.tables.use(location);
        state.jobs.put(
                fault.segment(),
                new Job(Job.Step.COPYING, fault.disk(), Entry.NO_LOCATION, location, Set.of(), Set.of()));
        return Step.of(
                new Event.BeginFill(fault, location),
                new Effect.CopySegment(fault.segment(), Entry.NO_LOCATION, location));
    }

    /** Takes the next step with an offer. */
    Step serveOffer(MappingFault offer) {
        return hasStorage(offer) ? hold(offer) : forgetOffer(offer);
    }

    private boolean hasStorage(MappingFault offer) {
        return state.tables.has(offer.disk())
                && !state.tables.entry(offer.disk(), offer.segment()).isEmpty();
    }

    /** There is nothing to give back. Action {@code ForgetOffer}. */
    private Step forgetOffer(MappingFault offer) {
        segments.expectServable("ForgetOffer", offer);
        state.faults.remove(offer);
        return Step.of(new Event.ForgetOffer(offer));
    }

    /** The controller makes all agents of the disk hold I/O on the segment, to look at it in peace. Action {@code Hold}. */
    private Step hold(MappingFault offer) {
        segments.expectServable("Hold", offer);
        String disk = offer.disk();
        int segment = offer.segment();
        long version = state.newVersion();
        Entry entry =
                state.tables.entry(disk, segment).with(EntryState.HELD, true).under(version);
        state.faults.removeIf(
                other -> other.kind() == Kind.TRIM && other.disk().equals(disk) && other.segment() == segment);
        Set<Command> commands = segments.entryCommands(disk, segment, entry, true);
        state.jobs.put(
                segment, new Job(Job.Step.HOLDING, disk, entry.location(), Entry.NO_LOCATION, Set.of(), commands));
        return segments.change(new Event.Hold(offer, version), disk, segment, entry, commands);
    }

    /** Returns the jobs whose segment may be looked at now, by segment. */
    Map<Integer, Job> looking() {
        Map<Integer, Job> looking = new TreeMap<>();
        state.jobs.forEach((segment, job) -> {
            if (mayLook(job)) {
                looking.put(segment, job);
            }
        });
        return looking;
    }

    private boolean mayLook(Job job) {
        return (job.step() == Job.Step.HOLDING || job.step() == Job.Step.LOOKING)
                && state.rules.looksOnlyWhenAllAnswered(job)
                && state.isDurable(state.rules.looksOnlyWhenFlushed(job));
    }

    /** The controller has looked at one block of a segment, and this was there. Action {@code CheckBlock}. */
    Step checkBlock(int segment, int block, Content value) {
        Job job = segments.job("CheckBlock", segment, Job.Step.HOLDING, Job.Step.LOOKING);
        expect(
                !job.copied().contains(block) && mayLook(job),
                "CheckBlock",
                "all agents' answers, a flush where it is needed, and a block that was not looked at yet",
                job);
        state.jobs.put(segment, value.equals(state.zero) ? job.withCopied(block) : job.in(Job.Step.RELEASING));
        return Step.of(new Event.CheckBlock(segment, block, value));
    }

    /** The segment is empty from now on, and its location is given back. Action {@code Vacate}. */
    Step vacate(int segment) {
        Job job = segments.job("Vacate", segment, Job.Step.HOLDING, Job.Step.LOOKING);
        expect(state.rules.emptiesOnlyZeros(job, state.blocksPerSegment), "Vacate", "all blocks seen to be zeros", job);
        boolean frees = state.rules.freesOnlyItsOwn(state.tables.isShared(job.from()));
        long version = state.newVersion();
        Event event = new Event.Vacate(segment, version, frees ? job.from() : Entry.NO_LOCATION);
        return endHold(
                event,
                job.disk(),
                segment,
                Entry.EMPTY.under(version),
                frees ? List.of(new Effect.Free(Set.of(job.from()))) : List.of());
    }

    /** It is not zeros throughout, and everything stays as it was. Action {@code Release}. */
    Step release(int segment) {
        Job job = segments.job("Release", segment, Job.Step.RELEASING);
        long version = state.newVersion();
        Entry entry = state.tables
                .entry(job.disk(), segment)
                .with(EntryState.HELD, false)
                .under(version);
        return endHold(new Event.Release(segment, version), job.disk(), segment, entry, List.of());
    }

    /** There is no location left for what is to be written: the agent is told so. Action {@code RefuseWrite}. */
    Step refuseWrite(MappingFault fault) {
        segments.expectServable("RefuseWrite", fault);
        state.faults.remove(fault);
        return Step.of(new Event.RefuseWrite(fault), new Effect.Send(Full.of(fault)));
    }

    private Step endHold(Event event, String disk, int segment, Entry entry, List<Effect> freeing) {
        state.tables.set(disk, segment, entry);
        Set<Command> commands = segments.entryCommands(disk, segment, entry, false);
        state.jobs.put(segment, SegmentActions.newJob(Job.Step.LIFTING, disk, commands));
        List<Effect> changes = new ArrayList<>();
        changes.add(new Effect.Persist(disk, segment, List.of(entry)));
        changes.addAll(freeing);
        return ControllerState.persistThenSend(event, changes, commands);
    }
}
