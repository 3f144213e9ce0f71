package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.verify.Part.Row;
import dev.faultline.conformance.verify.Part.Rows;
import dev.faultline.core.Event;
import dev.faultline.history.History;
import dev.faultline.history.HistoryChecker;
import dev.faultline.history.HistoryRecorder;
import dev.faultline.history.Violation;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Checks the trace of a run of which is known how much it did. */
final class TraceOfRun {
    private TraceOfRun() {}

    /**
     * Checks a trace against the specification, and what hosts saw without it. A trace in which not every I/O of the run has
     * come to its end is not the trace of this run.
     *
     * @param file a file or folder
     * @param ios how many I/Os the run did
     * @return which outcomes there are in the trace
     */
    static Outcomes check(Rows rows, Conformance conformance, Path file, long ios) throws IOException {
        long completed = 0;
        long begin = System.nanoTime();
        try (TraceSource trace = TraceSource.open(file)) {
            TraceChecker checker = conformance.rememberingChecker(trace.header());
            HistoryRecorder recorder = new HistoryRecorder(trace.header());
            Optional<Rejection> rejection = Optional.empty();
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                recorder.accept(event);
                completed += event.event() instanceof Event.Complete ? 1 : 0;
                if (rejection.isEmpty()) {
                    rejection = checker.accept(event);
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            String incomplete = completed == ios
                    ? ""
                    : "the run did " + ios + " I/Os, but " + completed + " are complete in its trace";
            rows.add(new Row(
                    "trace",
                    rejection.isEmpty() && completed == ios,
                    figures(
                            "%,d events %s, %.1f s, %,.0f events/s, at most %,d believed at once in a segment",
                            checker.events(),
                            rejection.isEmpty() ? "accepted" : "accepted, then one rejected",
                            seconds,
                            checker.events() / seconds,
                            checker.mostBelieved()),
                    rejection.map(Rejection::text).orElse(incomplete)));
            addHistory(rows, recorder.history());
            return checker.outcomes();
        }
    }

    private static void addHistory(Rows rows, History history) {
        long begin = System.nanoTime();
        Optional<Violation> violation = HistoryChecker.check(history);
        rows.add(new Row(
                "what hosts saw",
                violation.isEmpty(),
                figures(
                        "%,d calls %s, without the spec, %.1f s",
                        history.calls().size(),
                        violation.isEmpty() ? "explained" : "not explained",
                        (System.nanoTime() - begin) / 1e9),
                violation.map(Violation::text).orElse("")));
    }
}
