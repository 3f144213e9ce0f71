package dev.faultline.conformance.checking;

import dev.faultline.conformance.pictures.EventPicture;
import dev.faultline.conformance.pictures.Numbered;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.picture.SequenceDiagram;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a trace is not a behaviour of the spec.
 *
 * @param number the number of the event in the trace, from 1; the header is not counted
 * @param event the event
 * @param segment the segment in which the spec refuses it
 * @param action the spec's action that the event claims to be
 * @param path the spec's operators that lead to the false conjunct, the action first
 * @param conjunct the part of the action that is false, or what is the case instead if it was not the spec that was asked
 * @param explanation several lines: the conjunct, its place in the module, the values that it looks at
 * @param believed how many states the spec was willing to believe before the event
 * @param atPlace the last events at the same place, in order
 * @param inSegment the last events that concern the segment, in order
 * @param reads what of the state the false conjunct reads
 * @param origins for what the conjunct reads, the last events that set it, if the trace was looked at again
 */
public record Rejection(
        long number,
        TraceEvent event,
        int segment,
        String action,
        List<String> path,
        String conjunct,
        String explanation,
        int believed,
        List<Numbered> atPlace,
        List<Numbered> inSegment,
        List<Denial.Read> reads,
        List<Origin> origins) {
    private static final int AT_PLACE = 5;
    private static final int IN_SEGMENT = 16;

    /** Copies the lists. */
    public Rejection {
        path = List.copyOf(path);
        atPlace = List.copyOf(atPlace);
        inSegment = List.copyOf(inSegment);
        reads = List.copyOf(reads);
        origins = List.copyOf(origins);
    }

    /**
     * Which event set what a conjunct reads.
     *
     * @param read the expression
     * @param event the event; nothing if it is as it was in the beginning
     */
    public record Origin(String read, Optional<Numbered> event) {
        private String text() {
            return "`" + read + "` "
                    + event.map(set -> "was set by event " + set.number() + ":\n    " + TraceFormat.write(set.event()))
                            .orElse("is as it was in the beginning");
        }
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
                believed,
                List.of(),
                List.of(),
                nearest.reads(),
                List.of());
    }

    /** Returns the rejection of an event that a check other than the spec's refuses, under the name of what it is in the spec. */
    static Rejection because(long number, TraceEvent traced, int segment, String operator, String why) {
        String action = traced.event().action();
        return new Rejection(
                number,
                traced,
                segment,
                action,
                List.of(action, operator),
                why,
                action + " is not allowed here: `" + operator + "` is false: " + why,
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Returns the rejection with what came before it. */
    Rejection after(Recent recent) {
        return new Rejection(
                number,
                event,
                segment,
                action,
                path,
                conjunct,
                explanation,
                believed,
                recent.at(event.place(), number, AT_PLACE),
                recent.in(segment, number, IN_SEGMENT),
                reads,
                origins);
    }

    /** Returns the rejection with the events that set what the conjunct reads. */
    Rejection with(List<Origin> found) {
        return new Rejection(
                number,
                event,
                segment,
                action,
                path,
                conjunct,
                explanation,
                believed,
                atPlace,
                inSegment,
                reads,
                found);
    }

    /** Returns the last events that concern the segment as a sequence diagram, which ends with the rejected one. */
    public SequenceDiagram picture() {
        List<Numbered> events = new ArrayList<>(inSegment);
        events.add(new Numbered(number, event));
        return EventPicture.of(
                "The last events of segment " + segment,
                events,
                "The last step is not one of the spec: " + falsehood() + ".");
    }

    /** Returns what is false of the spec, or what is the case instead if it was not the spec that was asked. */
    private String falsehood() {
        return explanation.endsWith("is false: " + conjunct) ? conjunct : "`" + conjunct + "` is false";
    }

    /** Returns what is false, in a line. */
    public String summary() {
        String rule = path.size() == 1 ? "" : String.join(" → ", path.subList(1, path.size())) + ": ";
        return "rejected at " + action + ": " + rule + falsehood();
    }

    /** Returns the whole explanation, for people. */
    public String text() {
        return "event " + number + " is not a step of the spec, in segment " + segment + ":\n  "
                + TraceFormat.write(event) + "\n" + explanation + "\n  (the spec believed " + believed
                + (believed == 1 ? " state" : " states") + " before this event; within a segment the spec calls it"
                + " segment 0)\n"
                + origins.stream().map(origin -> "  " + origin.text() + "\n").collect(Collectors.joining())
                + "before it, at " + event.place() + ":\n"
                + (atPlace.isEmpty() ? "  nothing\n" : "")
                + atPlace.stream()
                        .map(before -> "  " + TraceFormat.write(before.event()) + "\n")
                        .collect(Collectors.joining())
                + picture().text();
    }
}
