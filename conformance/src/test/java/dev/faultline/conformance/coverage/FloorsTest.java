package dev.faultline.conformance.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.core.Event;
import dev.faultline.core.Rules;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.sim.World;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloorsTest {
    /** As many as {@code verify --quick} runs. */
    private static final int SEEDS = 100;

    @Test
    void theSchedulesMeetEveryOutcomeOftenEnough() {
        assertThat(Floors.breaches(ofSchedules(SEEDS))).isEmpty();
    }

    @Test
    void fewerSchedulesDoNot() {
        assertThat(Floors.breaches(ofSchedules(1))).isNotEmpty();
    }

    @Test
    void anOutcomeThatIsNotListedIsABreach() {
        Outcomes outcomes = ofSchedules(SEEDS);
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

    /**
     * Returns the outcomes that the random schedules of the first seeds meet, and of a fourth of them where agents open
     * disks, where segments are empty, and where storage loses power; the spec is not asked.
     */
    private static Outcomes ofSchedules(int seeds) {
        Outcomes outcomes = ofSchedules(seeds, RandomConformance.WORKLOAD);
        outcomes.add(ofSchedules(seeds / 4, RandomConformance.OPENING));
        outcomes.add(ofSchedules(seeds / 4, RandomConformance.SPACE));
        outcomes.add(ofSchedules(seeds / 4, RandomConformance.POWER));
        return outcomes;
    }

    private static Outcomes ofSchedules(int seeds, Workload workload) {
        Outcomes outcomes = new Outcomes();
        for (long seed = 1; seed <= seeds; seed++) {
            List<TraceEvent> events = new ArrayList<>();
            Simulation simulation = new Simulation(workload, seed, Rules.ALL, events::add);
            Schedule schedule = Schedule.random(seed);
            World before = simulation.world().copy();
            while (schedule.step(simulation)) {
                outcomes.note(events.get(events.size() - 1).event(), before);
                before = simulation.world().copy();
            }
        }
        return outcomes;
    }
}
