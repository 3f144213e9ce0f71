package dev.faultline.conformance.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.conformance.pictures.LastEvents;
import dev.faultline.conformance.schedules.RandomConformance.Failure;
import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Entry;
import dev.faultline.core.Io;
import dev.faultline.core.Rules;
import dev.faultline.core.StorageRules;
import dev.faultline.sim.Choice;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;

/** A system that cannot come to an end is a finding, with few choices and with who waits for what; and shrinking ends. */
class StandstillTest {
    private static final Conformance CONFORMANCE = new Conformance();

    private static Mutant with(AgentRules agent) {
        return new Mutant(
                "odd", "stands still", List.of(), "", new Rules(agent, ControllerRules.ALL, StorageRules.ALL));
    }

    private static Failure failure(Workload workload, Mutant mutant) {
        return RandomConformance.run(CONFORMANCE, workload, 1, 40, mutant, run -> {})
                .failure()
                .orElseThrow();
    }

    @Test
    void anAgentThatNeverAnswersIsNamed() {
        Mutant mutant = with(new AgentRules() {
            @Override
            public boolean answersOnlyWhenDrained(Set<String> awaited) {
                return false;
            }
        });
        Failure failure = failure(RandomConformance.WORKLOAD, mutant);
        String report = failure.report(mutant);
        assertThat(report)
                .contains("the system came to a standstill: whatever happens next, what was begun does not end")
                .containsPattern("the controller is [A-Z]+ .*and waits for the answer to:")
                .containsPattern("to a[0-9]: (on its way|the agent has it and does not answer)");
        assertThat(failure.shrunk().choices()).hasSizeLessThan(12);
        SimulatedRun shrunk = failure.shrunk();
        SimulatedRun again =
                SimulatedRun.replay(CONFORMANCE, shrunk.workload(), shrunk.seed(), shrunk.choices(), mutant);
        assertThat(again.problem()).isEqualTo(shrunk.problem());
    }

    /** It asks for an entry for ever, and gets it each time: nothing is at rest, and nothing new happens. */
    @Test
    void aLivelockIsRecognisedWhenNothingNewHappens() {
        Mutant mutant = with(new AgentRules() {
            @Override
            public boolean retriesOnlyOnNewEntry(Io io, Entry entry) {
                return false;
            }

            @Override
            public boolean startsOnlyWhenAllowed(Io io, Entry entry) {
                return false;
            }
        });
        Failure failure = failure(new Workload(2, 2, 1, 1, 3, 0, 0, 0), mutant);
        assertThat(failure.found().trace()).hasSizeLessThan(30_000);
        assertThat(failure.report(mutant))
                .contains("the system came to a standstill")
                .containsPattern("h[12] waits at a[12] for its (read|write) of (disk|twin)\\[0\\.0]")
                .contains("the agent's entry is");
    }

    @Test
    void whatIsLeftOverInASoundSystemEndsFromEveryState() {
        Mutant sound = Mutant.none();
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedRun whole = SimulatedRun.random(CONFORMANCE, RandomConformance.WORKLOAD, seed, sound);
            List<Integer> choices = whole.choices();
            for (int end = 1; end < choices.size(); end += 37) {
                SimulatedRun part = SimulatedRun.replay(
                        CONFORMANCE, RandomConformance.WORKLOAD, seed, choices.subList(0, end), sound);
                assertThat(part.problem().map(SimulatedRun.Problem::text)).isEmpty();
            }
        }
    }

    /** Ten thousand choices become few, of which none can be left out. */
    @Test
    void aLongScheduleIsShrunkUntilNoSingleChoiceCanBeLeftOut() {
        Mutant mutant = Mutants.all().stream()
                .filter(m -> m.name().equals("free-shared"))
                .findFirst()
                .orElseThrow();
        Workload workload = new Workload(3, 4, 2, 2, 1_200, 3, 2, 2, new Faults(1, 1, 1, 3, 3));
        SimulatedRun found = SimulatedRun.random(CONFORMANCE, workload, 26, mutant);
        assertThat(found.problem()).isPresent();
        assertThat(found.choices()).hasSizeGreaterThan(10_000);
        Failure failure = RandomConformance.shrink(CONFORMANCE, found, mutant);
        assertThat(failure.isShortest()).isTrue();
        List<Choice> made = failure.shrunk().made();
        assertThat(made).hasSizeLessThan(40);
        for (int i = 0; i < made.size(); i++) {
            List<Choice> fewer = new ArrayList<>(made);
            fewer.remove(i);
            SimulatedRun run = SimulatedRun.following(CONFORMANCE, found, fewer, mutant, false);
            assertThat(run.made().size() >= made.size()
                            || !run.problem()
                                    .map(SimulatedRun.Problem::summary)
                                    .equals(failure.shrunk().problem().map(SimulatedRun.Problem::summary)))
                    .as("choice %d, %s, is needed", i, made.get(i))
                    .isTrue();
        }
    }

    @Test
    void aLongTraceIsInAFileWhoseNameIsTold() {
        SimulatedRun run = SimulatedRun.random(CONFORMANCE, RandomConformance.WORKLOAD, 1, Mutant.none());
        List<String> lines = LastEvents.lines(run.header(), run.trace());
        assertThat(lines).hasSize(1 + LastEvents.SHOWN);
        Path file = Path.of(StringUtils.substringBetween(lines.get(0), "all are in ", ")"));
        assertThat(file).content().isEqualTo(String.join("\n", run.lines()) + "\n");
        file.toFile().deleteOnExit();
    }
}
