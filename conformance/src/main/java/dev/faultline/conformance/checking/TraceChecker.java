package dev.faultline.conformance.checking;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.projection.ActiveIo;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Projection;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.core.Event;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Holds a trace against the spec, event by event. For one thread at a time, and one trace.
 *
 * <p>The trace is cut into slices, one for each segment, and each slice is checked on its own with a spec of one
 * segment: a state stays small however large the disks are. A step that concerns many segments must be right in all of
 * their slices. Four things tie slices together, and are checked here: a host has one I/O under way in all, a location
 * belongs to one segment, also when it was freed (the code uses none twice, but for what it was copying to when it
 * crashed), versions grow over all segments ({@code Ties}), and an answer that tells entries is one that was sent as a
 * whole ({@code WholeAnswers}).
 *
 * <p>The slices may be on threads of their own. Then an event may be found to be refused when others have been handed in
 * after it, at most {@link #MOST_AHEAD}; these count for nothing.
 */
public final class TraceChecker implements AutoCloseable {
    /** How many events may have been handed in after one that is told to be refused. */
    public static final int MOST_AHEAD = SliceThreads.MOST_AHEAD;

    private final LoadedSpec spec;
    private final TraceHeader header;
    private final Projection projection;
    private final Bounds bounds;
    private final Ties ties;
    private final SliceSteps slices;
    private final WholeAnswers answers;
    private final Outcomes outcomes = new Outcomes();
    private final Recent recent = new Recent();
    private long events;

    /**
     * Makes a checker for a trace with this header, which does all on the thread that calls it.
     *
     * @param spec the spec, loaded for it
     * @param untouched a slice of which there is no event yet
     */
    public TraceChecker(LoadedSpec spec, TraceHeader header, Slice untouched) {
        this(spec, header, untouched, 1);
    }

    /**
     * Makes a checker for a trace with this header.
     *
     * @param spec the spec, loaded for it
     * @param untouched a slice of which there is no event yet; slices are for several threads if there are several
     * @param threads 1 for none but the one that calls the checker, else how many check slices, beside that
     */
    public TraceChecker(LoadedSpec spec, TraceHeader header, Slice untouched, int threads) {
        this.header = header;
        bounds = new Bounds(header);
        ties = new Ties(header);
        this.spec = spec;
        answers = new WholeAnswers(spec, header);
        projection = new Projection(spec, header, ties::ioOf, ties::ownerOf);
        SliceTable table = new SliceTable(header, untouched, threads);
        slices = threads == 1 ? table : new SliceThreads(table, threads);
    }

    /** Returns how many events were accepted. */
    public long events() {
        return events;
    }

    /** Returns the most states that the spec believed at once in a slice; after {@link #finish}. */
    public int mostBelieved() {
        return slices.mostBelieved();
    }

    /** Returns whether this and another checker of such a trace believe the same of all segments; after both finished. */
    public boolean believesLike(TraceChecker other) {
        return believesLike(other, UnaryOperator.identity());
    }

    /** Returns whether this and another checker of such a trace believe the same but for the messages on their way. */
    public boolean believesLikeButForMessages(TraceChecker other) {
        return believesLike(other, state -> spec.with(state, "net", spec.value(List.of())));
    }

    private boolean believesLike(TraceChecker other, UnaryOperator<SpecState> seen) {
        SliceTable mine = slices.settled();
        SliceTable others = other.slices.settled();
        return Arrays.equals(mine.touched(), others.touched())
                && (mine.touched().length == header.segments()
                        || believed(mine.untouched(), seen).equals(believed(others.untouched(), seen)))
                && Arrays.stream(mine.touched())
                        .allMatch(
                                segment -> believed(mine.of(segment), seen).equals(believed(others.of(segment), seen)));
    }

    private static Set<SpecState> believed(Slice slice, UnaryOperator<SpecState> seen) {
        return slice.believed().stream().map(seen).collect(Collectors.toSet());
    }

    /** Returns how many events there were of each action, with each outcome; of an accepted trace. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /**
     * Takes the next event. After a rejection, the checker takes no more.
     *
     * @return why this event is refused, or one before it
     */
    public Optional<Rejection> accept(TraceEvent traced) {
        Optional<Rejection> rejection;
        try {
            rejection = check(traced);
        } catch (RuntimeException e) {
            // An event that comes after one that is refused is not for anybody to judge.
            rejection = slices.settle();
            if (rejection.isEmpty()) {
                throw e;
            }
        }
        return rejection.map(this::refused);
    }

    /** Waits until all events have been checked, after the last one; returns why one is refused. */
    public Optional<Rejection> finish() {
        return slices.settle().map(this::refused);
    }

    private Rejection refused(Rejection rejection) {
        events = rejection.number() - 1;
        return rejection.after(recent);
    }

    private Optional<Rejection> check(TraceEvent traced) {
        Event event = traced.event();
        Claim claim = event.accept(projection);
        long number = events + 1;
        Optional<Rejection> rejection = first(bounds.refusal(number, traced, claim));
        if (rejection.isEmpty()) {
            rejection = betweenSlices(number, traced, claim);
        }
        if (rejection.isEmpty()) {
            rejection = answers.concern(event)
                    ? inSlicesAndAsAWhole(number, traced, claim)
                    : slices.step(number, traced, claim);
        }
        if (rejection.isEmpty()) {
            rejection = first(ties.oldVersion(number, traced, claim));
        }
        if (rejection.isEmpty()) {
            rejection = first(ties.anotherPlace(number, traced, claim));
        }
        if (rejection.isEmpty()) {
            ties.note(event);
            events++;
            outcomes.note(event);
            recent.add(traced, claim);
        }
        return rejection;
    }

    /** Returns a rejection, or one that slices have found by then, which is of an event before or comes before it. */
    private Optional<Rejection> first(Optional<Rejection> rejection) {
        return rejection.isEmpty() ? rejection : slices.settle().or(() -> rejection);
    }

    private Optional<Rejection> betweenSlices(long number, TraceEvent traced, Claim claim) {
        ActiveIo busy = ties.busy(traced.event());
        if (busy != null) {
            // The slice in which the host has its I/O says why it may not have another.
            return slices.settle().or(() -> slices.settled().stepIn(number, traced, claim, busy.segment()));
        }
        return first(ties.takenLocation(number, traced)
                .or(() -> ties.refusedTooEarly(number, traced))
                .or(() -> ties.fallenNowhere(number, traced)));
    }

    private Optional<Rejection> inSlicesAndAsAWhole(long number, TraceEvent traced, Claim claim) {
        Optional<Rejection> before = slices.settle();
        if (before.isPresent()) {
            return before;
        }
        SliceTable table = slices.settled();
        List<SpecValue> answer;
        try {
            answer = answers.of(traced.event(), claim, table);
        } catch (SpecEvaluationException e) {
            // If slices refuse it too, they say more about what is wrong with it.
            return table.step(number, traced, claim)
                    .or(() -> Optional.of(Rejection.because(
                            number,
                            traced,
                            claim.firstSegment(),
                            claim.action().name(),
                            String.valueOf(e.getMessage()))));
        }
        return table.step(number, traced, claim).or(() -> answers.take(number, traced, answer));
    }

    /** Ends the threads of the slices, if there are any. */
    @Override
    public void close() {
        slices.close();
    }
}
