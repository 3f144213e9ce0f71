package dev.faultline.trace;

import java.util.List;

/**
 * How far a trace goes of which files have no end, as a system leaves them that was killed. What such a file has lost came
 * later than all that it has. So no event depends on anything lost that is not later than the earliest time at which one
 * of them stops.
 *
 * @param time the earliest time at which a file without an end stops; 0 if it has no event
 * @param place the file that stops there
 * @param unended the names of all files without an end, each with the time at which it stops, in alphabetical order
 * @param leftOut how many events are there that are later
 */
public record TraceStop(long time, String place, List<String> unended, long leftOut) {
    /** Copies the list. */
    public TraceStop {
        unended = List.copyOf(unended);
    }
}
