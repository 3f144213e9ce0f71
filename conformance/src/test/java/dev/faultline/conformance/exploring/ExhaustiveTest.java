package dev.faultline.conformance.exploring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.conformance.scenarios.Scenario;
import dev.faultline.conformance.scenarios.Scenarios;
import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Entry;
import dev.faultline.core.Io;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExhaustiveTest {
    private static final String SMALL = "one-agent-controller-crash";

    private static Explored explore(Rules rules) throws InterruptedException {
        return Exhaustive.explore(Set.of(SMALL), rules, 1, explored -> {}).get(0);
    }

    private static Explored explore(String mutant) throws InterruptedException {
        return explore(rulesOf(mutant));
    }

    private static Rules rulesOf(String mutant) {
        return Mutants.all().stream()
                .filter(m -> m.name().equals(mutant))
                .findFirst()
                .orElseThrow()
                .rules();
    }

    @Test
    void everyStepOfTheCodeIsOneOfTheSpecAndTheCountsAreThosePinned() throws InterruptedException {
        Explored explored = explore(Rules.ALL);
        assertThat(Exhaustive.surprises(explored)).isEmpty();
        assertThat(explored.outcomes().counts()).containsKeys("CrashController", "Recover", "Switch");
        Scenario withEmptySegments = Scenarios.named(Set.of("empty-snapshot")).get(0);
        assertThat(Exhaustive.needless(List.of(explored, Explorer.explore(withEmptySegments, Rules.ALL))))
                .isEmpty();
    }

    /** The order in which states are met, and what is found first, is the same however many threads look at them. */
    @Test
    void nothingDependsOnTheNumberOfThreads() {
        for (Rules rules : List.of(Rules.ALL, rulesOf("serve-before-told"), rulesOf("nw-not-applied"))) {
            Scenario scenario = Scenarios.named(Set.of(SMALL)).get(0);
            Explored one = Explorer.explore(scenario, rules);
            Explored three = Explorer.explore(scenario, rules, 3);
            assertThat(three.states()).isEqualTo(one.states());
            assertThat(three.specStates()).isEqualTo(one.specStates());
            assertThat(three.transitions()).isEqualTo(one.transitions());
            assertThat(three.untaken()).isEqualTo(one.untaken());
            assertThat(three.outcomes().counts()).isEqualTo(one.outcomes().counts());
            assertThat(three.failure().map(Misstep::text))
                    .isEqualTo(one.failure().map(Misstep::text));
            assertThat(three.failure().map(Misstep::trace))
                    .isEqualTo(one.failure().map(Misstep::trace));
        }
    }

    @Test
    void aRuleThatIsMissingIsNamed() throws InterruptedException {
        Misstep misstep = explore("serve-before-told").failure().orElseThrow();
        assertThat(misstep.isFor("ServesOnlyWhenAllAnswered")).isTrue();
        assertThat(misstep.trace()).last().extracting(e -> e.event().action()).isEqualTo("FinishRecovery");
    }

    @Test
    void aStateThatIsAnotherIsToldByWhatDiffers() throws InterruptedException {
        Misstep misstep = explore("nw-not-applied").failure().orElseThrow();
        assertThat(misstep.action()).isEqualTo("ApplyCommand");
        assertThat(misstep.text())
                .contains("cache.a1[\"d\"][0].states")
                .contains("the spec has {\"Nw\", \"invalid\"}")
                .contains("the code has {\"invalid\"}");
    }

    @Test
    void aWrongLocationIsToldWithHowItIsCounted() throws InterruptedException {
        Misstep misstep = explore("location-kept").failure().orElseThrow();
        assertThat(misstep.text())
                .contains("cache.a1[\"d\"][0].location\n    the spec has 2\n    the code has 0")
                .contains("the spec calls location n of an event n + 1");
        assertThat(misstep.picture().text())
                .contains("@1 ")
                .endsWith("=> ApplyCommand is allowed here, but leads to another state than the code's.\n");
    }

    /** A code that never does anything wrong because it does nothing is found out by what it leaves undone. */
    @Test
    void aStepThatTheCodeNeverTakesIsReported() throws InterruptedException {
        AgentRules lazy = new AgentRules() {
            @Override
            public boolean startsOnlyWhenAllowed(Io io, Entry entry) {
                return false;
            }

            @Override
            public boolean retriesOnlyOnNewEntry(Io io, Entry entry) {
                return false;
            }
        };
        Explored explored = explore(new Rules(lazy, ControllerRules.ALL, StorageRules.ALL));
        assertThat(explored.failure().map(Misstep::text).orElseThrow())
                .startsWith("the spec allows ")
                .endsWith(", but the code cannot do it");
        assertThat(Exhaustive.surprises(explored))
                .anySatisfy(line -> assertThat(line).contains("the spec allows "));
    }

    @Test
    void aScenarioThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> Exhaustive.explore(Set.of("nonsense"), Rules.ALL, 1, explored -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense")
                .hasMessageContaining("blocking");
    }
}
