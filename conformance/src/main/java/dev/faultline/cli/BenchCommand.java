package dev.faultline.cli;

import dev.faultline.conformance.bench.ShapesBenchmark;
import dev.faultline.conformance.bench.ValidationBenchmark;
import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.exploring.Exhaustive;
import dev.faultline.conformance.exploring.Explored;
import dev.faultline.conformance.live.RealDataRun;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.core.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: the figures, measured again. */
@Command(
        name = "bench",
        description = {
            "Measures how fast traces are checked, systems are explored, and the real system runs.",
            "The real system runs with and without a trace and a monitor. Prints medians, and ratios to the first row "
                    + "of each table.",
            "Exit status: 0 measured, 2 usage."
        },
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {
    private static final String SCENARIO = "quiesce";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            converter = Counts.AtLeastOne.class,
            defaultValue = "3",
            description = "rounds of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "measure only these: traces, shapes, threads, small, tlc, explorer, system")
    private @Nullable Set<String> only;

    @Option(
            names = "--events",
            converter = Counts.AtLeastOne.class,
            defaultValue = "2000000",
            description = "how long the trace is that is checked on several threads (default: ${DEFAULT-VALUE})")
    private int events;

    /** A part of what is measured. */
    private interface Part {
        void measure(PrintWriter out) throws IOException, InterruptedException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("traces", this::traces);
        parts.put("shapes", this::shapes);
        parts.put("threads", this::threads);
        parts.put("small", BenchCommand::small);
        parts.put("tlc", BenchCommand::besideTlc);
        parts.put("explorer", this::explorer);
        parts.put("system", this::system);
        for (String wanted : only == null ? Set.<String>of() : only) {
            if (!parts.containsKey(wanted)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "nothing is called '" + wanted + "'; there are " + String.join(", ", parts.keySet()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (only == null || only.contains(part.getKey())) {
                part.getValue().measure(out);
                out.println();
            }
        }
        return 0;
    }

    private void traces(PrintWriter out) throws IOException {
        out.println("checking traces, of files, on one thread; seconds are of its processor time");
        inFolder(folder -> {
            ValidationBenchmark.run(folder, rounds, out);
            return 0.0;
        });
    }

    private void shapes(PrintWriter out) {
        out.println("checking traces of the simulator, in memory, on one thread; seconds are of its processor time");
        ShapesBenchmark.run(rounds, out);
    }

    private void threads(PrintWriter out) throws IOException {
        out.println("checking a trace, of files, on threads; all seconds count, nothing is known before");
        inFolder(folder -> {
            ValidationBenchmark.runOnThreads(folder, events, rounds, out);
            return 0.0;
        });
    }

    private static void small(PrintWriter out) throws IOException, InterruptedException {
        out.println("checking many small traces in one process, and some of them by a TLC process for each");
        Path folder = Files.createTempDirectory("faultline-bench");
        try {
            ValidationBenchmark.runSmall(folder, out);
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    private void explorer(PrintWriter out) throws InterruptedException {
        out.printf(Locale.ROOT, "exploring the scenario %s%n%8s %12s %7s%n", SCENARIO, "threads", "steps/s", "ratio");
        double one = 0;
        for (int workers = 1; workers <= Runtime.getRuntime().availableProcessors(); workers++) {
            double[] rates = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                Explored explored = Exhaustive.explore(Set.of(SCENARIO), Rules.ALL, workers, each -> {})
                        .get(0);
                rates[round] = explored.transitionsPerSecond();
            }
            double median = median(rates);
            one = workers == 1 ? median : one;
            out.printf(Locale.ROOT, "%8d %12.0f %7.2f%n", workers, median, median / one);
            out.flush();
        }
    }

    private void system(PrintWriter out) throws IOException {
        out.println("moving lib/modules of this JDK through the real system");
        Path file = Path.of(System.getProperty("java.home"), "lib", "modules");
        double alone = print(
                out,
                "no trace",
                0,
                folder -> RealDataRun.runUntraced(file, folder).seconds());
        print(
                out,
                "trace to files",
                alone,
                folder -> RealDataRun.run(
                                file,
                                folder,
                                folder.resolve("trace"),
                                unfinished -> {},
                                Mutant.none(),
                                RealDataRun.PATIENCE)
                        .seconds());
        print(out, "monitor", alone, folder -> {
            try (Conformance conformance = new Conformance()) {
                return RealDataRun.runMonitored(
                                file, folder, conformance, monitor -> {}, Mutant.none(), RealDataRun.PATIENCE)
                        .seconds();
            }
        });
    }

    private static void besideTlc(PrintWriter out) throws IOException, InterruptedException {
        out.println("checking traces of a disk with one segment, and the same by a TLC process for each");
        Path folder = Files.createTempDirectory("faultline-bench");
        try {
            ValidationBenchmark.runBesideTlc(folder, out);
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    /** Measures a row and prints it, with its ratio to the first row unless it is that. Returns the median of seconds. */
    private double print(PrintWriter out, String name, double first, Work work) throws IOException {
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            seconds[round] = inFolder(work);
        }
        double median = median(seconds);
        out.printf(Locale.ROOT, "%18s %6.1f s %7.2f%n", name, median, first == 0 ? 1 : median / first);
        out.flush();
        return median;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private interface Work {
        double in(Path folder) throws IOException;
    }

    private static double inFolder(Work work) throws IOException {
        Path folder = Files.createTempDirectory("faultline-bench");
        try {
            return work.in(folder);
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }
}
