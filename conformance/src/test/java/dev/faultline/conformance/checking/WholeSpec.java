package dev.faultline.conformance.checking;

import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Durability;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Event;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.Message.ToAgent;
import dev.faultline.core.OldBlock;
import dev.faultline.core.Rules;
import dev.faultline.core.SegmentRange;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The specification of whole disks, for traces: all segments, and a next-state relation that takes each action for all that
 * a trace may name.
 */
final class WholeSpec {
    /** So many snapshots have names. */
    private static final int SNAPSHOTS = 6;

    private WholeSpec() {}

    /** Returns the events of a run, without those that no running system can trace. */
    static List<Event> record(Workload workload, int seed) {
        List<Event> trace = new ArrayList<>();
        Simulation simulation = new Simulation(workload, seed, Rules.ALL, traced -> trace.add(traced.event()));
        Schedule schedule = Schedule.random(seed);
        while (schedule.step(simulation)) {
            // To the end.
        }
        trace.removeIf(event -> event instanceof Event.Perform);
        return trace;
    }

    /** Returns a trace in which an event is left out, comes again later, or comes earlier. */
    static List<Event> altered(List<Event> trace, Random random) {
        List<Event> altered = new ArrayList<>(trace);
        int from = random.nextInt(trace.size());
        int to = Math.max(0, Math.min(trace.size() - 1, from + random.nextInt(41) - 20));
        switch (random.nextInt(3)) {
            case 0 -> altered.remove(from);
            case 1 -> altered.add(to, trace.get(from));
            default -> altered.add(to, altered.remove(from));
        }
        return altered;
    }

    /** Loads it for the systems of these headers, from modules that it writes to a folder. */
    static LoadedSpec load(TraceHeader header, Path folder) throws IOException {
        String table = IntStream.range(0, header.disks().size())
                .mapToObj(disk -> "\"" + header.disks().get(disk) + "\" :> [s \\in Segments |-> [location |-> "
                        + disk * header.segments() + " + s, states |-> {}, version |-> 0]]")
                .collect(Collectors.joining(" @@ "));
        Stream<String> snapshots = IntStream.rangeClosed(1, SNAPSHOTS).mapToObj(number -> "snap" + number);
        String names = Stream.concat(header.disks().stream(), snapshots)
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", "));
        Path module = Files.writeString(
                folder.resolve("Whole.tla"),
                String.format(
                        Locale.ROOT,
                        """
                ---- MODULE Whole ----
                EXTENDS MappingProperties, TLC
                TraceNames == STRING
                TraceAgents == {%s}
                TraceNumbers == %s
                TraceFirstTable == %s
                TraceAlways == TRUE
                SomeDisks == names \\union {%s}
                TraceNext ==
                  \\/ \\E h, a, d \\in STRING, s \\in Segments, b \\in Blocks :
                       Read(h, a, d, s, b) \\/ \\E v \\in STRING : Write(h, a, d, s, b, v)
                  \\/ \\E h \\in DOMAIN ios :
                       \\/ Fail(h) \\/ Perform(h) \\/ Fault(h) \\/ Reject(h) \\/ Abandon(h) \\/ Refuse(h) \\/ Remind(h)
                       \\/ \\E l \\in Nat : Start(h, l) \\/ Retry(h, l)
                       \\/ \\E v \\in STRING : Complete(h, v)
                  \\/ \\E m \\in DOMAIN net :
                       \\/ ApplyCommand(m) \\/ ReceiveFault(m) \\/ ReceiveAnswer(m) \\/ Lose(m) \\/ Repeat(m)
                       \\/ ReceiveOpen(m) \\/ ReceiveOpened(m) \\/ ReceiveClose(m) \\/ ReceiveClosed(m)
                       \\/ ReceiveFull(m)
                  \\/ \\E c \\in DOMAIN owed : AnswerCommand(c)
                  \\/ \\E f \\in faults :
                       \\/ Refresh(f) \\/ ForgetOffer(f) \\/ RefuseWrite(f)
                       \\/ \\E n \\in Nat : BeginCopy(f, n) \\/ LiftUnshared(f, n) \\/ BeginFill(f, n) \\/ Hold(f, n)
                  \\/ \\E s \\in Segments :
                       \\/ FinishJob(s)
                       \\/ \\E n \\in Nat : Switch(s, n) \\/ LiftAfterCopy(s, n)
                       \\/ \\E b \\in Blocks, v \\in STRING : CopyBlock(s, b, v) \\/ CheckBlock(s, b, v)
                       \\/ \\E n \\in Nat : Release(s, n) \\/ \\E freed \\in SUBSET Nat : Vacate(s, n, freed)
                  \\/ \\E E \\in SUBSET SomeDisks : \\E g \\in [E -> SomeDisks] : AskSnapshot(g)
                  \\/ \\E g \\in DOMAIN clones :
                       \\/ AnswerSnapshot(g)
                       \\/ \\E n \\in Nat : Quiesce(g, n) \\/ Freeze(g, n) \\/ CopyTable(g, n) \\/ Activate(g, n)
                  \\/ \\E d \\in STRING :
                       \\/ AskDeletion(d)
                       \\/ \\E n \\in Nat : Delete(d, n) \\/ Create(d, n)
                       \\/ \\E a \\in STRING, s \\in Segments : Offer(a, d, s)
                       \\/ \\E freed \\in SUBSET Nat : Remove(d, freed)
                  \\/ \\E a \\in STRING :
                       \\/ CrashAgent(a) \\/ Join(a) \\/ Fence(a)
                       \\/ \\E d \\in STRING : Inspect(a, d) \\/ Open(a, d) \\/ Close(a, d) \\/ RemindOpening(a, d)
                  \\/ \\E h, a, d \\in STRING : Flush(h, a, d)
                  \\/ \\E s \\in Segments : FlushCopy(s) \\/ FlushHeld(s)
                  \\/ \\E g \\in DOMAIN clones : FlushDisks(g)
                  \\/ \\E fallen \\in SUBSET older : LosePower(fallen)
                  \\/ Reconnect
                  \\/ CrashController \\/ FinishRecovery \\/ \\E n \\in Nat : Recover(n)
                  \\/ \\E c \\in Awaited : Resend(c)
                %s
                ====
                """,
                        header.agents().stream().map(a -> '"' + a + '"').collect(Collectors.joining(", ")),
                        header.capacity() == MappingTables.UNBOUNDED ? "Nat" : "0.." + (header.capacity() - 1),
                        table,
                        names,
                        SliceSpec.OF_STEPS));
        Path config = Files.writeString(
                folder.resolve("Whole.cfg"),
                String.format(
                        Locale.ROOT,
                        """
                INIT Init
                NEXT TraceNext
                CONSTANTS
                  Segments = {%s}
                  Blocks = {%s}
                  Zero = "%s"
                  Agents <- TraceNames
                  FirstAgents <- TraceAgents
                  Hosts <- TraceNames
                  Disks <- TraceNames
                  Contents <- TraceNames
                  Locations <- TraceNumbers
                  FirstTable <- TraceFirstTable
                %s %s""",
                        numbers(header.segments()),
                        numbers(header.blocks()),
                        header.zero(),
                        header.mapping() == Mapping.OPENED
                                ? "Mappers <- Openers Maps <- HasOpen Keeps <- ListensTo"
                                : "",
                        header.durability() == Durability.WHEN_FLUSHED ? "StorageCaches <- TraceAlways" : ""));
        return LoadedSpec.load(module, config, SliceSpec.modules());
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    /** Returns the values of an event's components, as plain Java. */
    static List<Object> arguments(Event event) {
        List<Object> arguments = new ArrayList<>();
        if (event instanceof Event.Vacate vacate) {
            return List.of(vacate.segment(), Math.toIntExact(vacate.version()), plain(List.of(vacate.freed())));
        }
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                arguments.add(plain(component.getAccessor().invoke(event)));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("an event whose components cannot be read", e);
            }
        }
        return arguments;
    }

    private static Object plain(Object value) {
        if (value instanceof Long number) {
            return Math.toIntExact(number);
        } else if (value instanceof Content) {
            return value.toString();
        } else if (value instanceof Cut cut) {
            return cut.originals();
        } else if (value instanceof OldBlock old) {
            return List.of(
                    Math.toIntExact(old.location()), old.block(), old.content().toString());
        } else if (value instanceof List<?> fallen && !fallen.isEmpty() && fallen.get(0) instanceof OldBlock) {
            return fallen.stream().map(WholeSpec::plain).collect(Collectors.toSet());
        } else if (value instanceof List<?> freed) {
            return freed.stream()
                    .map(location -> Math.toIntExact((Long) location))
                    .filter(location -> location >= 0)
                    .collect(Collectors.toSet());
        } else if (value instanceof MappingFault fault) {
            return Map.of(
                    "type", "fault",
                    "agent", fault.agent(),
                    "disk", fault.disk(),
                    "segment", fault.segment(),
                    "kind", fault.kind().toString());
        } else if (value instanceof Full full) {
            return Map.of("type", "full", "to", full.to(), "disk", full.disk(), "segment", full.segment());
        } else if (value instanceof Answer answer) {
            return Map.of(
                    "type",
                    "answer",
                    "command",
                    plain(answer.command()),
                    "entries",
                    answer.entries().isEmpty() ? List.of() : entries(answer.command(), answer.entries()));
        } else if (value instanceof Command command) {
            return command(command);
        } else if (value instanceof OfOpening opening) {
            return opening(opening);
        }
        return value;
    }

    private static Map<String, Object> opening(OfOpening message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("disk", message.disk());
        fields.put("number", Math.toIntExact(message.number()));
        fields.put(message instanceof ToAgent ? "to" : "agent", message.opener());
        fields.put(
                "type",
                message instanceof OpenDisk
                        ? "open"
                        : message instanceof CloseDisk ? "close" : message instanceof Opened ? "opened" : "closed");
        if (message instanceof Opened opened) {
            Map<Integer, Object> versions = new HashMap<>();
            for (int segment = 0; segment < opened.versions().size(); segment++) {
                versions.put(segment, Math.toIntExact(opened.versions().get(segment)));
            }
            fields.put("versions", versions);
        }
        return fields;
    }

    private static Map<String, Object> command(Command command) {
        Map<String, Object> fields = new LinkedHashMap<>();
        SegmentRange range = command.range();
        fields.put("to", command.to());
        fields.put("disk", range.disk());
        fields.put(
                "segments",
                IntStream.range(range.first(), range.first() + range.count())
                        .boxed()
                        .collect(Collectors.toSet()));
        fields.put("blocking", command.blocking());
        if (command instanceof SetEntry set) {
            fields.put("type", "set_entry");
            fields.put("entries", entries(set, set.entries()));
        } else if (command instanceof SetEntryState set) {
            fields.put("type", "set_entry_state");
            fields.put("state", set.state().toString());
            fields.put("on", set.on());
            fields.put("version", Math.toIntExact(set.version()));
        } else if (command instanceof QuiesceDisk quiesce) {
            fields.put("type", "quiesce");
            fields.put("version", Math.toIntExact(quiesce.version()));
        } else if (command instanceof ActivateDisk activate) {
            fields.put("type", "activate");
            fields.put("version", Math.toIntExact(activate.version()));
        } else {
            fields.put("type", "get_entry");
        }
        return fields;
    }

    private static Map<Integer, Object> entries(Command command, List<Entry> entries) {
        Map<Integer, Object> bySegment = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            bySegment.put(
                    command.range().first() + i,
                    Map.of(
                            "location", Math.toIntExact(entry.location()),
                            "states",
                                    entry.states().stream()
                                            .map(EntryState::toString)
                                            .collect(Collectors.toSet()),
                            "version", Math.toIntExact(entry.version())));
        }
        return bySegment;
    }
}
