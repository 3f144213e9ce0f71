package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuidedTest {
    @Test
    void theCodeFollowsTheSpecAndRefusesWhatItDoesNotAllow() {
        Guided.Result result = Guided.walk(1, 3, 200, Rules.ALL);
        assertThat(result.failure().map(Misstep::text)).isEmpty();
        assertThat(result.followed()).isGreaterThan(200);
        assertThat(result.refused()).isGreaterThan(result.followed());
    }

    @Test
    void aCodeThatDoesWhatItMustNotIsRejected() {
        Rules early = Mutant.all().stream()
                .filter(mutant -> mutant.name().equals("copy-table-early"))
                .findFirst()
                .orElseThrow()
                .rules();
        Misstep misstep = Guided.walk(1, 10, 300, early).failure().orElseThrow();
        assertThat(misstep.isFor("CopiesOnlyWhenAllAnswered")).isTrue();
    }

    @Test
    void aCodeThatCannotFollowIsRejected() {
        AgentRules silent = new AgentRules() {
            @Override
            public boolean answersOnlyWhenDrained(Set<String> awaited) {
                return false;
            }
        };
        Misstep misstep = Guided.walk(1, 10, 300, new Rules(silent, ControllerRules.ALL, StorageRules.ALL))
                .failure()
                .orElseThrow();
        assertThat(misstep.action()).isEqualTo("AnswerCommand");
        assertThat(misstep.text()).contains("but the code cannot do it");
    }
}
