package dev.faultline.core;

import dev.faultline.core.Message.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A mapping agent as a pure state machine: one method for each action of the spec's module MappingAgents that is the
 * agent's. A method either takes the step and returns what came of it, or throws {@link IllegalStepException} and
 * changes nothing. For one thread at a time.
 */
public final class AgentCore {
    private final String name;
    private final int segmentsPerDisk;
    private final AgentRules rules;

    /** Spec: {@code cache[name]}. */
    private final Map<String, Entry[]> cache = new TreeMap<>();

    /** Spec: {@code ios}, those of this agent. */
    private final Map<String, Io> ios = new LinkedHashMap<>();

    /** Spec: {@code owed}, the commands to this agent. */
    private final Map<Command, Set<String>> owed = new LinkedHashMap<>();

    /** Makes an agent that knows no disk. */
    public AgentCore(String name, int segmentsPerDisk, AgentRules rules) {
        this.name = name;
        this.segmentsPerDisk = segmentsPerDisk;
        this.rules = rules;
    }

    /** Returns an agent in the same state, which from then on goes its own way. */
    public AgentCore copy() {
        AgentCore copy = new AgentCore(name, segmentsPerDisk, rules);
        cache.forEach((disk, entries) -> copy.cache.put(disk, entries.clone()));
        copy.ios.putAll(ios);
        owed.forEach((command, awaited) -> copy.owed.put(command, new LinkedHashSet<>(awaited)));
        return copy;
    }

    /** Returns the agent's name. */
    public String name() {
        return name;
    }

    // ---- What comes from hosts and from storage

    /** A host hands over a read. Action {@code Read}. */
    public Step read(String host, String disk, int segment, int block) {
        admit("Read", host, new Io(Kind.READ, disk, segment, block, Io.Phase.WAITING, Entry.NO_LOCATION));
        return Step.of(new Event.Read(host, name, disk, segment, block));
    }

    /** A host hands over a write. Action {@code Write}. */
    public Step write(String host, String disk, int segment, int block, Content value) {
        admit("Write", host, new Io(Kind.WRITE, disk, segment, block, Io.Phase.WAITING, Entry.NO_LOCATION));
        return Step.of(new Event.Write(host, name, disk, segment, block, value));
    }

    private void admit(String action, String host, Io io) {
        if (ios.containsKey(host)) {
            throw new IllegalStepException(action, "no I/O of " + host + " under way", ios.get(host));
        }
        ios.put(host, io);
    }

    /** Storage has performed the I/O; the value is what was read or written. Action {@code Complete}. */
    public Step complete(String host, Content value) {
        io("Complete", host, Io.Phase.STARTED);
        ios.remove(host);
        owed.values().forEach(awaited -> awaited.remove(host));
        return Step.of(new Event.Complete(host, value), new Effect.Return(host));
    }

    // ---- What comes from the controller

    /** The agent changes its table at once, and renews the I/Os that waited for it. Action {@code ApplyCommand}. */
    public Step applyCommand(Command command) {
        SegmentRange range = command.range();
        if (!command.to().equals(name) || range.first() + range.count() > segmentsPerDisk) {
            throw new IllegalStepException("ApplyCommand", "a command to " + name + " within its segments", command);
        }
        if (owed.containsKey(command)) {
            throw new IllegalStepException("ApplyCommand", "a command that is not owed an answer yet", command);
        }
        owed.put(command, new LinkedHashSet<>(rules.awaitedBy(command, ios)));
        Entry[] entries = cache.computeIfAbsent(range.disk(), disk -> unknown());
        for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
            entries[segment] = rules.entryAfter(entries[segment], command, segment);
        }
        ios.replaceAll((host, io) ->
                io.phase() == Io.Phase.FAULTED && io.isOn(range) && entries[io.segment()].allows(io.kind())
                        ? io.in(Io.Phase.RENEWED)
                        : io);
        return Step.of(new Event.ApplyCommand(command));
    }

    private Entry[] unknown() {
        Entry[] entries = new Entry[segmentsPerDisk];
        Arrays.fill(entries, Entry.NONE);
        return entries;
    }

    // ---- What the agent does of itself

    /** Something that the agent can do now of itself. */
    public sealed interface Turn {
        /** Send the host's I/O to storage. */
        record Start(String host) implements Turn {}

        /** Send the host's I/O to storage, which had faulted. */
        record Retry(String host) implements Turn {}

        /** Tell the controller that the host's I/O is not allowed. */
        record Fault(String host) implements Turn {}

        /** Answer a command. */
        record Answer(Command command) implements Turn {}
    }

    /** Returns all that the agent can do now of itself, in a fixed order. */
    public List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        ios.forEach((host, io) -> {
            Entry entry = entryOf(io);
            boolean allowed = entry.allows(io.kind());
            switch (io.phase()) {
                case WAITING -> {
                    if (rules.startsOnlyWhenAllowed(io, entry)) {
                        turns.add(new Turn.Start(host));
                    } else {
                        turns.add(new Turn.Fault(host));
                    }
                }
                case FAULTED, RENEWED -> {
                    if (rules.retriesOnlyOnNewEntry(io, entry)) {
                        turns.add(new Turn.Retry(host));
                    } else if (io.phase() == Io.Phase.RENEWED && !allowed) {
                        turns.add(new Turn.Fault(host));
                    }
                }
                case STARTED -> {}
            }
        });
        owed.forEach((command, awaited) -> {
            if (rules.answersOnlyWhenDrained(awaited)) {
                turns.add(new Turn.Answer(command));
            }
        });
        return turns;
    }

    /** Does one of the {@link #turns()}. */
    public Step take(Turn turn) {
        if (turn instanceof Turn.Start start) {
            return start(start.host());
        } else if (turn instanceof Turn.Retry retry) {
            return retry(retry.host());
        } else if (turn instanceof Turn.Fault fault) {
            return fault(fault.host());
        }
        return answerCommand(((Turn.Answer) turn).command());
    }

    /** The agent sends an I/O to storage, at the location that its entry names. Action {@code Start}. */
    public Step start(String host) {
        Io io = io("Start", host, Io.Phase.WAITING);
        Entry entry = entryOf(io);
        if (!rules.startsOnlyWhenAllowed(io, entry)) {
            throw new IllegalStepException("Start", "an entry that allows " + io, entry);
        }
        return new Step(new Event.Start(host, entry.location()), dispatch(host, io, entry));
    }

    /** The agent sends an I/O to storage that had faulted. Action {@code Retry}. */
    public Step retry(String host) {
        Io io = io("Retry", host, Io.Phase.FAULTED, Io.Phase.RENEWED);
        Entry entry = entryOf(io);
        if (!rules.retriesOnlyOnNewEntry(io, entry)) {
            throw new IllegalStepException("Retry", "a new entry that allows " + io, entry);
        }
        return new Step(new Event.Retry(host, entry.location()), dispatch(host, io, entry));
    }

    private List<Effect> dispatch(String host, Io io, Entry entry) {
        Io started = io.startedAt(entry.location());
        ios.put(host, started);
        return List.of(new Effect.Dispatch(host, started));
    }

    /** The entry does not allow the I/O: the agent tells the controller, and the I/O waits. Action {@code Fault}. */
    public Step fault(String host) {
        Io io = io("Fault", host, Io.Phase.WAITING, Io.Phase.RENEWED);
        if (entryOf(io).allows(io.kind())) {
            throw new IllegalStepException("Fault", "an entry that does not allow " + io, entryOf(io));
        }
        ios.put(host, io.in(Io.Phase.FAULTED));
        Message fault = new Message.MappingFault(name, io.disk(), io.segment(), io.kind());
        return Step.of(new Event.Fault(host), new Effect.Send(fault));
    }

    /** The agent answers a command that waits for nothing any more. Action {@code AnswerCommand}. */
    public Step answerCommand(Command command) {
        Set<String> awaited = owed.get(command);
        if (awaited == null || !rules.answersOnlyWhenDrained(awaited)) {
            throw new IllegalStepException("AnswerCommand", "a command that waits for no I/O", owed);
        }
        owed.remove(command);
        return Step.of(new Event.AnswerCommand(command), new Effect.Send(new Message.Answer(command)));
    }

    private Entry entryOf(Io io) {
        Entry[] entries = cache.get(io.disk());
        return entries == null ? Entry.NONE : entries[io.segment()];
    }

    private Io io(String action, String host, Io.Phase... expected) {
        Io io = ios.get(host);
        if (io == null || !List.of(expected).contains(io.phase())) {
            throw new IllegalStepException(
                    action, "an I/O of " + host + " that is " + Arrays.toString(expected), io == null ? "none" : io);
        }
        return io;
    }
}
