package dev.faultline.conformance.checking;

import dev.faultline.conformance.pictures.Numbered;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The last events of a trace, for who has to explain what came then. For one thread at a time. */
final class Recent {
    /** How many events before one are looked at. */
    private static final int LOOKED_AT = 4096;

    /** One may be refused when others have been added after it. */
    private static final int KEPT = LOOKED_AT + SliceThreads.MOST_AHEAD;

    private final @Nullable TraceEvent[] events = new @Nullable TraceEvent[KEPT];
    private final int[] firstSegment = new int[KEPT];
    private final int[] segments = new int[KEPT];
    private long added;

    /** Takes the next event of the trace. */
    void add(TraceEvent event, Claim claim) {
        int at = (int) (added++ % KEPT);
        events[at] = event;
        firstSegment[at] = claim.firstSegment();
        segments[at] = claim.segments();
    }

    /** Returns the last events at a place before the event with this number, at most so many, in order. */
    List<Numbered> at(String place, long number, int most) {
        return last(at -> place.equals(eventAt(at).place()), number, most);
    }

    /** Returns the last events that concern a segment before the event with this number, at most so many, in order. */
    List<Numbered> in(int segment, long number, int most) {
        return last(at -> segment >= firstSegment[at] && segment - firstSegment[at] < segments[at], number, most);
    }

    private List<Numbered> last(IntPredicate wanted, long before, int most) {
        ArrayDeque<Numbered> found = new ArrayDeque<>();
        for (long number = before - 1; number > 0 && number >= before - LOOKED_AT && found.size() < most; number--) {
            int at = (int) ((number - 1) % KEPT);
            if (wanted.test(at)) {
                found.addFirst(new Numbered(number, eventAt(at)));
            }
        }
        return List.copyOf(found);
    }

    private TraceEvent eventAt(int at) {
        TraceEvent event = events[at];
        if (event == null) {
            throw new IllegalStateException("there is no event " + at);
        }
        return event;
    }
}
