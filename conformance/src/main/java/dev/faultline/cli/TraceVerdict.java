package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.history.History;
import dev.faultline.history.HistoryChecker;
import dev.faultline.history.HistoryRecorder;
import dev.faultline.history.Violation;
import dev.faultline.spec.picture.SequenceDiagram;
import dev.faultline.trace.ReadAhead;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TracePosition;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks traces with the specification, and without it, and prints what came of it. */
final class TraceVerdict {
    private final Conformance conformance;
    private final PrintWriter out;
    private final Consumer<SequenceDiagram> pictures;
    private final int mostCalls;
    private final int threads;

    /**
     * Makes a judge of traces.
     *
     * @param pictures takes the pictures of rejections
     * @param mostCalls what hosts saw is not judged if there were more calls; they are kept in memory
     * @param threads how many check the slices of a trace, beside one that reads it; with 1, all is done on the caller's
     */
    TraceVerdict(
            Conformance conformance, PrintWriter out, Consumer<SequenceDiagram> pictures, int mostCalls, int threads) {
        this.conformance = conformance;
        this.out = out;
        this.pictures = pictures;
        this.mostCalls = mostCalls;
        this.threads = threads;
    }

    /** Where the last events stand: one may be refused when others have been handed in after it. */
    private static final class Positions {
        private final @Nullable TracePosition[] last = new @Nullable TracePosition[TraceChecker.MOST_AHEAD + 1];
        private long added;

        void add(TracePosition position) {
            last[(int) (added++ % last.length)] = position;
        }

        /** Returns where an event stands, by how many were added after it. */
        @Nullable
        TracePosition before(long events) {
            return last[(int) ((added - 1 - events) % last.length)];
        }
    }

    /**
     * Validates one trace and prints the verdict.
     *
     * @param file a file, or a folder with a file for each place
     * @param whole whether a trace without its end is refused
     * @return the exit status
     */
    int of(Path file, boolean whole) {
        try (TraceSource trace = open(file, whole);
                TraceChecker checker = conformance.rememberingChecker(trace.header(), threads)) {
            @Nullable HistoryRecorder recorder = new HistoryRecorder(trace.header());
            long begin = System.nanoTime();
            Optional<Rejection> rejection = Optional.empty();
            Positions positions = new Positions();
            long taken = 0;
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                if (recorder != null) {
                    recorder.accept(event);
                    recorder = recorder.calls() > mostCalls ? null : recorder;
                }
                if (rejection.isEmpty()) {
                    positions.add(trace.at());
                    taken++;
                    rejection = checker.accept(event);
                    tell(rejection, taken, positions);
                }
            }
            if (rejection.isEmpty()) {
                rejection = checker.finish();
                tell(rejection, taken, positions);
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

    private TraceSource open(Path file, boolean whole) {
        TraceSource trace = TraceSource.open(file, whole);
        return threads == 1 ? trace : new ReadAhead(trace);
    }

    private void tell(Optional<Rejection> rejection, long taken, Positions positions) {
        rejection.ifPresent(r -> {
            out.printf(Locale.ROOT, "%s: rejected%n%s%n", positions.before(taken - r.number()), r.text());
            pictures.accept(r.picture());
        });
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
