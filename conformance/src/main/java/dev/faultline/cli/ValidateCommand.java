package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.spec.picture.SequenceDiagram;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate TRACE…}: is this trace a behaviour of the spec, and can what hosts saw be? */
@Command(
        name = "validate",
        description = {
            "Checks recorded traces against the specification.",
            "Also checks, without the specification, whether what hosts saw can be explained: an order of the calls on "
                    + "each block, and one instant for each snapshot. The calls are kept in memory for that; see --calls.",
            "A trace is a file, - for standard input, or a folder with a file for each place: these are merged by the "
                    + "logical times of the events. Files may be compressed by gzip or zstd.",
            "All traces are checked, also after one that cannot be read. "
                    + "Exit status: 0 all accepted, 1 one rejected (with the reason), 2 one cannot be read."
        },
        sortOptions = false)
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "TRACE",
            description = "files or folders, one event a line; - is standard input")
    private List<Path> traces = List.of();

    @Option(
            names = "--calls",
            paramLabel = "NUMBER",
            converter = Counts.NotNegative.class,
            defaultValue = "2000000",
            description = "judge what hosts saw in traces with at most so many calls; each takes some 100 bytes of "
                    + "memory, the rest of a trace takes none (default: ${DEFAULT-VALUE})")
    private int calls;

    @Option(
            names = "--prefix",
            description = "take a trace that has no end, of a system that was killed, up to the earliest time at "
                    + "which one of its files stops; what comes after it may depend on what is lost, and is left "
                    + "out")
    private boolean prefix;

    @Option(
            names = "--follow",
            description =
                    "check a trace that is still being written: a rejection is told at once; the end is the end of "
                            + "all files, or --patience. One trace")
    private boolean follow;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            converter = Counts.AtLeastOne.class,
            defaultValue = "30",
            description =
                    "with --follow: for how long nothing may be written before the trace is taken for what is left "
                            + "of a system that was killed, as with --prefix (default: ${DEFAULT-VALUE})")
    private int patience;

    @Option(
            names = "--threads",
            paramLabel = "NUMBER",
            converter = Counts.Threads.class,
            description = "how many threads check a trace, beside one that reads it; of several traces, so many are "
                    + "checked at once. What is said of a trace does not depend on it (default: one for each "
                    + "processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private MemoryOption memory;

    @Mixin
    private PictureOption picture;

    @Mixin
    private AnySpecOptions anySpec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (anySpec.isUsed(spec.commandLine().getParseResult()::hasMatchedOption)) {
            for (String option :
                    List.of("--prefix", "--follow", "--patience", "--threads", "--calls", "--no-memory", "--picture")) {
                if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new UnusableInputException(option + " is for traces of the mapping protocol, not for --spec");
                }
            }
            return anySpec.validate(traces, out, spec.commandLine().getErr());
        }
        if (follow && traces.size() > 1) {
            throw new UnusableInputException("--follow is for one trace, and here are " + traces.size());
        }
        for (String option : List.of("--prefix", "--threads")) {
            if (follow && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new UnusableInputException(
                        option + " is not for --follow, which checks what is there on one thread");
            }
        }
        if (!follow && spec.commandLine().getParseResult().hasMatchedOption("--patience")) {
            throw new UnusableInputException("--patience is for --follow, which is not there");
        }
        try (Conformance conformance = new Conformance(memory.cache())) {
            if (traces.size() == 1 || threads == 1) {
                int status = 0;
                TraceVerdict verdict =
                        new TraceVerdict(conformance, out, picture::write, calls, follow ? 1 : threads, follow);
                for (Path trace : traces) {
                    status = Math.max(
                            status, of(trace, verdict, spec.commandLine().getErr()));
                }
                return status;
            }
            return sideBySide(conformance, out);
        }
    }

    /** What is to be said of a trace. */
    private record Told(int status, String text, String complaint, List<SequenceDiagram> pictures) {}

    private Told tell(Conformance conformance, Path trace) {
        StringWriter text = new StringWriter();
        List<SequenceDiagram> pictures = new ArrayList<>();
        StringWriter complaint = new StringWriter();
        TraceVerdict verdict = new TraceVerdict(conformance, new PrintWriter(text), pictures::add, calls, 1, false);
        int status = of(trace, verdict, new PrintWriter(complaint));
        return new Told(status, text.toString(), complaint.toString(), pictures);
    }

    /** Checks each trace on one thread, several at once; tells of them in the order in which they were given. */
    private int sideBySide(Conformance conformance, PrintWriter out) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, traces.size()), task -> {
            Thread thread = new Thread(task, "faultline-trace");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Told>> all = new ArrayList<>();
            traces.forEach(trace -> all.add(pool.submit(() -> tell(conformance, trace))));
            int status = 0;
            for (Future<Told> each : all) {
                Told told = each.get();
                out.print(told.text());
                out.flush();
                spec.commandLine().getErr().print(told.complaint());
                spec.commandLine().getErr().flush();
                told.pictures().forEach(picture::write);
                status = Math.max(status, told.status());
            }
            return status;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    /** Tells of one trace, also that it cannot be read: those that come after it can be checked all the same. */
    private int of(Path file, TraceVerdict verdict, PrintWriter err) {
        boolean isStandardInput = file.toString().equals("-");
        try (TraceSource trace =
                isStandardInput ? TraceSource.of("standard input", System.in, !prefix && !follow) : open(file)) {
            return verdict.of(
                    isStandardInput ? "standard input" : file.toString(),
                    trace,
                    isStandardInput ? null : () -> open(file));
        } catch (UnusableTraceException e) {
            Failures.tell(err, String.valueOf(e.getMessage()));
            return ExitStatus.UNUSABLE;
        }
    }

    private TraceSource open(Path file) {
        return follow ? TraceSource.follow(file, Duration.ofSeconds(patience)) : TraceSource.open(file, !prefix);
    }
}
