package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule taken out of the code is missed by the spec. */
class MutantTest {
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
    void isRejectedAtTheActionAndByTheRuleThatItBreaks(Mutant mutant) {
        RandomConformance.Verdict verdict = RandomConformance.hunt(CONFORMANCE, mutant);
        assertThat(verdict.asExpected()).as(verdict.summary()).isTrue();
        RandomConformance.Failure failure = verdict.failure().orElseThrow();
        SimulatedRun shrunk = failure.shrunk();
        SimulatedRun again =
                SimulatedRun.replay(CONFORMANCE, shrunk.workload(), shrunk.seed(), shrunk.choices(), mutant);
        assertThat(again.problem()).isEqualTo(shrunk.problem()).isPresent();
        assertThat(shrunk.choices())
                .hasSizeLessThanOrEqualTo(failure.found().choices().size());
        assertThat(failure.report(mutant))
                .contains("seed " + shrunk.seed())
                .contains("replay: ./faultline conform random --seed " + shrunk.seed())
                .contains("--mutant " + mutant.name());
    }

    @Test
    void aChangeThatNoRuleForbidsIsNotRejected() {
        RandomConformance.Verdict verdict = RandomConformance.hunt(CONFORMANCE, Mutant.canary());
        assertThat(verdict.failure()).isEmpty();
        assertThat(verdict.asExpected()).isTrue();
    }
}
