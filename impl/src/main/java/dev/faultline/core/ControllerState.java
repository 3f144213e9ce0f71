package dev.faultline.core;

import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a controller knows, and the guards that all of its actions share. For one thread at a time. */
final class ControllerState {
    /** Spec: {@code members}, which are all agents for as long as none of them fails. */
    final Set<String> agents;

    final int blocksPerSegment;
    final ControllerRules rules;

    /** Spec: {@code table}, {@code version}. The part that survives. */
    final MappingTables tables;

    /** Spec: {@code faults}. */
    final Set<MappingFault> faults = new LinkedHashSet<>();

    /** Spec: {@code jobs}. */
    final Map<Integer, Job> jobs = new TreeMap<>();

    /** Spec: {@code clones}. In the order in which they were asked for. */
    final Map<Cut, Clone> clones = new LinkedHashMap<>();

    /** Spec: {@code deletions}. */
    final Map<String, Deletion> deletions = new TreeMap<>();

    /** The questions whose answer is still missing. The spec finds them among the messages. */
    final Set<GetEntry> inspections = new LinkedHashSet<>();

    ControllerState(Collection<String> agents, int blocksPerSegment, MappingTables tables, ControllerRules rules) {
        this.agents = Collections.unmodifiableSet(new TreeSet<>(agents));
        this.blocksPerSegment = blocksPerSegment;
        this.tables = tables.copy();
        this.rules = rules;
    }

    ControllerState copy() {
        ControllerState copy = new ControllerState(agents, blocksPerSegment, tables, rules);
        copy.faults.addAll(faults);
        copy.jobs.putAll(jobs);
        copy.clones.putAll(clones);
        copy.deletions.putAll(deletions);
        copy.inspections.addAll(inspections);
        return copy;
    }

    boolean isIdle() {
        return faults.isEmpty() && jobs.isEmpty() && clones.isEmpty() && deletions.isEmpty() && inspections.isEmpty();
    }

    /** Returns whether a job is changing the disk. Spec: {@code Busy}. */
    boolean isBusy(String disk) {
        return jobs.values().stream().anyMatch(job -> job.disk().equals(disk));
    }

    /** Returns whether a snapshot of the disk is asked for, or under way. Spec: {@code Cloning}. */
    boolean isCloning(String disk) {
        return clones.values().stream()
                .anyMatch(clone -> !clone.isCloned() && clone.cut().originals().containsValue(disk));
    }

    /**
     * Returns whether some disk that has the same location as this one for a segment, or this one itself, is to be
     * deleted. Spec: {@code Leaving}.
     */
    boolean isLeaving(String disk, int segment) {
        if (deletions.isEmpty() || !tables.has(disk)) {
            return false;
        }
        long location = tables.entry(disk, segment).location();
        return deletions.keySet().stream()
                .anyMatch(leaving -> tables.entry(leaving, segment).location() == location);
    }

    boolean mayServe(MappingFault fault) {
        return rules.oneAtATime(
                !jobs.containsKey(fault.segment()), isCloning(fault.disk()), isLeaving(fault.disk(), fault.segment()));
    }

    long newVersion() {
        return rules.isNewVersion(tables);
    }

    SegmentRange allOf(String disk) {
        return new SegmentRange(disk, 0, tables.segmentsPerDisk());
    }

    /** Returns a step that makes changes durable and then sends commands. */
    static Step persistThenSend(Event event, List<? extends Effect> changes, Set<Command> commands) {
        List<Effect> effects = new ArrayList<>(changes);
        commands.forEach(command -> effects.add(new Effect.Send(command)));
        return new Step(event, effects);
    }

    static void expect(boolean condition, String action, String expected, Object found) {
        if (!condition) {
            throw new IllegalStepException(action, expected, found);
        }
    }
}
