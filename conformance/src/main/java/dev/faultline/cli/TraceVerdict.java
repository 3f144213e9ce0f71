package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.history.History;
import dev.faultline.history.HistoryChecker;
import dev.faultline.history.HistoryRecorder;
import dev.faultline.history.Violation;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks traces with the specification, and without it, and prints what came of it. */
final class TraceVerdict {
    private final Conformance conformance;
    private final PrintWriter out;
    private final PictureOption picture;
    private final int mostCalls;

    /**
     * Makes a judge of traces.
     *
     * @param mostCalls what hosts saw is not judged if there were more calls; they are kept in memory
     */
    TraceVerdict(Conformance conformance, PrintWriter out, PictureOption picture, int mostCalls) {
        this.conformance = conformance;
        this.out = out;
        this.picture = picture;
        this.mostCalls = mostCalls;
    }

    /**
     * Validates one trace and prints the verdict.
     *
     * @param file a file, or a folder with a file for each place
     * @param whole whether a trace without its end is refused
     * @return the exit status
     */
    int of(Path file, boolean whole) {
        try (TraceSource trace = TraceSource.open(file, whole)) {
            TraceChecker checker = conformance.rememberingChecker(trace.header());
            @Nullable HistoryRecorder recorder = new HistoryRecorder(trace.header());
            long begin = System.nanoTime();
            Optional<Rejection> rejection = Optional.empty();
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                if (recorder != null) {
                    recorder.accept(event);
                    recorder = recorder.calls() > mostCalls ? null : recorder;
                }
                if (rejection.isEmpty()) {
                    rejection = checker.accept(event);
                    rejection.ifPresent(r -> {
                        out.printf(Locale.ROOT, "%s: rejected%n%s%n", trace.position(), r.text());
                        picture.write(r.picture());
                    });
                }
            }
            if (checker.events() == 0 && rejection.isEmpty()) {
                throw new UnusableTraceException(file + ": there is no event in the trace");
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (rejection.isEmpty()) {
                out.printf(
                        Locale.ROOT,
                        "%s: accepted: %s in %.1f s, %,.0f events/s; at most %s in a segment%n",
                        file,
                        Counted.of(checker.events(), "event"),
                        seconds,
                        checker.events() / seconds,
                        Counted.of(checker.mostBelieved(), "believed state"));
            }
            boolean explained = true;
            if (recorder == null) {
                out.printf(
                        Locale.ROOT,
                        "%s: what hosts saw is not judged: more than %s%n",
                        file,
                        Counted.of(mostCalls, "call"));
            } else {
                explained = tellHistory(recorder.history(), file);
            }
            out.flush();
            return rejection.isEmpty() && explained ? 0 : 1;
        }
    }

    private boolean tellHistory(History history, Path file) {
        long begin = System.nanoTime();
        Optional<Violation> violation = HistoryChecker.check(history);
        violation.ifPresentOrElse(
                v -> out.printf(Locale.ROOT, "%s: what hosts saw cannot be%n%s%n", file, v.text()),
                () -> out.printf(
                        Locale.ROOT,
                        "%s: what hosts saw is explained: %s, %s for snapshots, %.1f s%n",
                        file,
                        Counted.of(history.calls().size(), "call"),
                        Counted.of(history.requests().size(), "request"),
                        (System.nanoTime() - begin) / 1e9));
        return violation.isEmpty();
    }
}
