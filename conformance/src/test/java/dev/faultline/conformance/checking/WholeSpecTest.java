package dev.faultline.conformance.checking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.slices.AskingSlice;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.conformance.slices.Steps;
import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Event;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.Rules;
import dev.faultline.core.SegmentRange;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link TraceChecker} says of slices, against the spec of whole disks: it must refuse the same event of the same
 * trace. The spec here has all segments, and the arguments of its actions are the events' components as they are.
 */
class WholeSpecTest {
    private static final Workload WORKLOAD = new Workload(2, 3, 2, 2, 8, 2, 1, 1, new Faults(1, 1, 2, 2, 8));
    private static final int SEEDS = 8;
    private static final int ALTERED = 10;

    @TempDir
    private Path folder;

    @Test
    void slicesRefuseWhatTheWholeSpecRefuses() throws IOException {
        TraceHeader header = new Simulation(WORKLOAD, 0, Rules.ALL, traced -> {}).header();
        Map<String, Integer> refused = new TreeMap<>();
        try (LoadedSpec whole = loadWhole(header);
                LoadedSpec sliced = SliceSpec.load(header)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                List<Event> trace = record(seed);
                assertThat(refusedAt(whole, sliced, header, trace)).isEqualTo(trace.size());
                Random random = new Random(seed);
                for (int i = 0; i < ALTERED; i++) {
                    List<Event> altered = altered(trace, random);
                    int at = refusedAt(whole, sliced, header, altered);
                    if (at < altered.size()) {
                        refused.merge(altered.get(at).action(), 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(refused).as("the actions that were refused").hasSizeGreaterThan(8);
    }

    /** A command for a whole disk that arrives in two parts is in each slice what it should be. */
    @Test
    void aCommandThatIsCutIsRefusedAsByTheWholeSpec() throws IOException {
        TraceHeader header = new Simulation(WORKLOAD, 0, Rules.ALL, traced -> {}).header();
        int cut = 0;
        try (LoadedSpec whole = loadWhole(header);
                LoadedSpec sliced = SliceSpec.load(header)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                List<Event> trace = record(seed);
                for (int i = 0; i < trace.size(); i++) {
                    if (trace.get(i) instanceof Event.ApplyCommand apply
                            && apply.command().range().count() == 2) {
                        List<Event> parts = new ArrayList<>(trace.subList(0, i));
                        parts.add(new Event.ApplyCommand(half(apply.command())));
                        assertThat(refusedAt(whole, sliced, header, parts)).isEqualTo(i);
                        cut++;
                    }
                }
            }
        }
        assertThat(cut).isGreaterThan(SEEDS);
    }

    /** Two answers with different entries, whose halves are exchanged, are in each slice what they should be. */
    @Test
    void answersThatAreMadeOfPartsOfTwoAreRefusedAsByTheWholeSpec() throws IOException {
        Workload asking = new Workload(1, 1, 2, 1, 3, 1, 0, 3, new Faults(0, 0, 0, 0, 6));
        TraceHeader header = new Simulation(asking, 0, Rules.ALL, traced -> {}).header();
        int mixed = 0;
        try (LoadedSpec whole = loadWhole(header);
                LoadedSpec sliced = SliceSpec.load(header)) {
            for (int seed = 0; seed < 30; seed++) {
                List<Event> trace = record(asking, seed);
                List<Event.ReceiveAnswer> answers = trace.stream()
                        .filter(event -> event instanceof Event.ReceiveAnswer received
                                && received.answer().command() instanceof GetEntry)
                        .map(Event.ReceiveAnswer.class::cast)
                        .toList();
                for (Event.ReceiveAnswer one : answers) {
                    for (Event.ReceiveAnswer other : answers) {
                        Answer mix = new Answer(
                                one.answer().command(),
                                List.of(
                                        one.answer().entries().get(0),
                                        other.answer().entries().get(1)));
                        if (one.answer().command().equals(other.answer().command())
                                && !mix.equals(one.answer())
                                && !mix.equals(other.answer())) {
                            List<Event> altered = new ArrayList<>(trace);
                            altered.set(trace.indexOf(one), new Event.ReceiveAnswer(mix));
                            assertThat(refusedAt(whole, sliced, header, altered))
                                    .isEqualTo(trace.indexOf(one));
                            mixed++;
                        }
                    }
                }
            }
        }
        assertThat(mixed).isPositive();
    }

    private static Command half(Command command) {
        SegmentRange first = SegmentRange.of(command.range().disk(), 0);
        if (command instanceof SetEntry set) {
            return new SetEntry(set.to(), first, List.of(set.entryOf(0)), set.blocking());
        } else if (command instanceof SetEntryState set) {
            return new SetEntryState(set.to(), first, set.state(), set.on(), set.version(), set.blocking());
        } else if (command instanceof QuiesceDisk quiesce) {
            return new QuiesceDisk(quiesce.to(), first, quiesce.version(), quiesce.blocking());
        } else if (command instanceof ActivateDisk activate) {
            return new ActivateDisk(activate.to(), first, activate.version(), activate.blocking());
        }
        return new GetEntry(command.to(), first, command.blocking());
    }

    private static List<Event> record(int seed) {
        return record(WORKLOAD, seed);
    }

    private static List<Event> record(Workload workload, int seed) {
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
    private static List<Event> altered(List<Event> trace, Random random) {
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

    /** Checks a trace in both ways, which must agree; returns how many events were accepted. */
    private static int refusedAt(LoadedSpec whole, LoadedSpec sliced, TraceHeader header, List<Event> trace) {
        TraceChecker checker = new TraceChecker(
                sliced, header, new AskingSlice(new Plain(sliced), new Steps(sliced), sliced.initialStates()));
        Placed placed = new Placed();
        Steps steps = new Steps(whole);
        Collection<SpecState> states = whole.initialStates();
        for (int at = 0; at < trace.size(); at++) {
            Event event = trace.get(at);
            states = after(whole, steps, states, event);
            assertThat(checker.accept(placed.next(event)).isPresent())
                    .as("event %d, %s, is refused", at + 1, event)
                    .isEqualTo(states.isEmpty());
            if (states.isEmpty()) {
                return at;
            }
        }
        return trace.size();
    }

    private static Collection<SpecState> after(
            LoadedSpec whole, Steps steps, Collection<SpecState> states, Event event) {
        SpecAction action = whole.action(event.action());
        SpecValue[] arguments =
                arguments((Record) event).stream().map(whole::value).toArray(SpecValue[]::new);
        try {
            return steps.after(states, action, arguments);
        } catch (SpecEvaluationException e) {
            return List.of();
        }
    }

    // ---- The whole spec

    private LoadedSpec loadWhole(TraceHeader header) throws IOException {
        String table = IntStream.range(0, header.disks().size())
                .mapToObj(disk -> "\"" + header.disks().get(disk) + "\" :> [s \\in Segments |-> [location |-> "
                        + disk * header.segments() + " + s, states |-> {}, version |-> 0]]")
                .collect(Collectors.joining(" @@ "));
        Path module = Files.writeString(
                folder.resolve("Whole.tla"),
                String.format(
                        Locale.ROOT,
                        """
                ---- MODULE Whole ----
                EXTENDS MappingProperties, TLC
                TraceNames == STRING
                TraceAgents == {%s}
                TraceNumbers == Nat
                TraceFirstTable == %s
                Stay == UNCHANGED vars
                %s
                ====
                """,
                        header.agents().stream().map(a -> '"' + a + '"').collect(Collectors.joining(", ")),
                        table,
                        SliceSpec.OF_STEPS));
        Path config = Files.writeString(
                folder.resolve("Whole.cfg"),
                String.format(Locale.ROOT, """
                INIT Init
                NEXT Stay
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
                """, numbers(header.segments()), numbers(header.blocks()), header.zero()));
        return LoadedSpec.load(module, config, SliceSpec.modules());
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static List<Object> arguments(Record event) {
        List<Object> arguments = new ArrayList<>();
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
        }
        return value;
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
