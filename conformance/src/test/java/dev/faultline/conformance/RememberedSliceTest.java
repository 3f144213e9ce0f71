package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens and memory change no verdict: the same traces, with them and without. */
class RememberedSliceTest {
    private static final Workload WORKLOAD = new Workload(2, 3, 2, 2, 6, 2, 1, 1, new Faults(1, 1, 1, 2, 2));
    private static final int RUNS = 6;
    private static final int TAMPERED_PER_RUN = 12;

    private final List<LoadedSpec> loaded = new ArrayList<>();

    @AfterEach
    void close() {
        loaded.forEach(LoadedSpec::close);
    }

    @Test
    void everyVerdictIsThatOfTheSpecUnderTheNamesOfTheTrace() {
        Random random = new Random(7);
        int rejected = 0;
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(WORKLOAD, 0, trace);
        LoadedSpec spec = load(header);
        Transitions transitions = new Transitions(spec, header);
        for (int seed = 0; seed < RUNS; seed++) {
            trace.clear();
            record(WORKLOAD, seed, trace);
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
        for (int i = 0; i < 32; i++) {
            String host = "h" + i;
            Event event = new Event.Read(host, "a" + (i % 2 + 1), "disk", i % 8, i / 8);
            assertThat(checker.accept(new TraceEvent(i + 1, i, "here", event))).isEmpty();
        }
        // One question for each number of reads in a segment, whichever segment, host and block; for the first read
        // one more, since there are two agents to ask about.
        assertThat(transitions.asked()).isEqualTo(5);
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
