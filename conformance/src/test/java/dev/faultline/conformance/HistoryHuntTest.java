package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.Violation;
import dev.faultline.sim.Workload;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hosts see is enough to catch the mutants that harm data; the spec is not asked. */
class HistoryHuntTest {
    private static final int SEEDS = 5000;

    /** One block, and nothing but snapshots: what goes wrong with a copy shows soonest there. */
    private static final Workload ONE_BLOCK = new Workload(3, 5, 1, 1, 12, 4, 0, 0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy-table-early",
                "start-without-permission",
                "lift-before-drain",
                "switch-half-copied",
                "copy-over-used"
            })
    void theHostsSeeWhatTheMutantDoes(String name) {
        Mutant mutant = Mutant.all().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(HistoryHunt.hunt(ONE_BLOCK, SEEDS, mutant)).isPresent();
    }

    @Test
    void theHostsSeeNothingWrongOfTheCodeAsItIs() {
        assertThat(HistoryHunt.hunt(ONE_BLOCK, SEEDS, Mutant.none())
                        .map(HistoryHunt.Catch::violation)
                        .map(Violation::text))
                .isEqualTo(Optional.empty());
    }
}
