package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.sim.Faults;
import dev.faultline.sim.Workload;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few schedules held against the spec, the same ones each time: with the profile {@code pit}, PIT asks them whether they
 * see what it did to the cores.
 */
class FixedSchedulesTest {
    private static final int SEEDS = 6;
    private static final Conformance CONFORMANCE = new Conformance();

    @AfterAll
    static void close() {
        CONFORMANCE.close();
    }

    /** Systems of the same shape, so that one spec is enough. */
    static List<Workload> workloads() {
        return List.of(
                new Workload(2, 3, 1, 2, 8, 3, 2, 1, Faults.NONE),
                new Workload(2, 3, 1, 2, 8, 2, 1, 1, new Faults(1, 1, 1, 2, 6)));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyStepIsOneOfTheSpec(Workload workload) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulatedRun run = SimulatedRun.random(CONFORMANCE, workload, seed, Mutant.none());
            assertThat(run.problem().map(SimulatedRun.Problem::text)).isEmpty();
            assertThat(run.trace()).isNotEmpty();
        }
    }
}
