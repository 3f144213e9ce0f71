package dev.faultline.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Placed;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.ActiveIo;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.projection.Projection;
import dev.faultline.conformance.slices.AskingSlice;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.conformance.slices.Steps;
import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.core.Kind;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens and memory change no verdict: the same traces, with them and without. */
class RememberedSliceTest {
    private static final Workload WORKLOAD = new Workload(2, 3, 2, 2, 6, 2, 1, 1, new Faults(1, 1, 1, 2, 2));
    private static final Workload ONE_SEGMENT = new Workload(2, 3, 1, 2, 8, 2, 1, 1, new Faults(1, 1, 1, 2, 2));
    private static final int RUNS = 6;
    private static final int TAMPERED_PER_RUN = 12;

    private final List<LoadedSpec> loaded = new ArrayList<>();

    @AfterEach
    void close() {
        loaded.forEach(LoadedSpec::close);
    }

    @Test
    void everyVerdictIsThatOfTheSpecUnderTheNamesOfTheTrace() {
        compare(WORKLOAD);
    }

    @Test
    void soItIsWhereAgentsOpenDisks() {
        compare(WORKLOAD.withOpening(3));
    }

    private void compare(Workload workload) {
        Random random = new Random(7);
        int rejected = 0;
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(workload, 0, trace);
        LoadedSpec spec = load(header);
        Transitions transitions = new Transitions(spec, header);
        for (int seed = 0; seed < RUNS; seed++) {
            trace.clear();
            record(workload, seed, trace);
            assertThat(sameVerdicts(spec, transitions, header, trace)).isEmpty();
            for (int i = 0; i < TAMPERED_PER_RUN; i++) {
                if (sameVerdicts(spec, transitions, header, tampered(trace, random))
                        .isPresent()) {
                    rejected++;
                }
            }
        }
        assertThat(rejected).isBetween(RUNS * TAMPERED_PER_RUN / 3, RUNS * TAMPERED_PER_RUN);
    }

    /** The spec cannot even be evaluated for some of these. */
    @Test
    void whatCannotBeIsRefusedInTheSameWords() {
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(WORKLOAD, 1, trace);
        LoadedSpec spec = load(header);
        Transitions transitions = new Transitions(spec, header);
        Set<String> actions = new TreeSet<>();
        int refused = 0;
        for (int at = 0; at < trace.size(); at++) {
            Event event = trace.get(at).event();
            if (actions.add(event.action())) {
                for (Object other : withAnotherValue(event)) {
                    List<TraceEvent> tampered = new ArrayList<>(trace.subList(0, at + 1));
                    tampered.set(at, with(trace.get(at), (Event) other));
                    refused += sameVerdicts(spec, transitions, header, tampered).isPresent() ? 1 : 0;
                }
            }
        }
        assertThat(refused).isGreaterThan(actions.size());
    }

    /** Returns a record, once with each of the values in it exchanged for another. */
    private static List<Object> withAnotherValue(Object whole) {
        List<Object> all = new ArrayList<>();
        if (whole instanceof String) {
            all.add("nobody");
        } else if (whole instanceof Integer number) {
            all.addAll(List.of(number + 1000, -1 - number));
        } else if (whole instanceof Long number) {
            all.addAll(List.of(number + 1000, -1 - number));
        } else if (whole instanceof Boolean truth) {
            all.add(!truth);
        } else if (whole instanceof Record) {
            RecordComponent[] components = whole.getClass().getRecordComponents();
            try {
                Object[] values = new Object[components.length];
                Class<?>[] types = new Class<?>[components.length];
                for (int i = 0; i < components.length; i++) {
                    types[i] = components[i].getType();
                    values[i] = components[i].getAccessor().invoke(whole);
                }
                for (int i = 0; i < components.length; i++) {
                    for (Object other : withAnotherValue(values[i])) {
                        Object[] changed = values.clone();
                        changed[i] = other;
                        try {
                            all.add(whole.getClass()
                                    .getDeclaredConstructor(types)
                                    .newInstance(changed));
                        } catch (InvocationTargetException e) {
                            // There is no such record.
                        }
                    }
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
        return all;
    }

    @Test
    void nothingChangesWhenWhatIsRememberedIsForgottenAgainAndAgain() {
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(WORKLOAD, 3, trace);
        LoadedSpec spec = load(header);
        Transitions transitions = new Transitions(spec, header, 5);
        assertThat(sameVerdicts(spec, transitions, header, trace)).isEmpty();
        assertThat(transitions.distinct()).isLessThanOrEqualTo(5);
    }

    @Test
    void aStepIsAskedForOnceWhateverTheNamesAre() {
        TraceHeader header =
                new TraceHeader(TraceHeader.VERSION, List.of("a1", "a2"), List.of("disk"), 8, 4, new Content(0));
        LoadedSpec spec = load(header);
        Transitions transitions = new Transitions(spec, header);
        TraceChecker checker = new TraceChecker(spec, header, RememberedSlice.first(transitions, header));
        Placed placed = new Placed();
        for (int i = 0; i < 32; i++) {
            String host = "h" + i;
            Event event = new Event.Read(host, "a" + (i % 2 + 1), "disk", i % 8, i / 8);
            assertThat(checker.accept(placed.next(event))).isEmpty();
        }
        // One question: the calls are put off, and all segments, hosts, blocks and agents look alike.
        assertThat(transitions.asked()).isEqualTo(1);
    }

    /**
     * Calls are put off past other actions, so it must make no difference to the spec which of the two comes first.
     * Looked at in the states that simulated systems get into.
     */
    @Test
    void callsMayBePutOff() {
        Set<String> met = new TreeSet<>();
        for (int seed = 0; seed < RUNS; seed++) {
            List<TraceEvent> trace = new ArrayList<>();
            TraceHeader header = record(
                    seed % 2 == 0 ? ONE_SEGMENT : ONE_SEGMENT.withSpace(1, 8).withCapacity(3), seed, trace);
            LoadedSpec spec = load(header);
            Projection projection = new Projection(spec, header, host -> ActiveIo.NONE, location -> 0);
            Naming names = new Naming(header, 0);
            Plain plain = new Plain(spec);
            Steps steps = new Steps(spec);
            SpecAction read = spec.action("Read");
            SpecAction write = spec.action("Write");
            Collection<SpecState> states = spec.initialStates();
            for (TraceEvent traced : trace) {
                Claim claim = traced.event().accept(projection);
                SpecValue[] arguments = plain.values(claim.arguments().apply(names));
                String action = claim.action().name();
                if (RememberedSlice.OF_HOST.contains(action) || RememberedSlice.APART.contains(action)) {
                    for (String agent : header.agents()) {
                        for (String disk : Workload.FIRST_DISKS) {
                            SpecValue[] reading = plain.values(List.of("another", agent, disk, 0, 1));
                            SpecValue[] writing = plain.values(List.of("another", agent, disk, 0, 0, "cc"));
                            expectEitherOrder(steps, states, claim.action(), arguments, read, reading);
                            expectEitherOrder(steps, states, claim.action(), arguments, write, writing);
                        }
                    }
                    met.add(action);
                }
                states = steps.after(states, claim.action(), arguments);
            }
        }
        assertThat(met).containsAll(RememberedSlice.OF_HOST).containsAll(RememberedSlice.APART);
    }

    private static void expectEitherOrder(
            Steps steps,
            Collection<SpecState> states,
            SpecAction action,
            SpecValue[] arguments,
            SpecAction call,
            SpecValue[] ofCall) {
        assertThat(steps.after(steps.after(states, call, ofCall), action, arguments))
                .as("%s and %s", call, action)
                .isEqualTo(steps.after(steps.after(states, action, arguments), call, ofCall));
    }

    @Test
    void aCallThatIsDeniedIsDeniedAtOnce() {
        TraceHeader header =
                new TraceHeader(TraceHeader.VERSION, List.of("a1", "a2"), List.of("disk"), 2, 2, new Content(0));
        LoadedSpec spec = load(header);
        TraceChecker checker =
                new TraceChecker(spec, header, RememberedSlice.first(new Transitions(spec, header), header));
        assertThat(checker.accept(new TraceEvent(1, 1, "h1", new Event.Read("h1", "a1", "disk", 0, 0))))
                .isEmpty();
        assertThat(checker.accept(new TraceEvent(1, 2, "a2", new Event.CrashAgent("a2"))))
                .isEmpty();
        assertThat(checker.accept(new TraceEvent(1, 3, "h2", new Event.Read("h2", "a2", "disk", 0, 0))))
                .hasValueSatisfying(
                        rejection -> assertThat(rejection.conjunct()).isEqualTo("a \\in running"));
    }

    @Test
    void namesThatLookAlikeAreAskedAboutOnce() {
        TraceHeader header = new TraceHeader(
                TraceHeader.VERSION, List.of("a1", "a2", "a3", "a4"), List.of("disk"), 1, 8, new Content(0));
        LoadedSpec spec = load(header);
        Transitions transitions = new Transitions(spec, header);
        for (String agent : header.agents()) {
            for (int block = 0; block < header.blocks(); block++) {
                TraceChecker checker = new TraceChecker(spec, header, RememberedSlice.first(transitions, header));
                MappingFault fault = new MappingFault(agent, "disk", 0, Kind.READ);
                List<Event> events = List.of(
                        new Event.Read("h", agent, "disk", 0, block),
                        new Event.Fault("h"),
                        new Event.ReceiveFault(fault));
                Placed placed = new Placed();
                for (Event event : events) {
                    assertThat(checker.accept(placed.next(event))).isEmpty();
                }
            }
        }
        assertThat(transitions.asked()).isEqualTo(3);
    }

    @Test
    void namesThatLookAlikeAreStillDifferentNames() {
        TraceHeader header = new TraceHeader(
                TraceHeader.VERSION, List.of("a1", "a2", "a3", "a4"), List.of("disk"), 1, 8, new Content(0));
        LoadedSpec spec = load(header);
        TraceChecker checker =
                new TraceChecker(spec, header, RememberedSlice.first(new Transitions(spec, header), header));
        Placed placed = new Placed();
        checker.accept(placed.next(new Event.Read("h", "a3", "disk", 0, 5)));
        checker.accept(placed.next(new Event.Fault("h")));
        MappingFault ofAnother = new MappingFault("a2", "disk", 0, Kind.READ);
        assertThat(checker.accept(placed.next(new Event.ReceiveFault(ofAnother))))
                .isPresent();
    }

    @Test
    void everyVariableOfTheSpecIsDescribed() {
        TraceHeader header = new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 1, 1, new Content(0));
        assertThat(Shapes.variables())
                .containsExactlyInAnyOrderElementsOf(load(header).variables());
    }

    private LoadedSpec load(TraceHeader header) {
        LoadedSpec spec = SliceSpec.load(header);
        loaded.add(spec);
        return spec;
    }

    private static TraceHeader record(Workload workload, long seed, List<TraceEvent> trace) {
        Mutant none = Mutant.none();
        Simulation simulation = new Simulation(workload, seed, none.rules(), trace::add);
        Schedule schedule = Schedule.random(seed);
        while (schedule.step(simulation)) {
            // Only to the end.
        }
        return simulation.header();
    }

    /** Checks a trace in both ways, event by event; returns the text of the rejection, if it is rejected. */
    private static Optional<String> sameVerdicts(
            LoadedSpec spec, Transitions transitions, TraceHeader header, List<TraceEvent> trace) {
        TraceChecker remembering = new TraceChecker(spec, header, RememberedSlice.first(transitions, header));
        TraceChecker asking =
                new TraceChecker(spec, header, new AskingSlice(new Plain(spec), new Steps(spec), spec.initialStates()));
        for (TraceEvent event : trace) {
            Optional<Rejection> rejection = asking.accept(event);
            Optional<Rejection> other = remembering.accept(event);
            assertThat(other.map(Rejection::text)).isEqualTo(rejection.map(Rejection::text));
            if (rejection.isPresent()) {
                return rejection.map(Rejection::text);
            }
        }
        assertThat(remembering.mostBelieved()).isEqualTo(asking.mostBelieved());
        return Optional.empty();
    }

    /** Returns the trace with an event left out, moved, repeated, or with something else in it. */
    private static List<TraceEvent> tampered(List<TraceEvent> trace, Random random) {
        List<TraceEvent> tampered = new ArrayList<>(trace);
        int at = random.nextInt(trace.size() - 1);
        TraceEvent event = tampered.get(at);
        switch (random.nextInt(4)) {
            case 0 -> tampered.remove(at);
            case 1 -> tampered.set(at, tampered.set(at + 1, event));
            case 2 -> tampered.add(at, event);
            default -> tampered.set(at, with(event, otherValue(event.event(), random)));
        }
        return tampered;
    }

    private static TraceEvent with(TraceEvent traced, Event event) {
        return new TraceEvent(traced.n(), traced.time(), traced.place(), event);
    }

    private static Event otherValue(Event event, Random random) {
        Content content = new Content(random.nextInt(3));
        if (event instanceof Event.Complete complete) {
            return new Event.Complete(complete.host(), content);
        } else if (event instanceof Event.Start start) {
            return new Event.Start(start.host(), start.location() + 2);
        } else if (event instanceof Event.CopyBlock copy) {
            return new Event.CopyBlock(copy.segment(), copy.block(), content);
        } else if (event instanceof Event.Freeze freeze) {
            return new Event.Freeze(freeze.cut(), freeze.version() - 1);
        } else if (event instanceof Event.Write write) {
            return new Event.Write(write.host(), write.agent(), write.disk(), write.segment(), write.block(), content);
        }
        return event;
    }
}
