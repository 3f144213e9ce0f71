package dev.faultline.core;

import static dev.faultline.core.ControllerState.expect;

import dev.faultline.core.ControllerCore.Flush;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the controller has storage flush, and what it does when storage has lost power. Spec: module MappingFlush. */
final class FlushActions {
    private final ControllerState state;

    FlushActions(ControllerState state) {
        this.state = state;
    }

    /** Returns what storage has to flush before the controller goes on, in a fixed order. */
    List<Flush> due() {
        List<Flush> due = new ArrayList<>();
        if (state.durability == Durability.AT_ONCE) {
            return due;
        }
        state.clones.forEach((cut, clone) -> {
            if (isDue(clone)) {
                due.add(new Flush.Disks(cut));
            }
        });
        state.jobs.forEach((segment, job) -> {
            if (isCopyDue(job)) {
                due.add(new Flush.Copy(segment));
            } else if (isHeldDue(job)) {
                due.add(new Flush.Held(segment));
            }
        });
        return due;
    }

    private boolean isDue(Clone clone) {
        return clone.step() == Clone.Step.FREEZING && state.rules.copiesOnlyWhenAllAnswered(clone);
    }

    private boolean isCopyDue(Job job) {
        return job.step() == Job.Step.COPYING && state.rules.switchesOnlyWhenCopied(job, state.blocksPerSegment);
    }

    private boolean isHeldDue(Job job) {
        return job.step() == Job.Step.HOLDING && state.rules.looksOnlyWhenAllAnswered(job);
    }

    /** Returns the locations that a flush is about. */
    Set<Long> locations(Flush flush) {
        if (flush instanceof Flush.Copy copy) {
            return Set.of(job("FlushCopy", copy.segment()).to());
        } else if (flush instanceof Flush.Held held) {
            return Set.of(job("FlushHeld", held.segment()).from());
        }
        Set<Long> locations = new TreeSet<>();
        for (String disk : ((Flush.Disks) flush).cut().disks()) {
            state.tables.entries(disk).forEach(entry -> locations.add(entry.location()));
        }
        locations.remove(Entry.NO_LOCATION);
        return locations;
    }

    /** Storage has flushed what it had to. Actions {@code FlushCopy}, {@code FlushHeld}, {@code FlushDisks}. */
    Step flushed(Flush flush) {
        if (flush instanceof Flush.Copy copy) {
            return flushCopy(copy.segment());
        } else if (flush instanceof Flush.Held held) {
            return flushHeld(held.segment());
        }
        return flushDisks(((Flush.Disks) flush).cut());
    }

    private Step flushCopy(int segment) {
        Job job = job("FlushCopy", segment);
        expect(isCopyDue(job), "FlushCopy", "a copy that is whole", job);
        state.jobs.put(segment, job.in(Job.Step.FLUSHED));
        return Step.of(new Event.FlushCopy(segment));
    }

    private Step flushHeld(int segment) {
        Job job = job("FlushHeld", segment);
        expect(isHeldDue(job), "FlushHeld", "a segment that is held, and all agents' answers", job);
        state.jobs.put(segment, job.in(Job.Step.LOOKING));
        return Step.of(new Event.FlushHeld(segment));
    }

    private Step flushDisks(Cut cut) {
        Clone clone = state.clones.get(cut);
        if (clone == null || !isDue(clone)) {
            throw new IllegalStepException(
                    "FlushDisks", "snapshots of disks that are frozen", clone == null ? "none" : clone);
        }
        state.clones.put(cut, clone.in(Clone.Step.FLUSHED, Set.of()));
        return Step.of(new Event.FlushDisks(cut));
    }

    /** The controller hears that storage has lost power, and copies anew what it had not flushed. Action {@code Reconnect}. */
    Step reconnect() {
        state.expectUp("Reconnect");
        List<Effect> effects = new ArrayList<>();
        state.jobs.replaceAll((segment, job) -> {
            Job again = job.withCopied(state.rules.stillCopied(job));
            if (!again.equals(job)) {
                effects.add(new Effect.CopyAnew(segment, job.from(), job.to()));
            }
            return again;
        });
        return new Step(new Event.Reconnect(), effects);
    }

    private Job job(String action, int segment) {
        Job job = state.jobs.get(segment);
        if (job == null) {
            throw new IllegalStepException(action, "a job on segment " + segment, "none");
        }
        return job;
    }
}
