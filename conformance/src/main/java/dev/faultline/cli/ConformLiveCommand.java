package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.live.Churn;
import dev.faultline.conformance.live.Death;
import dev.faultline.conformance.live.Monitor;
import dev.faultline.conformance.live.RealDataRun;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.runtime.ClusterException;
import dev.faultline.trace.TraceSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code conform live}: the real system, checked while it runs. */
@Command(
        name = "live",
        description = {
            "Moves a real file through the real system, and checks every event while it runs.",
            "The first event that the specification refuses stops the system. Says what the monitor costs. With --files, "
                    + "the events are checked afterwards.",
            "Exit status: 0 all accepted, 1 one refused (with the reason), 2 usage."
        },
        sortOptions = false)
final class ConformLiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** A host calls, the agent starts the I/O, and completes it. */
    private static final int EVENTS_OF_AN_IO = 3;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "the file to move (default: lib/modules of the running JDK)")
    private @Nullable Path input;

    @Option(
            names = "--files",
            paramLabel = "FOLDER",
            description = {
                "write the events to files there, one for each place, and check them afterwards instead;",
                "see validate"
            })
    private @Nullable Path files;

    @Option(names = "--mutant", defaultValue = "none", description = "take a rule out of the code (see: mutants)")
    private String mutant = "none";

    @Option(
            names = "--rounds",
            converter = Counts.AtLeastOne.class,
            paramLabel = "N",
            description =
                    "in place of a file: threads write single blocks of two disks while both are snapshotted, N times, and "
                            + "snapshots are deleted; all of it is read back and compared")
    private @Nullable Integer rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "with --rounds: what is written where (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--patience",
            converter = Counts.AtLeastOne.class,
            paramLabel = "MILLISECONDS",
            defaultValue = "60000",
            description =
                    "how long a host, or who asks for a snapshot, waits for an answer (default: ${DEFAULT-VALUE})")
    private int patience;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private PictureOption picture;

    @Override
    public Integer call() throws IOException {
        Path file = input == null ? Path.of(System.getProperty("java.home"), "lib", "modules") : input;
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), file + ": there is no such file, or it cannot be read");
        }
        PrintWriter out = spec.commandLine().getOut();
        Mutant chosen = MutantsCommand.named(mutant, spec.commandLine());
        if (rounds != null) {
            return churn(rounds, chosen, out);
        }
        if (files != null) {
            return fromFiles(file, files, chosen, out);
        }
        AtomicReference<@Nullable Monitor> started = new AtomicReference<>();
        Optional<RealDataRun.Result> result = Optional.empty();
        try (Conformance conformance = new Conformance(memory.cache())) {
            result = Optional.of(inFolder(folder -> RealDataRun.runMonitored(
                    file, folder, conformance, started::set, chosen, Duration.ofMillis(patience))));
        } catch (ClusterException e) {
            Monitor monitor = started.get();
            if (monitor == null || monitor.rejection().isEmpty()) {
                return died(e, out);
            }
        }
        Monitor monitor = started.get();
        Optional<Rejection> rejection = monitor == null ? Optional.empty() : monitor.rejection();
        if (monitor == null || rejection.isPresent() || result.isEmpty()) {
            rejection.ifPresent(r -> picture.write(r.picture()));
            out.println("refused: " + rejection.map(Rejection::text).orElse("for no reason that the monitor knows"));
            return 1;
        }
        long ios = result.get().counts().ios();
        if (monitor.events() < EVENTS_OF_AN_IO * ios) {
            out.printf(
                    Locale.ROOT,
                    "refused: the run did %d I/Os, but the monitor was told of %d events%n",
                    ios,
                    monitor.events());
            return 1;
        }
        double alone = inFolder(folder -> RealDataRun.runUntraced(file, folder)).seconds();
        double watched = result.get().seconds();
        out.printf(
                Locale.ROOT,
                "accepted while it ran: %,d events, %,.0f events/s, at most %s in a segment;"
                        + " both disks %s%n%.1f s with the monitor, %.1f s without any trace: %.1f times as long%n",
                monitor.events(),
                monitor.events() / watched,
                Counted.of(monitor.mostBelieved(), "believed state"),
                result.get().isExact() ? "exact" : "NOT EXACT",
                watched,
                alone,
                watched / alone);
        return result.get().isExact() ? 0 : 1;
    }

    /** Tells what the system died of; what the machine refused is no finding, and thrown on. */
    private static int died(ClusterException exception, PrintWriter out) {
        if (Surroundings.refusal(exception).isPresent()) {
            throw exception;
        }
        out.println("refused: " + Death.text(exception));
        return ExitStatus.UNEXPECTED;
    }

    private int churn(int times, Mutant chosen, PrintWriter out) throws IOException {
        if (input != null || files != null) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds moves no file: it goes without --input and --files");
        }
        Churn.Result result = Churn.runInTemporaryFolder(times, seed, chosen, Duration.ofMillis(patience));
        result.rejection().ifPresent(rejection -> picture.write(rejection.picture()));
        out.printf(
                Locale.ROOT,
                "%s while it ran: %,d events%s%n%s",
                result.rejection().isEmpty() ? "accepted" : "refused",
                result.events(),
                result.counts()
                        .map(counts -> String.format(
                                Locale.ROOT,
                                "; %,d snapshots, %,d reads, %,d writes, %,d faults, %,d segments copied, %,d disks opened, "
                                        + "%,d segments filled, %,d given back, %,d writes without space",
                                counts.snapshots(),
                                counts.reads(),
                                counts.writes(),
                                counts.faults(),
                                counts.copies(),
                                counts.openings(),
                                counts.fills(),
                                counts.givenBack(),
                                counts.failed()))
                        .orElse(""),
                result.isRight() ? "" : result.text() + "\n");
        return result.isRight() ? ExitStatus.EXPECTED : ExitStatus.UNEXPECTED;
    }

    private int fromFiles(Path file, Path trace, Mutant chosen, PrintWriter out) throws IOException {
        if (Files.exists(trace)) {
            throw new ParameterException(spec.commandLine(), trace + ": there is something already");
        }
        AtomicReference<@Nullable Path> unfinished = new AtomicReference<>();
        Thread stopped = new Thread(() -> tellOfUnfinished(unfinished.get()), "faultline-stopped");
        Runtime.getRuntime().addShutdownHook(stopped);
        RealDataRun.Result result;
        try {
            result = inFolder(folder ->
                    RealDataRun.run(file, folder, trace, unfinished::set, chosen, Duration.ofMillis(patience)));
        } catch (ClusterException e) {
            tellOfUnfinished(unfinished.get());
            return died(e, out);
        } catch (IOException | RuntimeException e) {
            tellOfUnfinished(unfinished.get());
            throw e;
        } finally {
            forget(stopped);
        }
        out.printf(
                Locale.ROOT,
                "ran for %.1f s; both disks %s%n",
                result.seconds(),
                result.isExact() ? "exact" : "NOT EXACT");
        int processors = Runtime.getRuntime().availableProcessors();
        try (Conformance conformance = new Conformance(memory.cache());
                TraceSource source = TraceSource.open(trace)) {
            int status = new TraceVerdict(conformance, out, picture::write, Integer.MAX_VALUE, processors, false)
                    .of(trace.toString(), source, () -> TraceSource.open(trace));
            return result.isExact() ? status : 1;
        }
    }

    /** Tells where the events are of a system that has failed, or is stopped by Ctrl-C, and how to read them. */
    private void tellOfUnfinished(@Nullable Path folder) {
        if (folder != null && Files.exists(folder)) {
            Failures.tell(
                    spec.commandLine().getErr(), "what was traced so far: ./faultline validate --prefix " + folder);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }

    private interface Work<T> {
        T in(Path folder) throws IOException;
    }

    private static <T> T inFolder(Work<T> work) throws IOException {
        Path folder = Files.createTempDirectory("faultline-live");
        try {
            return work.in(folder);
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }
}
