package dev.faultline.conformance.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.exploring.Exhaustive;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.schedules.RandomConformance.Failure;
import dev.faultline.core.AgentRules;
import dev.faultline.core.Clone;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Entry;
import dev.faultline.core.Io;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the code under check does is a finding about that code, with a seed and a short schedule. */
class CodeThatThrowsTest {
    private static final Conformance CONFORMANCE = new Conformance();

    private static Mutant with(AgentRules agent, ControllerRules controller) {
        return new Mutant("odd", "throws", List.of("Start"), "", new Rules(agent, controller, StorageRules.ALL));
    }

    private static Failure failure(Mutant mutant) {
        return RandomConformance.run(CONFORMANCE, RandomConformance.WORKLOAD, 1, 20, mutant, run -> {})
                .failure()
                .orElseThrow();
    }

    @Test
    void anExceptionOutOfACoreIsAFindingAndShrunk() {
        Mutant mutant = with(
                new AgentRules() {
                    @Override
                    public boolean startsOnlyWhenAllowed(Io io, Entry entry) {
                        throw new UnsupportedOperationException("not today");
                    }
                },
                ControllerRules.ALL);
        Failure failure = failure(mutant);
        assertThat(failure.report(mutant))
                .contains("seed 1 fails", "the code under check throws", "not today", "startsOnlyWhenAllowed")
                .contains("replay: ./faultline conform random --seed 1 ");
        assertThat(failure.shrunk().choices()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void anEndlessRecursionIsAFinding() {
        Mutant mutant = with(AgentRules.ALL, new ControllerRules() {
            @Override
            public boolean copiesOnlyWhenAllAnswered(Clone clone) {
                return clone.hashCode() == 0 || copiesOnlyWhenAllAnswered(clone);
            }
        });
        assertThat(failure(mutant).report(mutant)).contains("StackOverflowError");
    }

    @Test
    void theExplorerTellsItToo() throws InterruptedException {
        Rules rules = with(
                        new AgentRules() {
                            @Override
                            public Set<String> awaitedBy(
                                    dev.faultline.core.Message.Command command, java.util.Map<String, Io> ios) {
                                throw new UnsupportedOperationException("not today");
                            }
                        },
                        ControllerRules.ALL)
                .rules();
        assertThat(Exhaustive.explore(Set.of("suspicion"), rules, 1, explored -> {})
                        .get(0)
                        .failure())
                .hasValueSatisfying(
                        misstep -> assertThat(misstep.report()).contains("the code under check throws", "not today"));
    }
}
