package dev.faultline.conformance.checking;

import dev.faultline.core.Event;
import dev.faultline.trace.Emitter;
import dev.faultline.trace.TraceEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gives events that a test writes down the time and the place that they would have. For one thread at a time. */
public final class Placed {
    private final Map<String, String> agents = new HashMap<>();
    private long time;

    /** Returns the event, as the next of the trace. */
    public TraceEvent next(Event event) {
        time++;
        if (event instanceof Event.Submitting call) {
            agents.put(call.host(), call.agent());
        }
        return new TraceEvent(
                time,
                time,
                Emitter.place(event, host -> Optional.ofNullable(agents.get(host)))
                        .orElse("nowhere"),
                event);
    }
}
