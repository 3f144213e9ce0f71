package dev.faultline.conformance;

import dev.faultline.spec.engine.Denial;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceFormat;
import java.util.List;

/**
 * Why a trace is not a behaviour of the spec.
 *
 * @param number the number of the event in the trace, from 1; the header is not counted
 * @param event the event
 * @param segment the segment in which the spec refuses it
 * @param action the spec's action that the event claims to be
 * @param path the spec's operators that lead to the false conjunct, the action first
 * @param conjunct the part of the action that is false
 * @param explanation several lines: the conjunct, its place in the module, the values that it looks at
 * @param believed how many states the spec was willing to believe before the event
 */
public record Rejection(
        long number,
        TraceEvent event,
        int segment,
        String action,
        List<String> path,
        String conjunct,
        String explanation,
        int believed) {
    /** Copies the list. */
    public Rejection {
        path = List.copyOf(path);
    }

    /** Returns whether the false conjunct is, or is part of, the named operator. */
    public boolean isFor(String operator) {
        return path.contains(operator);
    }

    static Rejection of(long number, TraceEvent event, int segment, Denial denial, int believed) {
        Denial.Refusal nearest = denial.nearest();
        return new Rejection(
                number,
                event,
                segment,
                event.event().action(),
                nearest.path(),
                nearest.part(),
                denial.text(),
                believed);
    }

    /** Returns the whole explanation, for people. */
    public String text() {
        return "event " + number + " is not a step of the spec, in segment " + segment + ":\n  "
                + TraceFormat.write(event) + "\n" + explanation + "\n  (the spec believed " + believed
                + (believed == 1 ? " state" : " states") + " before this event; within a segment the spec calls it"
                + " segment 0)";
    }
}
