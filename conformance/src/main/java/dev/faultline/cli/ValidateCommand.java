package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
            description = {
                "judge what hosts saw in traces with at most so many calls; each takes some 100 bytes of memory, the rest of",
                "a trace takes none (default: ${DEFAULT-VALUE})"
            })
    private int calls;

    @Option(
            names = "--prefix",
            description = {
                "take a trace that has no end, of a system that was killed, up to the earliest time at which one of its",
                "files stops; what comes after it may depend on what is lost, and is left out"
            })
    private boolean prefix;

    @Mixin
    private PictureOption picture;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int status = 0;
        try (Conformance conformance = new Conformance()) {
            TraceVerdict verdict = new TraceVerdict(conformance, out, picture, calls);
            for (Path trace : traces) {
                status = Math.max(status, of(trace, verdict));
            }
        }
        return status;
    }

    /** Tells of one trace, also that it cannot be read: those that come after it can be checked all the same. */
    private int of(Path file, TraceVerdict verdict) {
        boolean isStandardInput = file.toString().equals("-");
        try (TraceSource trace = isStandardInput
                ? TraceSource.of("standard input", System.in, !prefix)
                : TraceSource.open(file, !prefix)) {
            return verdict.of(isStandardInput ? "standard input" : file.toString(), trace);
        } catch (UnusableTraceException e) {
            Failures.tell(spec.commandLine().getErr(), String.valueOf(e.getMessage()));
            return ExitStatus.UNUSABLE;
        }
    }
}
