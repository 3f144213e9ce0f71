package dev.faultline.conformance.checking;

import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.core.Event;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers on their way that tell entries, each as a whole: what it is in the slice of each segment. A slice sees its own
 * part only, and would not notice if an answer were made of parts of two. For one thread at a time.
 */
final class WholeAnswers {
    private final LoadedSpec spec;
    private final TraceHeader header;
    private final Plain plain;
    private final Map<List<SpecValue>, Integer> copies = new HashMap<>();

    WholeAnswers(LoadedSpec spec, TraceHeader header) {
        this.spec = spec;
        this.header = header;
        plain = new Plain(spec);
    }

    /** Returns whether an event sends or is about an answer to get_entry, and slices will not do. */
    boolean concern(Event event) {
        return header.segments() > 1 && (sends(event) || moves(event));
    }

    private static boolean sends(Event event) {
        return event instanceof Event.AnswerCommand answered && answered.command() instanceof GetEntry;
    }

    private static boolean moves(Event event) {
        return event instanceof Event.Carrying carrying
                && carrying.message() instanceof Answer answer
                && answer.command() instanceof GetEntry;
    }

    /**
     * Returns the answer that such an event sends or is about, segment by segment.
     *
     * @throws dev.faultline.spec.engine.SpecEvaluationException if the spec has no meaning for it
     */
    List<SpecValue> of(Event event, Claim claim, SliceTable slices) {
        if (moves(event)) {
            slices.touchWhatDiffers(claim);
        }
        synchronized (spec) {
            int any = slices.firstUntouched();
            boolean sends = sends(event);
            List<SpecValue> parts = new ArrayList<>(Collections.nCopies(
                    header.segments(),
                    any == header.segments()
                            ? plain.value(List.of())
                            : part(slices.untouched(), any, claim, sends, slices)));
            for (int segment : slices.touched()) {
                parts.set(segment, part(slices.of(segment), segment, claim, sends, slices));
            }
            return parts;
        }
    }

    /** Returns a segment's part of an answer: the one that the spec sends, or the one that the event says. */
    private SpecValue part(Slice slice, int segment, Claim claim, boolean sends, SliceTable slices) {
        SpecValue said =
                plain.value(claim.arguments().apply(slices.naming(segment)).get(0));
        if (!sends) {
            return said;
        }
        // The entries of agents follow from the events: the believed states do not differ in them.
        SpecState state = slice.believed().iterator().next();
        return spec.evaluate(state, "AnswerTo", said, spec.evaluate(state, "Obtained", said));
    }

    /** Notes what an event does with an answer, or returns why there is no such answer to do it with. */
    Optional<Rejection> take(long number, TraceEvent traced, List<SpecValue> answer) {
        Event event = traced.event();
        synchronized (spec) {
            if (event instanceof Event.AnswerCommand) {
                copies.merge(answer, 1, Integer::sum);
            } else if (!copies.containsKey(answer)) {
                return Optional.of(Rejection.because(
                        number,
                        traced,
                        0,
                        "m \\in DOMAIN net",
                        "there is no such answer on its way: its entries are of several answers"));
            } else if (event instanceof Event.Repeat) {
                copies.merge(answer, 1, Integer::sum);
            } else {
                copies.computeIfPresent(answer, (a, count) -> count == 1 ? null : count - 1);
            }
            return Optional.empty();
        }
    }
}
