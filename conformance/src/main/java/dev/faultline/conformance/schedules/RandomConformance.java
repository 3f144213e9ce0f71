package dev.faultline.conformance.schedules;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.pictures.LastEvents;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The randomised strength: many seeded schedules of the simulator, each event held against the spec. */
public final class RandomConformance {
    /** What {@code conform random} and {@code verify} do when nothing else is said. */
    public static final Workload WORKLOAD = new Workload(2, 3, 2, 2, 20, 3, 2, 2, new Faults(1, 1, 1, 3, 3));

    /** What they do besides, with agents that open disks. */
    public static final Workload OPENING = WORKLOAD.withOpening(4);

    /** What they do besides, with new disks, too, which are empty, storage that is given back, and little of it. */
    public static final Workload SPACE = OPENING.withSpace(2, 8).withCapacity(8);

    /** What they do besides, with hosts that flush, and a storage that loses power. */
    public static final Workload POWER = OPENING.withSpace(2, 8).withPower(8, 5);

    static final Workload HUNTING_GROUND = new Workload(2, 3, 1, 2, 12, 2, 2, 1, new Faults(1, 1, 1, 1, 8));
    static final int MOST_SEEDS = 300;
    private static final int HARMLESS_SEEDS = 30;
    private static final int CLOSINGS = 3;

    /** From the smallest on, with what goes wrong last. */
    private static final List<Workload> SMALL = List.of(
            new Workload(2, 2, 1, 1, 2, 1, 0, 0),
            new Workload(2, 2, 1, 2, 3, 2, 0, 0),
            new Workload(2, 2, 1, 1, 3, 2, 1, 0),
            new Workload(2, 2, 1, 1, 3, 1, 0, 0, new Faults(1, 1, 0, 0, 4)),
            new Workload(2, 2, 1, 1, 3, 2, 1, 0, new Faults(0, 0, 1, 0, 4)));

    /** The same for rules about opening disks: messages come again, and disks are opened again. */
    private static final List<Workload> SMALL_OPENING = List.of(
            new Workload(1, 1, 1, 1, 4, 1, 0, 1).withOpening(2),
            new Workload(1, 2, 1, 1, 6, 1, 0, 1, new Faults(0, 0, 0, 0, 16)).withOpening(6),
            new Workload(2, 2, 1, 1, 6, 2, 0, 1, new Faults(0, 0, 1, 2, 16)).withOpening(6));

    /** The same for rules about empty segments. */
    private static final List<Workload> SMALL_SPACE = List.of(
            new Workload(1, 1, 1, 1, 4, 0, 0, 0).withSpace(1, 3),
            new Workload(2, 2, 1, 1, 5, 1, 0, 0).withSpace(1, 3),
            new Workload(2, 2, 1, 2, 8, 1, 0, 0).withSpace(1, 6));

    /** The same for rules about flushes and loss of power. */
    private static final List<Workload> SMALL_POWER = List.of(
            new Workload(1, 1, 1, 1, 4, 1, 0, 0).withPower(1, 1),
            new Workload(1, 1, 1, 2, 4, 1, 0, 0).withSpace(1, 2).withPower(1, 1),
            new Workload(1, 2, 1, 2, 6, 1, 0, 0).withSpace(1, 4).withPower(2, 3));

    private static final int CREATIONS = 1;
    private static final int OFFERS = 6;
    private static final int FLUSHES = 4;
    private static final int POWER_LOSSES = 3;

    private static final int SEEDS_IN_SMALL = 60;

    private RandomConformance() {}

    /**
     * What came of many runs.
     *
     * @param runs how many runs there were
     * @param events how many events were accepted in all
     * @param failure the first run that failed, if one did
     */
    public record Result(int runs, long events, Optional<Failure> failure) {}

    /**
     * A run that failed.
     *
     * @param found the run as it was found
     * @param shrunk a short run that fails in the same way
     * @param isShortest whether it was tried that no single choice can be left out of it
     */
    public record Failure(SimulatedRun found, SimulatedRun shrunk, boolean isShortest) {
        /** Returns the short schedule, as the text of a file for {@link RecordedSchedule#read}. */
        public String schedule(Mutant mutant) {
            return RecordedSchedule.of(shrunk, mutant).text();
        }

        /** Returns what to tell: the seed, the reason, the shortest schedule, and how to run it again. */
        public String report(Mutant mutant) {
            return "seed " + found.seed() + " fails after " + found.choices().size() + " choices; "
                    + shrunk.choices().size() + " of them are enough"
                    + (isShortest ? "" : " (perhaps fewer: the time for making it shorter was over)") + "\n"
                    + String.join("\n", LastEvents.lines(shrunk.header(), shrunk.trace())) + "\n"
                    + shrunk.problem().map(SimulatedRun.Problem::text).orElse("(no problem)") + "\nreplay: "
                    + shrunk.replayCommand(mutant);
        }
    }

    /** Runs one seed after the other until one fails; the failing run is shrunk. */
    public static Result run(
            Conformance conformance,
            Workload workload,
            long firstSeed,
            int runs,
            Mutant mutant,
            Consumer<SimulatedRun> each) {
        long events = 0;
        for (int i = 0; i < runs; i++) {
            SimulatedRun run = SimulatedRun.random(conformance, workload, firstSeed + i, mutant);
            events += run.trace().size();
            if (run.problem().isPresent()) {
                Failure failure = shrink(conformance, run, mutant);
                each.accept(failure.shrunk());
                return new Result(i + 1, events, Optional.of(failure));
            }
            each.accept(run);
        }
        return new Result(runs, events, Optional.empty());
    }

    static Failure shrink(Conformance conformance, SimulatedRun run, Mutant mutant) {
        boolean standstill = run.problem().stream().anyMatch(SimulatedRun.Problem::isStandstill);
        Shrinker.Shrunk shrunk = Shrinker.shrink(
                run, choices -> SimulatedRun.following(conformance, run, choices, mutant, standstill), Shrinker.LIMIT);
        return new Failure(run, shrunk.run().explained(conformance), shrunk.isShortest());
    }

    /**
     * What the hunt for a mutant came to.
     *
     * @param failure a short run that the spec rejects, if one was found
     * @param asExpected whether it was rejected at the action and by the rule that the mutant names
     * @param summary the verdict in a line
     */
    public record Verdict(Optional<Failure> failure, boolean asExpected, String summary) {}

    /**
     * Looks for a run in which the mutant is rejected by the rule that it breaks, if it can be in a small system, and
     * shrinks it.
     */
    public static Verdict hunt(Conformance conformance, Mutant mutant) {
        return find(conformance, mutant)
                .map(run -> verdict(shrink(conformance, run, mutant), mutant))
                .orElseGet(() -> uncaught(mutant));
    }

    private static Optional<SimulatedRun> find(Conformance conformance, Mutant mutant) {
        return lookInSmall(conformance, mutant).or(() -> look(conformance, mutant));
    }

    /** Shrinking leaves out steps, but not a host or a snapshot: what is to be read by people begins small. */
    private static Optional<SimulatedRun> lookInSmall(Conformance conformance, Mutant mutant) {
        if (!mutant.isHarmless()) {
            for (Workload workload : small(mutant)) {
                for (long seed = 1; seed <= SEEDS_IN_SMALL; seed++) {
                    SimulatedRun run = SimulatedRun.random(conformance, workload, seed, mutant);
                    if (run.problem()
                            .flatMap(SimulatedRun.Problem::rejection)
                            .filter(r -> mutant.isRejectedAt(r.action(), r.path()))
                            .isPresent()) {
                        return Optional.of(run);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns a workload in which the mutant's rule makes a difference. */
    public static Workload like(Workload workload, Mutant mutant) {
        return switch (mutant.where()) {
            case ANYWHERE -> workload;
            case OPENING -> workload.withOpening(CLOSINGS);
            case SPACE -> workload.withSpace(CREATIONS, OFFERS);
            case POWER -> workload.withSpace(CREATIONS, OFFERS).withPower(FLUSHES, POWER_LOSSES);
        };
    }

    private static List<Workload> small(Mutant mutant) {
        return switch (mutant.where()) {
            case ANYWHERE -> SMALL;
            case OPENING -> SMALL_OPENING;
            case SPACE -> SMALL_SPACE;
            case POWER -> SMALL_POWER;
        };
    }

    /** Looks for a run in which the mutant is rejected by the rule that it breaks, and leaves it as it is. */
    public static Verdict judge(Conformance conformance, Mutant mutant) {
        return find(conformance, mutant)
                .map(run -> verdict(new Failure(run, run, false), mutant))
                .orElseGet(() -> uncaught(mutant));
    }

    /** Returns the first run that is rejected; one in which the system only hangs if there is no other. */
    private static Optional<SimulatedRun> look(Conformance conformance, Mutant mutant) {
        Optional<SimulatedRun> standstill = Optional.empty();
        for (long seed = 1; seed <= seeds(mutant); seed++) {
            SimulatedRun run = SimulatedRun.random(conformance, like(HUNTING_GROUND, mutant), seed, mutant);
            if (run.problem().isPresent()) {
                if (!run.problem().get().isStandstill()) {
                    return Optional.of(run);
                }
                standstill = standstill.or(() -> Optional.of(run));
            }
        }
        return standstill;
    }

    private static int seeds(Mutant mutant) {
        return mutant.isHarmless() ? HARMLESS_SEEDS : MOST_SEEDS;
    }

    private static Verdict uncaught(Mutant mutant) {
        return new Verdict(
                Optional.empty(),
                mutant.isHarmless(),
                (mutant.isHarmless() ? "accepted, as it should be, in " : "NOT CAUGHT in ") + seeds(mutant) + " runs");
    }

    private static Verdict verdict(Failure failure, Mutant mutant) {
        Optional<Rejection> rejection = failure.shrunk().problem().flatMap(SimulatedRun.Problem::rejection);
        boolean asExpected =
                rejection.filter(r -> mutant.isRejectedAt(r.action(), r.path())).isPresent();
        String caught = rejection
                .map(r -> r.summary() + " (seed "
                        + failure.found().seed() + ", "
                        + failure.shrunk().trace().size() + " events)")
                .or(() -> failure.shrunk()
                        .problem()
                        .flatMap(SimulatedRun.Problem::violation)
                        .map(violation -> "accepted by the spec, but not by the hosts: " + violation.kind()))
                .or(() -> failure.shrunk()
                        .problem()
                        .flatMap(SimulatedRun.Problem::thrown)
                        .map(thrown -> failure.shrunk().problem().get().summary()))
                .orElse("the system came to a standstill");
        return new Verdict(
                Optional.of(failure),
                asExpected,
                asExpected
                        ? caught
                        : caught + ", BUT " + mutant.actions() + " → " + mutant.operator() + " WAS EXPECTED");
    }
}
