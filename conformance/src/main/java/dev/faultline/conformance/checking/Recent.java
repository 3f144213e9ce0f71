package dev.faultline.conformance.checking;

import dev.faultline.conformance.pictures.Numbered;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The last events of a trace, for who has to explain what came then. For one thread at a time. */
final class Recent {
    private static final int KEPT = 4096;

    private final Deque<Noted> events = new ArrayDeque<>();
    private long added;

    /** An event, and the segments that it concerns. */
    private record Noted(Numbered event, int firstSegment, int segments) {
        boolean concerns(int segment) {
            return segment >= firstSegment && segment - firstSegment < segments;
        }
    }

    /** Takes the next event of the trace. */
    void add(TraceEvent event, Claim claim) {
        if (events.size() == KEPT) {
            events.removeFirst();
        }
        events.addLast(new Noted(new Numbered(++added, event), claim.firstSegment(), claim.segments()));
    }

    /** Returns the last events at a place, at most so many, in order. */
    List<Numbered> at(String place, int most) {
        return last(noted -> noted.event().event().place().equals(place), most);
    }

    /** Returns the last events that concern a segment, at most so many, in order. */
    List<Numbered> in(int segment, int most) {
        return last(noted -> noted.concerns(segment), most);
    }

    private List<Numbered> last(Predicate<Noted> wanted, int most) {
        ArrayDeque<Numbered> found = new ArrayDeque<>();
        for (var backwards = events.descendingIterator(); backwards.hasNext() && found.size() < most; ) {
            Noted noted = backwards.next();
            if (wanted.test(noted)) {
                found.addFirst(noted.event());
            }
        }
        return List.copyOf(found);
    }
}
