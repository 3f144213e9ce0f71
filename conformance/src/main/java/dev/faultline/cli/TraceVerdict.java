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
import dev.faultline.trace.TraceStop;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
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
     * Validates one trace and prints the verdict, when all of it has been read: of what turns out not to be a trace no event
     * is a finding.
     *
     * @param name what it is called in messages
     * @param trace the trace; the caller closes it
     * @return the exit status
     * @throws UnusableTraceException if it cannot be read to its end
     */
    int of(String name, TraceSource trace) {
        trace.passedOver().forEach(file -> out.printf(Locale.ROOT, "%s: passed over: it is no trace%n", file));
        TraceChecker checker = conformance.rememberingChecker(trace.header());
        @Nullable HistoryRecorder recorder = new HistoryRecorder(trace.header());
        long begin = System.nanoTime();
        Optional<Rejection> rejection = Optional.empty();
        String position = name;
        for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
            if (recorder != null) {
                recorder.accept(event);
                recorder = recorder.calls() > mostCalls ? null : recorder;
            }
            if (rejection.isEmpty()) {
                rejection = checker.accept(event);
                position = rejection.isPresent() ? trace.position() : position;
            }
        }
        Optional<TraceStop> stop = trace.stop();
        if (checker.events() == 0 && rejection.isEmpty() && stop.isEmpty()) {
            throw new UnusableTraceException(name + ": there is no event in the trace");
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (rejection.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "%s: accepted: %s in %.1f s, %,.0f events/s; at most %s in a segment%n",
                    name,
                    Counted.of(checker.events(), "event"),
                    seconds,
                    checker.events() / seconds,
                    Counted.of(checker.mostBelieved(), "believed state"));
        } else {
            out.printf(
                    Locale.ROOT, "%s: rejected%n%s%n", position, rejection.get().text());
            picture.write(rejection.get().picture());
        }
        stop.ifPresent(s -> tellStop(name, s));
        boolean explained = true;
        if (recorder == null) {
            out.printf(
                    Locale.ROOT,
                    "%s: what hosts saw is not judged: more than %s%n",
                    name,
                    Counted.of(mostCalls, "call"));
        } else {
            explained = tellHistory(recorder.history(), name);
        }
        out.flush();
        return rejection.isEmpty() && explained ? ExitStatus.EXPECTED : ExitStatus.UNEXPECTED;
    }

    private void tellStop(String name, TraceStop stop) {
        out.printf(
                Locale.ROOT,
                "%s: checked up to time %d, where %s stops; left out: %s after it; without an end: %s%n",
                name,
                stop.time(),
                stop.place(),
                Counted.of(stop.leftOut(), "event"),
                String.join(", ", stop.unended()));
    }

    private boolean tellHistory(History history, String name) {
        long begin = System.nanoTime();
        Optional<Violation> violation = HistoryChecker.check(history);
        violation.ifPresentOrElse(
                v -> out.printf(Locale.ROOT, "%s: what hosts saw cannot be%n%s%n", name, v.text()),
                () -> out.printf(
                        Locale.ROOT,
                        "%s: what hosts saw is explained: %s, %s for snapshots, %.1f s%n",
                        name,
                        Counted.of(history.calls().size(), "call"),
                        Counted.of(history.requests().size(), "request"),
                        (System.nanoTime() - begin) / 1e9));
        return violation.isEmpty();
    }
}
