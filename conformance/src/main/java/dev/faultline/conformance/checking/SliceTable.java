package dev.faultline.conformance.checking;

import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.core.Event;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slices of a trace, one for each segment. Segments that no event has singled out are all in the same state, and share
 * one slice.
 *
 * <p>The table has parts: every segment belongs to one. Threads may be in different parts at the same time, by {@link
 * #stepIn}; everything else is for one thread while no other is in any part.
 */
final class SliceTable implements SliceSteps {
    private final TraceHeader header;
    private final Slice untouched;
    private final List<Part> parts = new ArrayList<>();
    private int[] touched = {};

    /** Some of the segments. */
    private static final class Part {
        private final Map<Integer, Slice> slices = new HashMap<>();
        private int mostBelieved = 1;
    }

    /**
     * Makes a table.
     *
     * @param untouched a slice of which there is no event yet
     * @param parts how many parts, at least 1
     */
    SliceTable(TraceHeader header, Slice untouched, int parts) {
        this.header = header;
        this.untouched = untouched;
        for (int i = 0; i < parts; i++) {
            this.parts.add(new Part());
        }
    }

    /** Returns the number of the part that a segment belongs to, from 0. */
    int partOf(int segment) {
        return segment % parts.size();
    }

    Naming naming(int segment) {
        return new Naming(header, segment);
    }

    Slice untouched() {
        return untouched;
    }

    /** Returns the first segment that shares its slice; the number of segments if there is none. */
    int firstUntouched() {
        int segment = 0;
        while (has(segment)) {
            segment++;
        }
        return segment;
    }

    private boolean has(int segment) {
        return parts.get(partOf(segment)).slices.containsKey(segment);
    }

    /** Returns the segments that have a slice of their own, in order. Not to be changed. */
    int[] touched() {
        int count = parts.stream().mapToInt(part -> part.slices.size()).sum();
        if (touched.length != count) {
            touched = parts.stream()
                    .flatMap(part -> part.slices.keySet().stream())
                    .mapToInt(segment -> segment)
                    .sorted()
                    .toArray();
        }
        return touched;
    }

    /** Returns a segment's slice, which it has for itself from then on. */
    Slice of(int segment) {
        return of(parts.get(partOf(segment)), segment);
    }

    private Slice of(Part part, int segment) {
        Slice slice = part.slices.get(segment);
        if (slice == null) {
            slice = untouched.fork();
            part.slices.put(segment, slice);
        }
        return slice;
    }

    /** Gives slices to the untouched segments of which the event says something else than of the first of them. */
    void touchWhatDiffers(Claim claim) {
        List<Object> first = List.of();
        for (int segment = firstUntouched(); segment < header.segments(); segment++) {
            if (!has(segment)) {
                List<Object> arguments = claim.arguments().apply(naming(segment));
                if (first.isEmpty()) {
                    first = arguments;
                } else if (!arguments.equals(first)) {
                    of(segment);
                }
            }
        }
    }

    /** Returns the most states that were believed at once in a slice. */
    @Override
    public int mostBelieved() {
        return parts.stream().mapToInt(part -> part.mostBelieved).max().orElse(1);
    }

    @Override
    public SliceTable settled() {
        return this;
    }

    /** Takes a step in all slices that it concerns; refused by the untouched, or by the first that refuses it. */
    @Override
    public Optional<Rejection> step(long number, TraceEvent traced, Claim claim) {
        if (claim.segments() == header.segments() && claim.segments() > 1) {
            if (saysSomethingOfEachSegment(traced.event())) {
                touchWhatDiffers(claim);
            }
            // Whatever segment it is applied to: the untouched ones differ in nothing.
            int any = firstUntouched();
            Optional<Rejection> rejection = any == header.segments()
                    ? Optional.empty()
                    : step(number, traced, claim, parts.get(0), untouched, any);
            int[] own = touched();
            for (int i = 0; i < own.length && rejection.isEmpty(); i++) {
                rejection = stepIn(number, traced, claim, own[i]);
            }
            return rejection;
        }
        int end = claim.firstSegment() + claim.segments();
        Optional<Rejection> rejection = Optional.empty();
        for (int segment = claim.firstSegment(); segment < end && rejection.isEmpty(); segment++) {
            rejection = stepIn(number, traced, claim, segment);
        }
        return rejection;
    }

    /** Takes a step in the slice of one segment. */
    Optional<Rejection> stepIn(long number, TraceEvent traced, Claim claim, int segment) {
        Part part = parts.get(partOf(segment));
        return step(number, traced, claim, part, of(part, segment), segment);
    }

    private Optional<Rejection> step(long number, TraceEvent traced, Claim claim, Part part, Slice slice, int segment) {
        int believed = slice.size();
        try {
            Optional<Denial> denial = slice.step(claim, naming(segment));
            part.mostBelieved = Math.max(part.mostBelieved, slice.size());
            return denial.map(d -> Rejection.of(number, traced, segment, d, believed));
        } catch (SpecEvaluationException e) {
            return Optional.of(
                    Rejection.because(number, traced, segment, claim.action().name(), String.valueOf(e.getMessage())));
        }
    }

    private static boolean saysSomethingOfEachSegment(Event event) {
        return event instanceof Event.Remove
                || event instanceof Event.Carrying carrying
                        && carrying.message().carriesEntries();
    }

    @Override
    public void close() {
        // There is nothing but memory.
    }
}
