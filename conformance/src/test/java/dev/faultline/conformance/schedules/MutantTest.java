package dev.faultline.conformance.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.conformance.slices.SliceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
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
        return Mutants.all().stream();
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

    /** What the README shows is what is printed, but for the parts that it leaves out. */
    @Test
    void theReadmeShowsAReport() throws IOException {
        String readme = Files.readString(SliceSpec.modules().resolve("../../README.md"));
        Mutant mutant = Mutants.all().get(0);
        RandomConformance.Failure failure =
                RandomConformance.hunt(CONFORMANCE, mutant).failure().orElseThrow();
        int choices = failure.shrunk().choices().size();
        int events = failure.shrunk().trace().size();
        assertThat(readme.replaceAll("\\s+", " "))
                .contains("`./faultline mutants " + mutant.name() + " --explain`")
                .contains("shrinks it from " + failure.found().choices().size() + " choices to " + choices
                        + ", prints the " + events + " events, and says:");
        String shown = StringUtils.substringBetween(readme, "and says:\n\n```\n", "\n```");
        String[] parts = shown.replace("\nreplay", " … replay").split(" ?… ?", -1);
        assertThat(parts).hasSizeGreaterThan(4);
        assertThat(failure.report(mutant)).containsSubsequence(parts);
    }

    @Test
    void aChangeThatNoRuleForbidsIsNotRejected() {
        RandomConformance.Verdict verdict = RandomConformance.hunt(CONFORMANCE, Mutants.canary());
        assertThat(verdict.failure()).isEmpty();
        assertThat(verdict.asExpected()).isTrue();
    }
}
