package dev.faultline.core;

import dev.faultline.core.Message.Change;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping agent as a pure state machine: one method for each action of the spec's modules MappingAgents,
 * MappingOpening and MappingSpace that is the agent's. A method either takes the step and returns what came of it, or
 * throws {@link IllegalStepException} and changes nothing. For one thread at a time.
 */
public final class AgentCore {
    private final String name;
    private final int segmentsPerDisk;
    private final AgentRules rules;
    private final Mapping mapping;
    private final Content zero;

    /** Spec: {@code opened[name]}. */
    private final Map<String, Opening> opened = new TreeMap<>();

    /** Spec: {@code cache[name]}. */
    private final Map<String, Entry[]> cache = new TreeMap<>();

    /** Spec: {@code ios}, those of this agent. */
    private final Map<String, Io> ios = new LinkedHashMap<>();

    /** Spec: {@code owed}, the commands to this agent. */
    private final Map<Command, Set<String>> owed = new LinkedHashMap<>();

    /** Makes an agent that knows no disk, and maps all; zeros are {@link Content#ZERO}. */
    public AgentCore(String name, int segmentsPerDisk, AgentRules rules) {
        this(name, segmentsPerDisk, rules, Mapping.ALL, Content.ZERO);
    }

    /**
     * Makes an agent that knows no disk, and has none open.
     *
     * @param zero what a block of zeros holds
     */
    public AgentCore(String name, int segmentsPerDisk, AgentRules rules, Mapping mapping, Content zero) {
        this.name = name;
        this.segmentsPerDisk = segmentsPerDisk;
        this.rules = rules;
        this.mapping = mapping;
        this.zero = zero;
    }

    /** Returns an agent in the same state, which from then on goes its own way. */
    public AgentCore copy() {
        AgentCore copy = new AgentCore(name, segmentsPerDisk, rules, mapping, zero);
        copy.opened.putAll(opened);
        cache.forEach((disk, entries) -> copy.cache.put(disk, entries.clone()));
        copy.ios.putAll(ios);
        owed.forEach((command, awaited) -> copy.owed.put(command, new LinkedHashSet<>(awaited)));
        return copy;
    }

    /** Returns the agent's name. */
    public String name() {
        return name;
    }

    // ---- What it knows

    /** Returns the I/Os under way, by host; a view. Spec: {@code ios}, those of this agent. */
    public Map<String, Io> ios() {
        return Collections.unmodifiableMap(ios);
    }

    /** Returns the I/Os that must end before each command is answered; a view. Spec: {@code owed}. */
    public Map<Command, Set<String>> owed() {
        return Collections.unmodifiableMap(owed);
    }

    /** Returns the entries of each disk that the agent knows, in order of segments. Spec: {@code cache[name]}. */
    public Map<String, List<Entry>> cache() {
        Map<String, List<Entry>> entries = new TreeMap<>();
        cache.forEach((disk, row) -> entries.put(disk, List.of(row)));
        return entries;
    }

    /** Returns how far it is in opening or closing disks, for each that it ever opened; a view. Spec: {@code opened[name]}. */
    public Map<String, Opening> opened() {
        return Collections.unmodifiableMap(opened);
    }

    private Opening openingOf(String disk) {
        return opened.getOrDefault(disk, Opening.NEVER);
    }

    /** Returns whether hosts may use the disk through this agent. Spec: {@code Maps}. */
    public boolean maps(String disk) {
        return mapping == Mapping.ALL || openingOf(disk).step() == Opening.Step.OPEN;
    }

    /** Returns whether the disk can be opened. */
    public boolean isClosed(String disk) {
        return mapping == Mapping.OPENED && openingOf(disk).step() == Opening.Step.CLOSED;
    }

    /** Returns the disks that can be closed. */
    public List<String> closable() {
        return opened.keySet().stream().filter(this::canClose).toList();
    }

    /** Returns whether the disk can be closed. */
    public boolean canClose(String disk) {
        return openingOf(disk).step() == Opening.Step.OPEN && rules.closesOnlyWhenQuiet(disk, ios.values());
    }

    /** Returns whether it keeps entries of the disk. Spec: {@code Keeps}. */
    private boolean keeps(String disk) {
        return mapping == Mapping.ALL || rules.listensWhile(openingOf(disk).step());
    }

    /** Returns whether the other agent has the same name and is in the same state. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentCore that
                && name.equals(that.name)
                && ios.equals(that.ios)
                && owed.equals(that.owed)
                && opened.equals(that.opened)
                && cache.keySet().equals(that.cache.keySet())
                && cache.entrySet().stream()
                        .allMatch(row -> Arrays.equals(row.getValue(), that.cache.get(row.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = 31 * (31 * name.hashCode() + ios.hashCode()) + owed.hashCode();
        hash += opened.hashCode();
        for (Map.Entry<String, Entry[]> row : cache.entrySet()) {
            hash += row.getKey().hashCode() ^ Arrays.hashCode(row.getValue());
        }
        return hash;
    }

    // ---- What comes from hosts and from storage

    /** A host hands over a read. Action {@code Read}. */
    public Step read(String host, String disk, int segment, int block) {
        admit("Read", host, new Io(Kind.READ, disk, segment, block, false, Io.Phase.WAITING, Entry.NO_LOCATION));
        return Step.of(new Event.Read(host, name, disk, segment, block));
    }

    /** A host hands over a write. Action {@code Write}. */
    public Step write(String host, String disk, int segment, int block, Content value) {
        boolean ofZeros = value.equals(zero);
        admit("Write", host, new Io(Kind.WRITE, disk, segment, block, ofZeros, Io.Phase.WAITING, Entry.NO_LOCATION));
        return Step.of(new Event.Write(host, name, disk, segment, block, value));
    }

    /** A host hands over a flush, which goes to storage at once. Action {@code Flush}. */
    public Step flush(String host, String disk) {
        Io io = Io.flushOf(disk);
        admit("Flush", host, io);
        return Step.of(new Event.Flush(host, name, disk), new Effect.Dispatch(host, io));
    }

    private void admit(String action, String host, Io io) {
        if (ios.containsKey(host)) {
            throw new IllegalStepException(action, "no I/O of " + host + " under way", ios.get(host));
        }
        if (!maps(io.disk())) {
            throw new IllegalStepException(action, "a disk that is open", openingOf(io.disk()));
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

    /** Storage has refused the I/O, for the agent is fenced. Action {@code Refuse}. */
    public Step refuse(String host) {
        io("Refuse", host, Io.Phase.STARTED);
        ios.remove(host);
        owed.values().forEach(awaited -> awaited.remove(host));
        return Step.of(new Event.Refuse(host), new Effect.Refuse(host));
    }

    // ---- What comes from the controller

    /**
     * The agent changes its table at once, and renews the I/Os that waited for it. A command that comes again while it
     * is owed an answer finds nothing to do. Action {@code ApplyCommand}.
     */
    public Step applyCommand(Command command) {
        SegmentRange range = command.range();
        if (!command.to().equals(name) || range.first() + range.count() > segmentsPerDisk) {
            throw new IllegalStepException("ApplyCommand", "a command to " + name + " within its segments", command);
        }
        owed.computeIfAbsent(command, c -> new LinkedHashSet<>(rules.awaitedBy(c, ios)));
        if (keeps(range.disk())) {
            Entry[] entries = cache.computeIfAbsent(range.disk(), disk -> unknown());
            for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                entries[segment] = nextEntry(entries[segment], command, segment);
            }
        }
        ios.replaceAll((host, io) -> io.phase() == Io.Phase.FAULTED && io.isOn(range) && io.isAllowedBy(entryOf(io))
                ? io.in(Io.Phase.RENEWED)
                : io);
        return Step.of(new Event.ApplyCommand(command));
    }

    private Entry nextEntry(Entry entry, Command command, int segment) {
        return command instanceof Change change && rules.neverGoesBack(entry, change, segment)
                ? rules.entryAfter(entry, change, segment)
                : entry;
    }

    private Entry[] unknown() {
        Entry[] entries = new Entry[segmentsPerDisk];
        Arrays.fill(entries, Entry.NONE);
        return entries;
    }

    // ---- Which disks it maps

    /** The agent is asked to open a disk. Action {@code Open}. */
    public Step open(String disk) {
        Opening opening = openingOf(disk);
        if (!isClosed(disk)) {
            throw new IllegalStepException("Open", "a disk that is closed", mapping == Mapping.ALL ? mapping : opening);
        }
        Opening next = new Opening(Opening.Step.OPENING, opening.number() + 1);
        opened.put(disk, next);
        return Step.of(new Event.Open(name, disk), new Effect.Send(wordOf(disk, next)));
    }

    /** The agent is asked to close a disk. It forgets what it knows of it. Action {@code Close}. */
    public Step close(String disk) {
        Opening opening = openingOf(disk);
        if (!canClose(disk)) {
            throw new IllegalStepException("Close", "a disk that is open, and no I/O of it under way", opening);
        }
        Opening next = opening.in(Opening.Step.CLOSING);
        opened.put(disk, next);
        cache.remove(disk);
        return Step.of(new Event.Close(name, disk), new Effect.Send(wordOf(disk, next)));
    }

    /** The agent says again what is not answered. Action {@code RemindOpening}. */
    public Step remindOpening(String disk) {
        Opening opening = openingOf(disk);
        if (!opening.isUnanswered()) {
            throw new IllegalStepException("RemindOpening", "a disk that is being opened or closed", opening);
        }
        return Step.of(new Event.RemindOpening(name, disk), new Effect.Send(wordOf(disk, opening)));
    }

    /** Returns what the agent says, or has said, to the controller when it is that far. */
    private OfOpening wordOf(String disk, Opening opening) {
        return opening.step() == Opening.Step.OPENING
                ? new OpenDisk(name, disk, opening.number())
                : new CloseDisk(name, disk, opening.number());
    }

    /** Returns what the agent has said of its disks that is not answered. */
    public List<OfOpening> unanswered() {
        List<OfOpening> words = new ArrayList<>();
        opened.forEach((disk, opening) -> {
            if (opening.isUnanswered()) {
                words.add(wordOf(disk, opening));
            }
        });
        return words;
    }

    /**
     * The agent hears that the controller knows. An opening that it has closed since, it closes once more. Action
     * {@code ReceiveOpened}.
     */
    public Step receiveOpened(Opened answer) {
        if (!answer.to().equals(name) || answer.versions().size() != segmentsPerDisk) {
            throw new IllegalStepException("ReceiveOpened", "an answer to " + name + " for its segments", answer);
        }
        Event event = new Event.ReceiveOpened(answer);
        Opening mine = openingOf(answer.disk());
        if (rules.opensOnlyAsAsked(mine, answer)) {
            opened.put(answer.disk(), new Opening(Opening.Step.OPEN, answer.number()));
            Entry[] entries = cache.computeIfAbsent(answer.disk(), disk -> unknown());
            for (int segment = 0; segment < segmentsPerDisk; segment++) {
                entries[segment] =
                        rules.entryAtOpening(entries[segment], answer.versions().get(segment));
            }
            return Step.of(event);
        }
        return mine.step() == Opening.Step.CLOSED
                ? Step.of(event, new Effect.Send(new CloseDisk(name, answer.disk(), answer.number())))
                : Step.of(event);
    }

    /** The agent hears that the controller knows, or that there is no such disk to open. Action {@code ReceiveClosed}. */
    public Step receiveClosed(Closed answer) {
        if (!answer.to().equals(name)) {
            throw new IllegalStepException("ReceiveClosed", "an answer to " + name, answer);
        }
        Opening mine = openingOf(answer.disk());
        if (mine.number() == answer.number() && mine.isUnanswered()) {
            opened.put(answer.disk(), mine.in(Opening.Step.CLOSED));
        }
        return Step.of(new Event.ReceiveClosed(answer));
    }

    /** The agent says that a segment with storage may be zeros throughout. Action {@code Offer}. */
    public Step offer(String disk, int segment) {
        if (!canOffer(disk, segment)) {
            throw new IllegalStepException("Offer", "a segment that has storage, of a disk that is open", disk);
        }
        return Step.of(
                new Event.Offer(name, disk, segment),
                new Effect.Send(new MappingFault(name, disk, segment, Kind.TRIM)));
    }

    /** The agent hears that there is no space for the writes that it has told of. Action {@code ReceiveFull}. */
    public Step receiveFull(Full full) {
        if (!full.to().equals(name)) {
            throw new IllegalStepException("ReceiveFull", "a message to " + name, full);
        }
        SegmentRange about = SegmentRange.of(full.disk(), full.segment());
        ios.replaceAll((host, io) -> io.kind() == Kind.WRITE && io.phase() == Io.Phase.FAULTED && io.isOn(about)
                ? io.in(Io.Phase.FULL)
                : io);
        return Step.of(new Event.ReceiveFull(full));
    }

    /** Returns whether the agent knows of storage that it could offer to give back. */
    public boolean canOffer(String disk, int segment) {
        Entry[] entries = cache.get(disk);
        return maps(disk) && entries != null && entries[segment].location() != Entry.NO_LOCATION;
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

        /** Return the host's I/O as failed. */
        record Reject(String host) implements Turn {}

        /** Return the host's write as failed, for there is no space. */
        record Fail(String host) implements Turn {}

        /** Answer a command. */
        record Answer(Command command) implements Turn {}
    }

    /** Returns all that the agent can do now of itself, in a fixed order. */
    public List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        ios.forEach((host, io) -> {
            Entry entry = entryOf(io);
            if (io.phase() == Io.Phase.FULL) {
                turns.add(new Turn.Fail(host));
            } else if (mayStart(io, entry)) {
                turns.add(new Turn.Start(host));
            } else if (mayRetry(io, entry)) {
                turns.add(new Turn.Retry(host));
            } else if (mayFault(io, entry)) {
                turns.add(new Turn.Fault(host));
            } else if (mayReject(io, entry)) {
                turns.add(new Turn.Reject(host));
            }
        });
        owed.forEach((command, awaited) -> {
            if (rules.answersOnlyWhenDrained(awaited)) {
                turns.add(new Turn.Answer(command));
            }
        });
        return turns;
    }

    /** Returns all turns that there are something to do about, whether or not their time has come. */
    public List<Turn> begun() {
        List<Turn> turns = new ArrayList<>();
        for (String host : ios.keySet()) {
            turns.add(new Turn.Start(host));
            turns.add(new Turn.Retry(host));
            turns.add(new Turn.Fault(host));
            turns.add(new Turn.Reject(host));
            turns.add(new Turn.Fail(host));
        }
        owed.keySet().forEach(command -> turns.add(new Turn.Answer(command)));
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
        } else if (turn instanceof Turn.Reject reject) {
            return reject(reject.host());
        } else if (turn instanceof Turn.Fail fail) {
            return fail(fail.host());
        }
        return answerCommand(((Turn.Answer) turn).command());
    }

    /**
     * The agent sends an I/O to storage, at the location that its entry names; where the segment is empty, storage has only to
     * say whether the agent is a member. Action {@code Start}.
     */
    public Step start(String host) {
        Io io = io("Start", host, Io.Phase.WAITING);
        Entry entry = entryOf(io);
        if (!mayStart(io, entry)) {
            throw new IllegalStepException("Start", "an entry that allows " + io, entry);
        }
        return new Step(new Event.Start(host, entry.location()), dispatch(host, io, entry));
    }

    /** The agent sends an I/O to storage that had faulted. Action {@code Retry}. */
    public Step retry(String host) {
        Io io = io("Retry", host, Io.Phase.FAULTED, Io.Phase.RENEWED);
        Entry entry = entryOf(io);
        if (!mayRetry(io, entry)) {
            throw new IllegalStepException("Retry", "a new entry that allows " + io, entry);
        }
        return new Step(new Event.Retry(host, entry.location()), dispatch(host, io, entry));
    }

    private List<Effect> dispatch(String host, Io io, Entry entry) {
        Io started = io.startedAt(entry.location());
        ios.put(host, started);
        return List.of(new Effect.Dispatch(host, started));
    }

    /**
     * The entry does not allow the I/O: the agent tells the controller, and the I/O waits. Under a barrier it waits
     * without a word. Action {@code Fault}.
     */
    public Step fault(String host) {
        Io io = io("Fault", host, Io.Phase.WAITING, Io.Phase.RENEWED);
        if (!mayFault(io, entryOf(io))) {
            throw new IllegalStepException(
                    "Fault", "an entry that neither allows nor holds nor fails " + io, entryOf(io));
        }
        ios.put(host, io.in(Io.Phase.FAULTED));
        return Step.of(new Event.Fault(host), new Effect.Send(faultOf(io)));
    }

    /** The agent sends again a fault that nothing was done about. Action {@code Remind}. */
    public Step remind(String host) {
        Io io = io("Remind", host, Io.Phase.FAULTED);
        return Step.of(new Event.Remind(host), new Effect.Send(faultOf(io)));
    }

    private MappingFault faultOf(Io io) {
        return new MappingFault(name, io.disk(), io.segment(), io.kind());
    }

    /** The disk is going or gone: the agent returns the I/O to the host as failed. Action {@code Reject}. */
    public Step reject(String host) {
        Io io = io("Reject", host, Io.Phase.WAITING, Io.Phase.FAULTED, Io.Phase.RENEWED);
        if (!mayReject(io, entryOf(io))) {
            throw new IllegalStepException("Reject", "an entry of a disk that is going or gone", entryOf(io));
        }
        ios.remove(host);
        return Step.of(new Event.Reject(host), new Effect.Reject(host));
    }

    /** There is no space: the agent returns the write to the host as failed. Action {@code Fail}. */
    private Step fail(String host) {
        io("Fail", host, Io.Phase.FULL);
        ios.remove(host);
        return Step.of(new Event.Fail(host), new Effect.Fail(host));
    }

    private boolean mayStart(Io io, Entry entry) {
        return io.phase() == Io.Phase.WAITING && rules.startsOnlyWhenAllowed(io, entry);
    }

    private boolean mayRetry(Io io, Entry entry) {
        return (io.phase() == Io.Phase.FAULTED || io.phase() == Io.Phase.RENEWED)
                && rules.retriesOnlyOnNewEntry(io, entry);
    }

    private static boolean mayFault(Io io, Entry entry) {
        return (io.phase() == Io.Phase.WAITING || io.phase() == Io.Phase.RENEWED)
                && !io.isAllowedBy(entry)
                && !entry.is(EntryState.HELD)
                && !entry.is(EntryState.ERROR);
    }

    private static boolean mayReject(Io io, Entry entry) {
        return io.phase() != Io.Phase.STARTED && io.phase() != Io.Phase.FULL && entry.is(EntryState.ERROR);
    }

    /** The agent answers a command that waits for nothing any more. Action {@code AnswerCommand}. */
    public Step answerCommand(Command command) {
        Set<String> awaited = owed.get(command);
        if (awaited == null || !rules.answersOnlyWhenDrained(awaited)) {
            throw new IllegalStepException("AnswerCommand", "a command that waits for no I/O", owed);
        }
        owed.remove(command);
        return Step.of(
                new Event.AnswerCommand(command), new Effect.Send(new Message.Answer(command, obtained(command))));
    }

    /** Returns what the answer to a command brings back (P12.28). Spec: {@code Obtained}. */
    private List<Entry> obtained(Command command) {
        Entry[] entries = cache.get(command.range().disk());
        if (!(command instanceof GetEntry)) {
            return List.of();
        }
        SegmentRange range = command.range();
        return List.of(entries == null ? unknown() : entries).subList(range.first(), range.first() + range.count());
    }

    private Entry entryOf(Io io) {
        Entry[] entries = cache.get(io.disk());
        return entries == null || io.kind() == Kind.FLUSH ? Entry.NONE : entries[io.segment()];
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
