package dev.faultline.conformance.schedules;

import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.history.Violation;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for what a mutant does to the data that hosts see. The spec is not asked. */
public final class HistoryHunt {
    private static final int STEP_LIMIT = 100_000;

    private HistoryHunt() {}

    /**
     * A run in which hosts saw what cannot be.
     *
     * @param seed where the schedule came from
     * @param violation what they saw
     */
    public record Catch(long seed, Violation violation) {}

    /** Runs the seeds from 1 on until hosts see what cannot be. */
    public static Optional<Catch> hunt(Workload workload, int seeds, Mutant mutant) {
        for (long seed = 1; seed <= seeds; seed++) {
            List<TraceEvent> trace = new ArrayList<>();
            Simulation simulation = new Simulation(workload, seed, mutant.rules(), trace::add);
            runToTheEnd(simulation, Schedule.random(seed));
            Optional<Violation> violation = SimulatedRun.violation(simulation.header(), trace);
            if (violation.isPresent()) {
                return Optional.of(new Catch(seed, violation.get()));
            }
        }
        return Optional.empty();
    }

    private static void runToTheEnd(Simulation simulation, Schedule schedule) {
        try {
            for (int step = 0; step < STEP_LIMIT && schedule.step(simulation); step++) {}
        } catch (RuntimeException | StackOverflowError e) {
            // A mutant may run into what the code rules out. What hosts saw until then counts.
        }
    }
}
