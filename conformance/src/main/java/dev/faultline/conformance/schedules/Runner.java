package dev.faultline.conformance.schedules;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.schedules.SimulatedRun.Problem;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.sim.World;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one schedule of the simulator, and holds each event against the spec as it comes. For one thread, and one run. */
final class Runner {
    /** A choice in so many of a fair schedule brings the run nearer to its end, or it is looked whether any can. */
    private static final int PATIENCE = 2_000;

    /** So often it is looked. */
    private static final int LOOKS = 50;

    private final Workload workload;
    private final long seed;
    private final Schedule schedule;
    private final List<TraceEvent> trace = new ArrayList<>();
    private final Simulation simulation;
    private final TraceChecker checker;
    private final Outcomes outcomes = new Outcomes();
    private int checked;
    private Optional<Problem> problem = Optional.empty();

    Runner(Conformance conformance, Workload workload, long seed, Mutant mutant, Schedule schedule) {
        this.workload = workload;
        this.seed = seed;
        this.schedule = schedule;
        simulation = new Simulation(workload, seed, mutant.rules(), trace::add);
        checker = conformance.checker(simulation.header());
    }

    /** Runs a schedule that always goes on, until all is done or something is wrong. */
    SimulatedRun toTheEnd() {
        int progress = 0;
        int since = 0;
        while (step() && problem.isEmpty()) {
            since = simulation.progress() > progress ? 0 : since + 1;
            progress = simulation.progress();
            if (since > 0 && since % PATIENCE == 0) {
                problem = Standstill.of(simulation.world());
            }
            if (problem.isEmpty() && since == PATIENCE * LOOKS) {
                problem = Optional.of(Standstill.withWorkLeft(simulation.world()));
            }
        }
        judgeHistory();
        if (problem.isEmpty() && !simulation.isFinished()) {
            problem = Optional.of(Standstill.withWorkLeft(simulation.world()));
        }
        return run();
    }

    /** Runs a schedule to its last choice, or until something is wrong. */
    SimulatedRun toItsLastChoice() {
        while (problem.isEmpty() && step()) {}
        judgeHistory();
        return run();
    }

    /** Runs a schedule to its last choice, and looks whether what is left over then can come to an end. */
    SimulatedRun toItsLastChoiceAndOn() {
        SimulatedRun run = toItsLastChoice();
        problem = run.problem().or(() -> Standstill.of(simulation.world()));
        return run();
    }

    /** Lets the next thing happen, and looks at what happened; returns whether anything did. */
    private boolean step() {
        boolean more = false;
        @Nullable Problem broken = null;
        World before = simulation.world().copy();
        try {
            more = schedule.step(simulation);
        } catch (RuntimeException | StackOverflowError e) {
            // Nothing but the code under check runs here: the spec is asked below.
            broken = Problem.of(e);
        }
        for (; checked < trace.size() && problem.isEmpty(); checked++) {
            outcomes.note(trace.get(checked).event(), before);
            problem = checker.accept(trace.get(checked)).map(Problem::of);
        }
        if (problem.isEmpty()) {
            problem = Optional.ofNullable(broken);
        }
        return more;
    }

    private void judgeHistory() {
        if (problem.isEmpty()) {
            problem = SimulatedRun.violation(simulation.header(), trace).map(Problem::of);
        }
    }

    private SimulatedRun run() {
        return new SimulatedRun(
                workload,
                seed,
                schedule.chosen(),
                schedule.made(),
                simulation.header(),
                List.copyOf(trace),
                outcomes,
                problem);
    }
}
