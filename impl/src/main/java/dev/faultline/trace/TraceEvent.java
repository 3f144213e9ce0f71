package dev.faultline.trace;

import dev.faultline.core.Event;
import java.util.Comparator;

/**
 * An event with what is needed to order it among those of other places.
 *
 * @param n the number of the event among those of its place, from 1, without gaps
 * @param time the place's logical clock: not less than at the event before it at the same place, and than at the sending
 *     of the message that it receives. Hosts of one process share a clock, so that a call that begins after another
 *     has returned has a later time.
 * @param place where it happened: a host, an agent, {@code storage} or {@code controller}
 * @param event what happened
 */
public record TraceEvent(long n, long time, String place, Event event) {
    /** The order of the events of several places: by time, and those of one time, which do not depend on each other, by place. */
    static final Comparator<TraceEvent> IN_ORDER =
            Comparator.comparingLong(TraceEvent::time).thenComparing(TraceEvent::place);
}
