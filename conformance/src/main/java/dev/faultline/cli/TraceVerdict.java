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
import dev.faultline.trace.TraceClocks;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TracePosition;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.TraceStop;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks traces with the specification, and without it, and prints what came of it. */
final class TraceVerdict {
    private static final int UNENDED_SHOWN = 4;

    private final Conformance conformance;
    private final PrintWriter out;
    private final Consumer<SequenceDiagram> pictures;
    private final int mostCalls;
    private final int threads;
    private final boolean atOnce;

    /**
     * Makes a judge of traces.
     *
     * @param pictures takes the pictures of rejections
     * @param mostCalls what hosts saw is not judged if there were more calls; they are kept in memory
     * @param threads how many check the slices of a trace, beside one that reads it; with 1, all is done on the caller's
     * @param atOnce whether a rejection is told when it is found, though the rest of the trace may turn out to be none
     */
    TraceVerdict(
            Conformance conformance,
            PrintWriter out,
            Consumer<SequenceDiagram> pictures,
            int mostCalls,
            int threads,
            boolean atOnce) {
        this.conformance = conformance;
        this.out = out;
        this.pictures = pictures;
        this.mostCalls = mostCalls;
        this.threads = threads;
        this.atOnce = atOnce;
    }

    /** Where the last events stand: one may be refused when others have been handed in after it. */
    private static final class Positions {
        private final @Nullable TracePosition[] last = new @Nullable TracePosition[TraceChecker.MOST_AHEAD + 1];
        private long added;

        void add(TracePosition position) {
            last[(int) (added++ % last.length)] = position;
        }

        /** Returns where the event stands that is refused, which may have been followed by others. */
        String before(long taken, Rejection rejection) {
            return String.valueOf(last[(int) ((added - 1 - (taken - rejection.number())) % last.length)]);
        }
    }

    /**
     * Validates one trace and prints the verdict, when all of it has been read: of what turns out not to be a trace no event
     * is a finding.
     *
     * @param name what it is called in messages
     * @param source the trace; closed when this returns
     * @param again opens it another time; null if it can be read only once
     * @return the exit status
     * @throws UnusableTraceException if it cannot be read to its end
     */
    int of(String name, TraceSource source, @Nullable Supplier<TraceSource> again) {
        source.passedOver().forEach(file -> out.printf(Locale.ROOT, "%s: passed over: it is no trace%n", file));
        try (TraceSource trace = threads == 1 ? source : new ReadAhead(source);
                TraceChecker checker = conformance.rememberingChecker(trace.header(), threads)) {
            return of(name, trace, checker, again);
        }
    }

    private Rejection explained(Rejection rejection, @Nullable Supplier<TraceSource> again) {
        if (again == null) {
            return rejection;
        }
        try (TraceSource trace = again.get()) {
            return conformance.explained(trace.header(), rejection, trace::next);
        } catch (UnusableTraceException e) {
            if (atOnce) {
                return rejection; // what is being written may be elsewhere by now
            }
            throw e;
        }
    }

    private int of(String name, TraceSource trace, TraceChecker checker, @Nullable Supplier<TraceSource> again) {
        @Nullable HistoryRecorder recorder = new HistoryRecorder(trace.header());
        long begin = System.nanoTime();
        Optional<Rejection> rejection = Optional.empty();
        Positions positions = new Positions();
        long taken = 0;
        String position = name;
        for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
            if (recorder != null) {
                recorder.accept(event);
                recorder = recorder.calls() > mostCalls ? null : recorder;
            }
            if (rejection.isEmpty()) {
                positions.add(trace.at());
                taken++;
                rejection = checker.accept(event);
                position = rejection.isPresent() ? positions.before(taken, rejection.get()) : position;
                if (atOnce && rejection.isPresent()) {
                    break;
                }
            }
        }
        if (rejection.isEmpty()) {
            rejection = checker.finish();
            position = rejection.isPresent() ? positions.before(taken, rejection.get()) : position;
        }
        Optional<TraceStop> stop = atOnce && rejection.isPresent() ? Optional.empty() : trace.stop();
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
            expectClocksOfOneSystem(name, atOnce ? null : again);
            if (!trace.withoutFile().isEmpty()) {
                out.printf(
                        Locale.ROOT,
                        "%s: before anything is blamed: there is no file of %s; if anything happened there, a part of the"
                                + " trace is missing%n",
                        name,
                        String.join(", ", trace.withoutFile()));
            }
            out.printf(
                    Locale.ROOT,
                    "%s: rejected%n%s%n",
                    position,
                    explained(rejection.get(), again).text());
            pictures.accept(rejection.get().picture());
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

    /**
     * Looks whether it may be a clock that is to blame.
     *
     * @throws UnusableTraceException if it is
     */
    private static void expectClocksOfOneSystem(String name, @Nullable Supplier<TraceSource> again) {
        if (again != null) {
            try (TraceSource trace = again.get()) {
                TraceClocks.shifted(trace).ifPresent(shift -> {
                    throw new UnusableTraceException(name + ": " + shift);
                });
            }
        }
    }

    private void tellStop(String name, TraceStop stop) {
        out.printf(
                Locale.ROOT,
                "%s: checked up to time %d, where %s stops; left out: %s after it; without an end: %s%n",
                name,
                stop.time(),
                stop.place(),
                Counted.of(stop.leftOut(), "event"),
                stop.unended().stream().limit(UNENDED_SHOWN).collect(Collectors.joining(", "))
                        + (stop.unended().size() > UNENDED_SHOWN
                                ? " and " + (stop.unended().size() - UNENDED_SHOWN) + " more"
                                : ""));
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
