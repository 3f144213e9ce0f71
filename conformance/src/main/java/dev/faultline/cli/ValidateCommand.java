package dev.faultline.cli;

import dev.faultline.conformance.Conformance;
import dev.faultline.conformance.Rejection;
import dev.faultline.conformance.TraceChecker;
import dev.faultline.history.History;
import dev.faultline.history.HistoryChecker;
import dev.faultline.history.HistoryRecorder;
import dev.faultline.history.Violation;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceReader;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate TRACE…}: is this trace a behaviour of the spec, and can what hosts saw be? */
@Command(
        name = "validate",
        description = {
            "Checks recorded traces against the specification; and, without it, whether what hosts saw can be explained: an",
            "order of the calls on each block, and one instant for each snapshot. The calls are kept in memory for that.",
            "Exit status: 0 all accepted, 1 one rejected (with the reason), 2 one cannot be read."
        })
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "TRACE", description = "traces, one event a line")
    private List<Path> traces = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int status = 0;
        try (Conformance conformance = new Conformance()) {
            for (Path trace : traces) {
                status = Math.max(status, validate(conformance, trace, out));
            }
        }
        return status;
    }

    /** Validates one trace and prints the verdict; returns the exit status. */
    static int validate(Conformance conformance, Path file, PrintWriter out) {
        try (TraceReader trace = TraceReader.open(file)) {
            TraceChecker checker = conformance.rememberingChecker(trace.header());
            HistoryRecorder recorder = new HistoryRecorder(trace.header());
            long begin = System.nanoTime();
            Optional<Rejection> rejection = Optional.empty();
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                recorder.accept(event);
                if (rejection.isEmpty()) {
                    rejection = checker.accept(event);
                    rejection.ifPresent(
                            r -> out.printf("%s: line %d: rejected%n%s%n", file, trace.lineNumber(), r.text()));
                }
            }
            if (checker.events() == 0 && rejection.isEmpty()) {
                throw new UnusableTraceException(file + ": there is no event in the trace");
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (rejection.isEmpty()) {
                out.printf(
                        Locale.ROOT,
                        "%s: accepted: %,d events in %.1f s, %,.0f events/s; at most %d believed state%s in a segment%n",
                        file,
                        checker.events(),
                        seconds,
                        checker.events() / seconds,
                        checker.mostBelieved(),
                        checker.mostBelieved() == 1 ? "" : "s");
            }
            boolean explained = tellHistory(recorder.history(), file, out);
            out.flush();
            return rejection.isEmpty() && explained ? 0 : 1;
        }
    }

    private static boolean tellHistory(History history, Path file, PrintWriter out) {
        long begin = System.nanoTime();
        Optional<Violation> violation = HistoryChecker.check(history);
        violation.ifPresentOrElse(
                v -> out.printf("%s: what hosts saw cannot be%n%s%n", file, v.text()),
                () -> out.printf(
                        Locale.ROOT,
                        "%s: what hosts saw is explained: %,d calls, %d requests for snapshots, %.1f s%n",
                        file,
                        history.calls().size(),
                        history.requests().size(),
                        (System.nanoTime() - begin) / 1e9));
        return violation.isEmpty();
    }
}
