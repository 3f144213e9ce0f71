package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelResultTest {
    private static final Expectation HOLDS = new Expectation.Holds(OptionalLong.of(41934), OptionalInt.of(64));
    private static final Expectation BREAKS = new Expectation.Breaks("Refinement");

    private static ModelResult result(Expectation expected, int workers, Verdict found, long distinct, int depth) {
        return result(Set.of(), expected, workers, found, distinct, depth);
    }

    private static ModelResult result(
            Set<String> reaches, Expectation expected, int workers, Verdict found, long distinct, int depth) {
        Model model = new Model(
                "Sample",
                Path.of("Sample.tla"),
                Path.of("Sample.cfg"),
                Suite.QUICK,
                new Exploration.Exhaustive(),
                expected,
                workers,
                Optional.empty(),
                Optional.empty(),
                reaches,
                Optional.empty(),
                "A sample.");
        return new ModelResult(
                model,
                workers,
                found,
                OptionalLong.of(171856),
                OptionalLong.of(distinct),
                OptionalInt.of(depth),
                List.of(),
                Set.of("met"),
                Duration.ofSeconds(1));
    }

    private static Verdict breaks(String property) {
        return new Verdict.Breaks(property, new Counterexample("", List.of(), new Counterexample.Ending.Reached()));
    }

    @Test
    void isContentWithWhatIsPinned() {
        assertThat(result(HOLDS, 1, new Verdict.Holds(), 41934, 64).asExpected())
                .isTrue();
        assertThat(result(BREAKS, 1, breaks("Refinement"), 1, 1).asExpected()).isTrue();
    }

    @Test
    void findsFewerOrMoreStatesWithAnyNumberOfWorkers() {
        assertThat(result(HOLDS, 1, new Verdict.Holds(), 41933, 64).surprises())
                .containsExactly("expected 41,934 distinct states, but found 41,933");
        assertThat(result(HOLDS, 2, new Verdict.Holds(), 41935, 64).asExpected())
                .isFalse();
    }

    @Test
    void comparesDepthsOnlyWhereTheyAreDeterministic() {
        assertThat(result(HOLDS, 1, new Verdict.Holds(), 41934, 65).surprises())
                .containsExactly("expected a depth of 64, but found 65");
        assertThat(result(HOLDS, 2, new Verdict.Holds(), 41934, 65).asExpected())
                .isTrue();
    }

    @Test
    void isNotContentWithASituationThatWasNotReached() {
        assertThat(result(Set.of("met"), HOLDS, 1, new Verdict.Holds(), 41934, 64)
                        .asExpected())
                .isTrue();
        assertThat(result(Set.of("met", "missed"), HOLDS, 1, new Verdict.Holds(), 41934, 64)
                        .surprises())
                .containsExactly("expected to reach \"missed\", but did not");
    }

    @Test
    void isNotContentWithAnotherVerdict() {
        assertThat(result(HOLDS, 1, breaks("TypeOK"), 41934, 64).surprises())
                .containsExactly("expected that it holds, but it breaks TypeOK");
        assertThat(result(BREAKS, 1, new Verdict.Holds(), 41934, 64).surprises())
                .containsExactly("expected that it breaks Refinement, but it holds");
        assertThat(result(BREAKS, 1, breaks("TypeOK"), 41934, 64).surprises())
                .containsExactly("expected that it breaks Refinement, but it breaks TypeOK");
        assertThat(result(BREAKS, 1, new Verdict.Failed("no"), 41934, 64).surprises())
                .containsExactly("no");
    }
}
