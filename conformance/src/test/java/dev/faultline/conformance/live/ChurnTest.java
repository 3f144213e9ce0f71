package dev.faultline.conformance.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running system, with snapshots in the way of writes. */
class ChurnTest {
    @Test
    void theSystemIsRight() throws IOException {
        Churn.Result result = Churn.runInTemporaryFolder(6, 1, Mutant.none());
        assertThat(result.text()).isEmpty();
        assertThat(result.counts()).hasValueSatisfying(counts -> {
            assertThat(counts.snapshots()).isEqualTo(6);
            assertThat(counts.copies()).isGreaterThan(6);
        });
        assertThat(result.events()).isGreaterThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-table-early", "quiesce-ignored", "remove-early", "switch-half-copied"})
    void aMutantIsRejectedWhereItBreaksItsRule(String name) throws IOException {
        Mutant mutant = Mutants.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Churn.Result result = Churn.runInTemporaryFolder(10, 1, mutant);
        assertThat(result.isRight()).isFalse();
        assertThat(result.rejection())
                .hasValueSatisfying(rejection -> assertThat(mutant.isRejectedAt(rejection.action(), rejection.path()))
                        .as(rejection.text())
                        .isTrue());
    }
}
