package dev.faultline.conformance;

import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.List;

/**
 * A step of the code that the spec does not allow.
 *
 * @param header the system
 * @param trace the events that lead to it, the last one included unless the code refused it
 * @param action the action that it claims to be; empty if it claims none
 * @param path the operators that lead to what is false, the action first; only the action if it is the state after it that
 *     differs
 * @param text why
 */
public record Misstep(TraceHeader header, List<TraceEvent> trace, String action, List<String> path, String text) {
    /** Copies the lists. */
    public Misstep {
        trace = List.copyOf(trace);
        path = List.copyOf(path);
    }

    /** Returns whether the spec refuses the step because the named operator is false. */
    public boolean isFor(String operator) {
        return path.contains(operator);
    }
}
