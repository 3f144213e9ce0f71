package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.faultline.core.Event;
import org.junit.jupiter.api.Test;

class FloorsTest {
    /** As many as {@code verify --quick} runs. */
    private static final int SEEDS = 100;

    @Test
    void theSchedulesMeetEveryOutcomeOftenEnough() {
        assertThat(Floors.breaches(Floors.ofSchedules(SEEDS))).isEmpty();
    }

    @Test
    void fewerSchedulesDoNot() {
        assertThat(Floors.breaches(Floors.ofSchedules(1))).isNotEmpty();
    }

    @Test
    void anOutcomeThatIsNotListedIsABreach() {
        Outcomes outcomes = Floors.ofSchedules(SEEDS);
        outcomes.note(new Event.Start("a host that was never heard of", 0));
        assertThat(Floors.breaches(outcomes)).containsExactly("Start: has no floor");
    }

    @Test
    void whatStrengthsMetIsMergedAndSideBySide() {
        MergedOutcomes outcomes = new MergedOutcomes();
        outcomes.of("one").note(new Event.FinishJob(0));
        outcomes.of("two").note(new Event.FinishJob(0));
        outcomes.of("two").note(new Event.FinishJob(1));
        assertThat(outcomes.merged().counts()).containsOnly(entry("FinishJob", 3L));
        assertThat(outcomes.table())
                .hasSize(1 + Floors.all().size())
                .anySatisfy(line -> assertThat(line).matches("FinishJob +[\\d,]+ +1 +2"));
    }
}
