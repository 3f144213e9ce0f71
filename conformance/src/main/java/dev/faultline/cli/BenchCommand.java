package dev.faultline.cli;

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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    private static final String SCENARIO = "deletion";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            converter = Counts.AtLeastOne.class,
            defaultValue = "3",
            description = "rounds of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("checking traces, of files, on one thread; seconds are of its processor time");
        inFolder(folder -> {
            ValidationBenchmark.run(folder, rounds, out);
            return 0.0;
        });
        out.printf(
                Locale.ROOT, "%nchecking traces of a disk with one segment, and the same by a TLC process for each%n");
        besideTlc(out);
        out.printf(Locale.ROOT, "%nexploring the scenario %s, one thread%n", SCENARIO);
        double[] rates = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            Explored explored = Exhaustive.explore(Set.of(SCENARIO), Rules.ALL, 1, each -> {})
                    .get(0);
            rates[round] = explored.transitionsPerSecond();
        }
        out.printf(Locale.ROOT, "%,12.0f steps/s%n", median(rates));
        out.printf(Locale.ROOT, "%nmoving lib/modules of this JDK through the real system%n");
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
        return 0;
    }

    private static void besideTlc(PrintWriter out) throws IOException, InterruptedException {
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
