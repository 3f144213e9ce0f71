package dev.faultline.conformance.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.scenarios.StepCheck;
import dev.faultline.core.Rules;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A few short schedules held against the spec, the same ones each time: with the profile {@code pit}, PIT asks them whether
 * they see what it did to the cores. It asks again and again in one process; so the spec is loaded once, and left open.
 */
class FixedSchedulesTest {
    private static final Faults FAULTS = new Faults(1, 1, 1, 2, 3);

    /** Systems of one segment are compared with the spec in the whole of their state. */
    private static final Workload WHOLE = new Workload(2, 2, 1, 1, 5, 3, 2, 1, FAULTS);

    /** Systems of several segments are compared in their events, and in what hosts saw. */
    private static final Workload SLICED = new Workload(2, 2, 2, 2, 6, 2, 2, 2, FAULTS);

    /** More than any of the schedules has. */
    private static final int MOST_STEPS = 1_000;

    private static final Conformance CONFORMANCE = new Conformance();
    private static final LoadedSpec SPEC = StepCheck.load(new Simulation(WHOLE, 0, Rules.ALL, traced -> {}).header());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @SuppressWarnings("MustBeClosedChecker")
    void everyStepLeadsWhereTheSpecSays(long seed) {
        List<TraceEvent> trace = new ArrayList<>();
        Simulation simulation = new Simulation(WHOLE, seed, Rules.ALL, trace::add);
        StepCheck spec = new StepCheck(SPEC, simulation.header());
        SpecState before = spec.state(simulation.world());
        assertThat(spec.begin(before)).isEmpty();
        Schedule schedule = Schedule.random(seed);
        while (trace.size() < MOST_STEPS && schedule.step(simulation)) {
            SpecState after = spec.state(simulation.world());
            assertThat(spec.check(before, List.of(), last(trace).event(), after).map(StepCheck.Refused::text))
                    .as("event %d of seed %d", trace.size(), seed)
                    .isEmpty();
            before = after;
        }
        assertThat(simulation.isFinished()).as("nothing is left to do").isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyEventIsOneOfTheSpec(long seed) {
        List<TraceEvent> trace = new ArrayList<>();
        Simulation simulation = new Simulation(SLICED, seed, Rules.ALL, trace::add);
        TraceChecker checker = CONFORMANCE.rememberingChecker(simulation.header());
        Schedule schedule = Schedule.random(seed);
        while (trace.size() < MOST_STEPS && schedule.step(simulation)) {
            assertThat(checker.accept(last(trace)).map(Rejection::text)).isEqualTo(Optional.empty());
        }
        assertThat(simulation.isFinished()).as("nothing is left to do").isTrue();
        assertThat(SimulatedRun.violation(simulation.header(), trace)).isEmpty();
    }

    private static TraceEvent last(List<TraceEvent> trace) {
        return trace.get(trace.size() - 1);
    }
}
