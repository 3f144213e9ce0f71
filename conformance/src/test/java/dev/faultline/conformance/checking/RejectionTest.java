package dev.faultline.conformance.checking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.core.Kind;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RejectionTest {
    private static final TraceHeader HEADER =
            new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 3, 1, new Content(0));

    private static Rejection rejected(Event... events) {
        try (Conformance conformance = new Conformance()) {
            TraceChecker checker = conformance.rememberingChecker(HEADER);
            Placed placed = new Placed();
            for (int i = 0; i < events.length - 1; i++) {
                assertThat(checker.accept(placed.next(events[i]))).isEmpty();
            }
            Optional<Rejection> rejection = checker.accept(placed.next(events[events.length - 1]));
            return rejection.orElseThrow();
        }
    }

    private static TraceEvent traced(int number, Event event) {
        return new TraceEvent(number, number, "a1", event);
    }

    @Test
    void thePictureCountsTheEventsAsTheTraceDoes() {
        Rejection rejection = rejected(
                new Event.Read("h1", "a1", "disk", 0, 0),
                new Event.Read("h2", "a1", "disk", 1, 0),
                new Event.Read("h3", "a1", "disk", 2, 0),
                new Event.Start("h2", 2));
        assertThat(rejection.number()).isEqualTo(4);
        assertThat(rejection.picture().numbers()).containsExactly(2L, 4L);
        assertThat(rejection.text()).contains("event 4 is not", "=> 4 ");
    }

    /** However far back: the events in between are too many to be kept. */
    @Test
    void theEventsThatSetWhatIsReadAreFoundWhereverTheyAre() {
        Placed placed = new Placed();
        List<TraceEvent> trace = new ArrayList<>();
        trace.add(placed.next(new Event.Read("h9", "a1", "disk", 0, 0)));
        trace.add(placed.next(new Event.Fault("h9")));
        MappingFault fault = new MappingFault("a1", "disk", 1, Kind.READ);
        trace.add(placed.next(new Event.Read("h1", "a1", "disk", 1, 0)));
        trace.add(placed.next(new Event.Fault("h1")));
        for (int i = 0; i < 20_000; i++) {
            trace.add(placed.next(new Event.Lose(fault)));
            trace.add(placed.next(new Event.Remind("h1")));
        }
        trace.add(placed.next(new Event.Start("h9", 0)));
        try (Conformance conformance = new Conformance()) {
            TraceChecker checker = conformance.rememberingChecker(HEADER);
            Optional<Rejection> rejection = Optional.empty();
            for (TraceEvent event : trace) {
                assertThat(rejection).isEmpty();
                rejection = checker.accept(event);
            }
            Iterator<TraceEvent> again = trace.iterator();
            Rejection explained =
                    conformance.explained(HEADER, rejection.orElseThrow(), () -> again.hasNext() ? again.next() : null);
            assertThat(explained.text())
                    .contains(
                            "`ios[h].phase` was set by event 2:\n    {\"n\":2,\"time\":2,\"place\":\"a1\",\"action\":\"Fault\"");
        }
    }

    @Test
    void theSummaryNamesARuleOnlyIfThereIsOne() {
        Event event = new Event.Start("h1", 0);
        assertThat(of(event, "Start", "Dispatch", "May").summary())
                .isEqualTo("rejected at Start: Dispatch → May: `x` is false");
        assertThat(of(event, "Start").summary()).isEqualTo("rejected at Start: `x` is false");
    }

    private static Rejection of(Event event, String... path) {
        return new Rejection(
                1,
                traced(1, event),
                0,
                "Start",
                List.of(path),
                "x",
                "why",
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
