package dev.faultline.conformance.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.history.Violation;
import dev.faultline.sim.Workload;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hosts see is enough to catch the mutants that harm data; the spec is not asked. */
class HistoryHuntTest {
    /** Twice as many as the mutant needs that takes longest. */
    private static final int SEEDS = 60;

    private static final Workload WORKLOAD = new Workload(2, 4, 1, 2, 30, 6, 3, 0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy-table-early",
                "start-without-permission",
                "lift-shared",
                "copy-over-used",
                "nw-not-applied",
                "remove-early",
                "free-shared"
            })
    void theHostsSeeWhatTheMutantDoes(String name) {
        Mutant mutant = Mutants.all().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(HistoryHunt.hunt(WORKLOAD, SEEDS, mutant)).isPresent();
    }

    @Test
    void theHostsSeeNothingWrongOfTheCodeAsItIs() {
        assertThat(HistoryHunt.hunt(WORKLOAD, SEEDS, Mutant.none())
                        .map(HistoryHunt.Catch::violation)
                        .map(Violation::text))
                .isEqualTo(Optional.empty());
    }
}
