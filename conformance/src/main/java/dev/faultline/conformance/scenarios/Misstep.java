package dev.faultline.conformance.scenarios;

import dev.faultline.conformance.pictures.EventPicture;
import dev.faultline.conformance.pictures.LastEvents;
import dev.faultline.conformance.pictures.Numbered;
import dev.faultline.sim.Happening;
import dev.faultline.spec.engine.SpecTransition;
import dev.faultline.spec.picture.SequenceDiagram;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A step of the code that the spec does not allow.
 *
 * @param header the system
 * @param trace the events that lead to it, the last one included unless the code refused it
 * @param action the action that it claims to be; empty if it claims none
 * @param path the operators that lead to what is false, the action first; only the action if it is the state after it that
 *     differs
 * @param text why; the first line says it in short
 */
public record Misstep(TraceHeader header, List<TraceEvent> trace, String action, List<String> path, String text) {
    private static final int DRAWN = 20;

    /** Copies the lists. */
    public Misstep {
        trace = List.copyOf(trace);
        path = List.copyOf(path);
    }

    /** Returns what to tell of a step that the spec allows and the code cannot do. */
    public static Misstep missing(TraceHeader header, List<TraceEvent> trace, SpecTransition step) {
        return new Misstep(
                header,
                trace,
                step.action(),
                List.of(step.action()),
                "the spec allows " + step + ", but the code cannot do it");
    }

    /** Returns the last events as a sequence diagram, which ends with the refused one. */
    public SequenceDiagram picture() {
        List<Numbered> last = IntStream.range(Math.max(0, trace.size() - DRAWN), trace.size())
                .mapToObj(i -> new Numbered(i + 1L, trace.get(i)))
                .toList();
        return EventPicture.of(
                "The last events", last, text.lines().findFirst().orElse("").replaceFirst(":$", "") + ".");
    }

    /** Returns the last events and where all are, why the last one is wrong, and the picture. */
    public String report() {
        return String.join("\n", LastEvents.lines(header, trace)) + "\nevent "
                + trace.size() + " is not a step of the spec:\n" + text + "\n"
                + picture().text();
    }

    /** Returns whether the spec refuses the step because the named operator is false. */
    public boolean isFor(String operator) {
        return path.contains(operator);
    }

    /** Appends what happened to a trace. */
    public static void append(List<TraceEvent> trace, Happening step) {
        long before = trace.stream()
                .filter(event -> event.place().equals(step.place()))
                .count();
        trace.add(new TraceEvent(before + 1, trace.size() + 1L, step.place(), step.event()));
    }
}
