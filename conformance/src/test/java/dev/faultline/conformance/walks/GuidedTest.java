package dev.faultline.conformance.walks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class GuidedTest {
    private static final String SMALL = "one-agent-controller-crash";

    @Test
    void theCodeFollowsTheSpecAndRefusesWhatItDoesNotAllow() {
        Guided.Result result = Guided.walk(1, 3, 200, Rules.ALL);
        assertThat(result.failure().map(Misstep::text)).isEmpty();
        assertThat(result.followed()).isGreaterThan(200);
        assertThat(result.refused()).isGreaterThan(result.followed());
    }

    @Test
    void aCodeThatDoesWhatItMustNotIsRejected() {
        Rules early = Mutants.all().stream()
                .filter(mutant -> mutant.name().equals("copy-table-early"))
                .findFirst()
                .orElseThrow()
                .rules();
        Misstep misstep = Guided.walk(1, 10, 300, early).failure().orElseThrow();
        assertThat(misstep.isFor("CopiesOnlyWhenAllAnswered")).isTrue();
    }

    /** Whatever the code throws is a finding about it, in a turn that it takes and in one that it is asked for too early. */
    @Test
    void aCodeThatThrowsIsAFindingOnAWalkAndOnTheCover() {
        Rules odd = answeringAsLongAs(() -> {
            throw new IllegalStateException("not today");
        });
        assertThat(Guided.walk(1, 10, 300, odd).failure().orElseThrow().report())
                .contains("the code under check throws java.lang.IllegalStateException: not today", "ApplyCommand");
        assertThat(cover(SMALL, odd).failure().orElseThrow().report())
                .contains("the code under check throws java.lang.IllegalStateException: not today", "ApplyCommand");
    }

    @Test
    void walksTakeEveryEdgeOfASmallGraph() {
        Covered covered = cover(SMALL, Rules.ALL);
        assertThat(Guided.surprise(covered)).isEmpty();
        assertThat(covered.states()).isEqualTo(1_905);
        assertThat(covered.edges()).isEqualTo(4_593);
        assertThat(covered.followed()).isGreaterThan(covered.edges());
        assertThat(covered.outcomes().counts()).containsKeys("CrashController", "FinishRecovery", "Switch");
    }

    @Test
    void walksThatMissStatesAreASurprise() {
        Covered fewer = new Covered(SMALL, 1_904, 4_593, 1, 1, new Outcomes(), Optional.empty(), 1);
        assertThat(Guided.surprise(fewer).orElseThrow())
                .isEqualTo("the walks have met 1,904 states, but the code has 1,905");
    }

    @Test
    void whatTheWalksMissTheCoverFinds() {
        Rules rules = Mutants.all().stream()
                .filter(mutant -> mutant.name().equals("remove-while-copied"))
                .findFirst()
                .orElseThrow()
                .rules();
        Misstep misstep = cover("deletion", rules).failure().orElseThrow();
        assertThat(misstep.isFor("RemovesOnlyWhenNotCopied")).isTrue();
    }

    /** A code whose state is not all that decides: what it does goes by how often it was asked. */
    @Test
    void aStepThatIsThereByOneWayOnlyIsRejected() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(cover(SMALL, answeringAsLongAs(() -> asked.incrementAndGet() > 0))
                        .failure())
                .isEmpty();
        int beforeTheEnd = asked.get() - 100;
        asked.set(0);
        Misstep misstep = cover(SMALL, answeringAsLongAs(() -> asked.incrementAndGet() < beforeTheEnd))
                .failure()
                .orElseThrow();
        assertThat(misstep.action()).isEqualTo("AnswerCommand");
        assertThat(misstep.text()).contains("when it came another way, but now it cannot do it");
    }

    private static Rules answeringAsLongAs(BooleanSupplier condition) {
        AgentRules agent = new AgentRules() {
            @Override
            public boolean answersOnlyWhenDrained(Set<String> awaited) {
                return condition.getAsBoolean() && awaited.isEmpty();
            }
        };
        return new Rules(agent, ControllerRules.ALL, StorageRules.ALL);
    }

    private static Covered cover(String scenario, Rules rules) {
        return Guided.cover(Set.of(scenario), rules, each -> {}).get(0);
    }

    @Test
    void aCodeThatCannotFollowIsRejected() {
        Misstep misstep = Guided.walk(1, 10, 300, answeringAsLongAs(() -> false))
                .failure()
                .orElseThrow();
        assertThat(misstep.action()).isEqualTo("AnswerCommand");
        assertThat(misstep.text()).contains("but the code cannot do it");
    }
}
