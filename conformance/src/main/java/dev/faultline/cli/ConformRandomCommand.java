package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.conformance.schedules.SimulatedRun;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Workload;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code conform random}: seeded schedules of the simulator, or one given schedule. */
@Command(
        name = "random",
        description = {
            "Runs the cores in the simulator under random schedules and checks every event against the specification.",
            "Exit status: 0 all runs accepted, 1 one rejected (with seed, shortest schedule and replay command), 2 usage."
        },
        sortOptions = false)
final class ConformRandomCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", defaultValue = "1", description = "the first seed (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--runs",
            converter = Counts.AtLeastOne.class,
            defaultValue = "200",
            description = "how many seeds (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--agents",
            defaultValue = "2",
            description = "agents that run in the beginning (default: ${DEFAULT-VALUE})")
    private int agents;

    @Option(
            names = "--hosts",
            defaultValue = "3",
            description = "hosts, each with one I/O under way at most (default: ${DEFAULT-VALUE})")
    private int hosts;

    @Option(names = "--segments", defaultValue = "2", description = "segments of a disk (default: ${DEFAULT-VALUE})")
    private int segments;

    @Option(names = "--blocks", defaultValue = "2", description = "blocks of a segment (default: ${DEFAULT-VALUE})")
    private int blocks;

    @Option(names = "--operations", defaultValue = "20", description = "I/Os of each host (default: ${DEFAULT-VALUE})")
    private int operations;

    @Option(
            names = "--snapshots",
            defaultValue = "3",
            description = "snapshots asked for, of one to three disks (default: ${DEFAULT-VALUE})")
    private int snapshots;

    @Option(names = "--deletions", defaultValue = "2", description = "disks deleted (default: ${DEFAULT-VALUE})")
    private int deletions;

    @Option(
            names = "--inspections",
            defaultValue = "2",
            description = "questions what an agent has of a disk (default: ${DEFAULT-VALUE})")
    private int inspections;

    @Option(
            names = "--closings",
            description =
                    "agents open a disk before a host uses it, and close one so often; without this, all agents map all"
                            + " disks")
    private @Nullable Integer closings;

    @Option(
            names = "--creations",
            defaultValue = "0",
            description = "new disks, which are empty (default: ${DEFAULT-VALUE})")
    private int creations;

    @Option(
            names = "--offers",
            defaultValue = "0",
            description =
                    "how often an agent offers the storage of a segment back; every second write is one of zeros then"
                            + " (default: ${DEFAULT-VALUE})")
    private int offers;

    @Option(
            names = "--capacity",
            description =
                    "how many segments storage has space for, at least those of the first two disks; without this, any"
                            + " number")
    private @Nullable Integer capacity;

    @Option(
            names = "--flushes",
            defaultValue = "0",
            description = "how often a host flushes a disk (default: ${DEFAULT-VALUE})")
    private int flushes;

    @Option(
            names = "--power-losses",
            defaultValue = "0",
            description =
                    "how often storage loses power, and what was not flushed falls back (default: ${DEFAULT-VALUE})")
    private int powerLosses;

    @Option(
            names = "--agent-crashes",
            defaultValue = "1",
            description = "agents that crash, and come back under a new name (default: ${DEFAULT-VALUE})")
    private int agentCrashes;

    @Option(
            names = "--fences",
            defaultValue = "1",
            description = "agents that are given up though they run (default: ${DEFAULT-VALUE})")
    private int fences;

    @Option(
            names = "--controller-crashes",
            defaultValue = "1",
            description = "crashes of the controller (default: ${DEFAULT-VALUE})")
    private int controllerCrashes;

    @Option(names = "--losses", defaultValue = "3", description = "messages lost (default: ${DEFAULT-VALUE})")
    private int losses;

    @Option(
            names = "--repeats",
            defaultValue = "3",
            description = "messages that arrive twice or are sent twice (default: ${DEFAULT-VALUE})")
    private int repeats;

    @Option(names = "--mutant", defaultValue = "none", description = "take a rule out of the code (see: mutants)")
    private String mutant = "none";

    @Option(names = "--schedule", split = ",", paramLabel = "CHOICE", description = "run just this schedule")
    private @Nullable List<Integer> schedule;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            converter = OutputFile.Converter.class,
            description = "if a run is rejected, write its shortest schedule there; see conform replay")
    private @Nullable OutputFile saved;

    @Mixin
    private TraceOption trace;

    @Mixin
    private PictureOption picture;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Mutant chosen = MutantsCommand.named(mutant, spec.commandLine());
        Workload workload = workload(chosen);
        if (schedule != null
                && (saved != null || spec.commandLine().getParseResult().hasMatchedOption("--runs"))) {
            throw new ParameterException(
                    spec.commandLine(), "--runs and --save are for a search; a schedule that is given is run once");
        }
        try (Conformance conformance = new Conformance()) {
            if (schedule != null) {
                SimulatedRun run = SimulatedRun.replay(conformance, workload, seed, schedule, chosen);
                return ConformReplayCommand.tell(run, schedule, spec.commandLine(), trace, picture);
            }
            long begin = System.nanoTime();
            RandomConformance.Result result =
                    RandomConformance.run(conformance, workload, seed, runs, chosen, trace::write);
            if (result.failure().isPresent()) {
                RandomConformance.Failure failure = result.failure().get();
                out.println(failure.report(chosen));
                failure.shrunk()
                        .problem()
                        .flatMap(SimulatedRun.Problem::rejection)
                        .ifPresent(r -> picture.write(r.picture()));
                if (saved != null) {
                    saved.write(failure.schedule(chosen));
                }
                return 1;
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "accepted: %,d runs, seeds %d to %d, %,d events in %.1f s, %,.0f events/s%n",
                    runs,
                    seed,
                    seed + runs - 1,
                    result.events(),
                    seconds,
                    result.events() / seconds);
            return 0;
        }
    }

    private Workload workload(Mutant chosen) {
        if (seed > Long.MAX_VALUE - runs) {
            throw new ParameterException(spec.commandLine(), "there are no " + runs + " seeds from " + seed + " on");
        }
        try {
            Workload workload = new Workload(
                    agents,
                    hosts,
                    segments,
                    blocks,
                    operations,
                    snapshots,
                    deletions,
                    inspections,
                    new Faults(agentCrashes, fences, controllerCrashes, losses, repeats));
            Workload with =
                    closings == null ? RandomConformance.like(workload, chosen) : workload.withOpening(closings);
            Workload withSpace = creations == 0 && offers == 0 ? with : with.withSpace(creations, offers);
            Workload withCapacity = capacity == null ? withSpace : withSpace.withCapacity(capacity);
            return flushes == 0 && powerLosses == 0 ? withCapacity : withCapacity.withPower(flushes, powerLosses);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
