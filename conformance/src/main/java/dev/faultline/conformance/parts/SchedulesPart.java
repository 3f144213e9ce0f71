package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.sim.Workload;

/** Runs random schedules of the simulator. */
final class SchedulesPart implements Part {
    static final String STRENGTH = "random";
    private static final int QUICK_RUNS = 100;
    private static final int FULL_RUNS = 3000;
    private static final int QUICK_OPENING_RUNS = 25;
    private static final int FULL_OPENING_RUNS = 750;
    private static final int QUICK_SPACE_RUNS = 25;
    private static final int FULL_SPACE_RUNS = 750;
    private static final int QUICK_POWER_RUNS = 25;
    private static final int FULL_POWER_RUNS = 750;

    private final Job job;

    SchedulesPart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Code against specification: random schedules";
    }

    @Override
    public String reason() {
        return "Each event of seeded schedules of the simulator, with crashes, fencing, lost and repeated messages, must "
                + "be a step of the specification, and what hosts saw must be possible also without it.";
    }

    @Override
    public void check(Rows rows) {
        check(rows, "random schedules", RandomConformance.WORKLOAD, job.quickOrFull(QUICK_RUNS, FULL_RUNS));
        check(
                rows,
                "random schedules of agents that open disks",
                RandomConformance.OPENING,
                job.quickOrFull(QUICK_OPENING_RUNS, FULL_OPENING_RUNS));
        check(
                rows,
                "random schedules with empty segments",
                RandomConformance.SPACE,
                job.quickOrFull(QUICK_SPACE_RUNS, FULL_SPACE_RUNS));
        check(
                rows,
                "random schedules with a storage that loses power",
                RandomConformance.POWER,
                job.quickOrFull(QUICK_POWER_RUNS, FULL_POWER_RUNS));
    }

    private void check(Rows rows, String name, Workload workload, int runs) {
        try (Conformance conformance = new Conformance()) {
            RandomConformance.Result result = RandomConformance.run(
                    conformance, workload, 1, runs, Mutant.none(), run -> job.met(STRENGTH, run.outcomes()));
            rows.add(
                    name,
                    result.failure().isEmpty(),
                    figures("%,d runs of the simulator, %,d events", result.runs(), result.events()),
                    result.failure().stream()
                            .map(failure -> failure.report(Mutant.none()))
                            .toList());
        }
    }
}
