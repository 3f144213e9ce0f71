package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.sim.Workload;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutantTest {
    private static final Workload WORKLOAD = new Workload(2, 3, 1, 2, 12, 2);
    private static final Conformance CONFORMANCE = new Conformance();

    @AfterAll
    static void close() {
        CONFORMANCE.close();
    }

    static Stream<Mutant> mutants() {
        return Mutant.all().stream();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isRejectedForTheRuleThatItBreaks(Mutant mutant) {
        Rejection rejection = Stream.iterate(1L, seed -> seed + 1)
                .limit(200)
                .map(seed -> SimulatedRun.random(CONFORMANCE, WORKLOAD, seed, mutant))
                .flatMap(run -> run.problem().stream())
                .flatMap(problem -> problem.rejection().stream())
                .findFirst()
                .orElseThrow();
        System.out.println(mutant.name() + "\n" + rejection.text());
        assertThat(rejection.action()).isEqualTo(mutant.action());
        assertThat(rejection.path()).contains(mutant.operator());
    }

    @Test
    void codeAsItIsIsAccepted() {
        long t = System.nanoTime();
        long events = 0;
        for (long seed = 1; seed <= 300; seed++) {
            SimulatedRun run = SimulatedRun.random(CONFORMANCE, WORKLOAD, seed, Mutant.none());
            assertThat(run.problem()).isEmpty();
            events += run.trace().size();
        }
        System.out.println(events + " events, " + events * 1e9 / (System.nanoTime() - t) + "/s");
    }
}
