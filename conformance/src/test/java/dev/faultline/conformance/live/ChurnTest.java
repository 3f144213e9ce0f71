package dev.faultline.conformance.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running system, with snapshots in the way of writes. */
class ChurnTest {
    @Test
    void theSystemIsRight() throws IOException {
        Churn.Result result = Churn.runInTemporaryFolder(6, 1, Mutant.none(), RealDataRun.PATIENCE);
        assertThat(result.text()).isEmpty();
        assertThat(result.counts()).hasValueSatisfying(counts -> {
            assertThat(counts.snapshots()).isEqualTo(6);
            assertThat(counts.copies()).isGreaterThan(6);
            assertThat(counts.openings())
                    .as("three agents use two disks and six snapshots")
                    .isGreaterThan(12);
        });
        assertThat(result.events()).isGreaterThan(2_000);
    }

    @Test
    void whoGetsNoAnswerIsToldWhoWaitsForWhat() throws IOException {
        Mutant mute = with(new AgentRules() {
            @Override
            public boolean answersOnlyWhenDrained(Set<String> awaited) {
                return false;
            }
        });
        Churn.Result result = Churn.runInTemporaryFolder(1, 1, mute, Duration.ofSeconds(2));
        assertThat(result.isRight()).isFalse();
        assertThat(result.text())
                .contains("somebody got no answer: ", ": no answer within 2000 ms")
                .containsPattern("the controller is [A-Z]+ .*, and waits for the answer to:")
                .containsPattern("to a[123]: the agent has it and does not answer");
    }

    @Test
    void whatTheCodeThrowsIsTheDeathOfTheSystemAndNotOfFaultline() throws IOException {
        Mutant odd = with(new AgentRules() {
            @Override
            public boolean answersOnlyWhenDrained(Set<String> awaited) {
                throw new UnsupportedOperationException("not today");
            }
        });
        assertThat(Churn.runInTemporaryFolder(1, 1, odd, Duration.ofSeconds(20)).text())
                .contains("the system died: ", "not today", "at dev.faultline.conformance.live.ChurnTest");
    }

    private static Mutant with(AgentRules agent) {
        return new Mutant("odd", "odd", List.of(), "", new Rules(agent, ControllerRules.ALL, StorageRules.ALL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy-table-early",
                "quiesce-ignored",
                "remove-early",
                "switch-half-copied",
                "switch-unflushed",
                "snapshot-unflushed"
            })
    void aMutantIsRejectedWhereItBreaksItsRule(String name) throws IOException {
        Mutant mutant = Mutants.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Churn.Result result = Churn.runInTemporaryFolder(10, 1, mutant, RealDataRun.PATIENCE);
        assertThat(result.isRight()).isFalse();
        assertThat(result.rejection())
                .hasValueSatisfying(rejection -> assertThat(mutant.isRejectedAt(rejection.action(), rejection.path()))
                        .as(rejection.text())
                        .isTrue());
    }
}
