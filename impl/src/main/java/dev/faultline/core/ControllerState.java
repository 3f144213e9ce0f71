package dev.faultline.core;

import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a controller knows, and the guards that all of its actions share. For one thread at a time. */
final class ControllerState {
    /** Spec: {@code members}. Storage has the same, and keeps them. */
    final Set<String> members;

    final int blocksPerSegment;
    final ControllerRules rules;
    final Mapping mapping;

    final Durability durability;

    /** What a block of zeros holds. */
    final Content zero;

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

    /** Spec: {@code recovery}. */
    Recovery recovery;

    ControllerState(
            Collection<String> members,
            int blocksPerSegment,
            MappingTables tables,
            ControllerRules rules,
            Mapping mapping,
            Durability durability,
            Content zero,
            Recovery recovery) {
        this.members = new TreeSet<>(members);
        this.recovery = recovery;
        this.blocksPerSegment = blocksPerSegment;
        this.tables = tables.copy();
        this.rules = rules;
        this.mapping = mapping;
        this.durability = durability;
        this.zero = zero;
    }

    ControllerState copy() {
        ControllerState copy =
                new ControllerState(members, blocksPerSegment, tables, rules, mapping, durability, zero, recovery);
        copy.faults.addAll(faults);
        copy.jobs.putAll(jobs);
        copy.clones.putAll(clones);
        copy.deletions.putAll(deletions);
        copy.inspections.addAll(inspections);
        return copy;
    }

    /** Returns whether what has to be flushed first is, as a rule says, or storage loses nothing. */
    boolean isDurable(boolean flushed) {
        return durability == Durability.AT_ONCE || flushed;
    }

    boolean isUnoccupied() {
        return isServing() && faults.isEmpty() && jobs.isEmpty() && clones.isEmpty() && deletions.isEmpty();
    }

    /** Returns whether the controller does what it is asked for. Spec: {@code Serving}. */
    boolean isServing() {
        return recovery.step() == Recovery.Step.SERVING;
    }

    /** Returns whether the controller takes messages and requests. Spec: {@code Up}. */
    boolean isUp() {
        return recovery.step() != Recovery.Step.DOWN;
    }

    void expectUp(String action) {
        expect(isUp(), action, "a controller that has come back", recovery);
    }

    /** Returns the commands that somebody awaits the answer to. Spec: {@code Awaited}. */
    Set<Command> awaited() {
        Set<Command> awaited = new LinkedHashSet<>(recovery.awaits());
        jobs.values().forEach(job -> awaited.addAll(job.awaits()));
        clones.values().forEach(clone -> awaited.addAll(clone.awaits()));
        deletions.values().forEach(deletion -> awaited.addAll(deletion.awaits()));
        return awaited;
    }

    /** Nobody waits any more for what an agent would answer. */
    void forget(String agent, Predicate<String> disks) {
        faults.removeIf(fault -> fault.agent().equals(agent) && disks.test(fault.disk()));
        inspections.removeIf(question ->
                question.to().equals(agent) && disks.test(question.range().disk()));
        for (Command command : awaited()) {
            if (command.to().equals(agent) && disks.test(command.range().disk())) {
                unawait(command);
            }
        }
    }

    /** Whoever awaited the answer to the command goes on without it. Spec: {@code Unawaited}. */
    void unawait(Command command) {
        recovery = recovery.without(command);
        jobs.replaceAll((segment, job) -> job.without(command));
        clones.replaceAll((cut, clone) -> clone.without(command));
        deletions.replaceAll((disk, deletion) -> deletion.without(command));
    }

    /** Returns the agents that are told of a disk, and whose answers are awaited, in order. Spec: {@code Mappers}. */
    List<String> mappers(String disk) {
        return members.stream().filter(agent -> maps(agent, disk)).toList();
    }

    boolean maps(String agent, String disk) {
        return mapping == Mapping.ALL || tables.openings().containsKey(new Opener(agent, disk));
    }

    /** Returns whether a job is changing the disk. Spec: {@code Busy}. */
    boolean isBusy(String disk) {
        return jobs.values().stream().anyMatch(job -> job.disk().equals(disk));
    }

    /** Returns whether a new disk cannot have the name: some disk has it, or had it, or is to have it. */
    boolean isTaken(String name) {
        return tables.has(name)
                || !rules.neverNamedBefore(name, tables)
                || clones.keySet().stream().anyMatch(cut -> cut.snapshots().contains(name));
    }

    /** Returns whether a snapshot of the disk is asked for, or under way. Spec: {@code Cloning}. */
    boolean isCloning(String disk) {
        return clones.values().stream()
                .anyMatch(clone -> !clone.isCloned() && clone.cut().originals().containsValue(disk));
    }

    /**
     * Returns whether the disk, or one that has the same location for a segment, is to be deleted. Spec: {@code Leaving}.
     */
    boolean isLeaving(String disk, int segment) {
        if (deletions.isEmpty() || !tables.has(disk)) {
            return false;
        }
        Entry entry = tables.entry(disk, segment);
        if (deletions.containsKey(disk)) {
            return true;
        }
        long location = entry.location();
        return !entry.isEmpty()
                && deletions.keySet().stream()
                        .anyMatch(leaving -> tables.entry(leaving, segment).location() == location);
    }

    boolean mayServe(MappingFault fault) {
        return isServing()
                && rules.oneAtATime(
                        !jobs.containsKey(fault.segment()),
                        isCloning(fault.disk()),
                        isLeaving(fault.disk(), fault.segment()));
    }

    long newVersion() {
        return rules.isNewVersion(tables);
    }

    SegmentRange allOf(String disk) {
        return new SegmentRange(disk, 0, tables.segmentsPerDisk());
    }

    List<String> disksInOrder() {
        return tables.disks().stream().sorted().toList();
    }

    /** Returns the entries of a disk as they are after one state was switched. Spec: {@code Changed}. */
    List<Entry> changed(String disk, EntryState changed, boolean on, long version) {
        return tables.entries(disk).stream()
                .map(entry -> entry.with(changed, on).under(version))
                .toList();
    }

    /** Returns a step that makes changes durable and then sends commands. */
    static Step persistThenSend(Event event, List<? extends Effect> changes, Set<Command> commands) {
        List<Effect> effects = new ArrayList<>(changes);
        commands.forEach(command -> effects.add(new Effect.Send(command)));
        return new Step(event, effects);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ControllerState that
                && members.equals(that.members)
                && tables.equals(that.tables)
                && faults.equals(that.faults)
                && jobs.equals(that.jobs)
                && clones.equals(that.clones)
                && deletions.equals(that.deletions)
                && recovery.equals(that.recovery)
                && inspections.equals(that.inspections);
    }

    @Override
    public int hashCode() {
        return Objects.hash(members, tables, faults, jobs, clones, deletions, recovery, inspections);
    }

    static void expect(boolean condition, String action, String expected, Object found) {
        if (!condition) {
            throw new IllegalStepException(action, expected, found);
        }
    }
}
