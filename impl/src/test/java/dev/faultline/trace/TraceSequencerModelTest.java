package dev.faultline.trace;

import static dev.faultline.runtime.Interleavings.expect;
import static dev.faultline.runtime.Interleavings.inEach;
import static dev.faultline.runtime.Interleavings.start;

import dev.faultline.core.Event;
import dev.faultline.runtime.Interleavings.Other;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The sequencer's own thread in many interleavings with the places that offer events, and with who closes it. It has two
 * slots, so that each is used again after two events.
 */
class TraceSequencerModelTest {
    private static final int SLOTS = 2;

    /** A sequencer, what it gave to its consumer, and the clock of the places. */
    private static final class Subject {
        final List<Long> consumed = new CopyOnWriteArrayList<>();
        final AtomicLong clock = new AtomicLong();
        final TraceSequencer sequencer;
        private final long failsAt;

        /** With a consumer that throws at the event of a time; never, if that is 0. */
        Subject(long failsAt) {
            this.failsAt = failsAt;
            sequencer = new TraceSequencer(this::consume, SLOTS);
        }

        private void consume(TraceEvent event) throws IOException {
            consumed.add(event.time());
            if (event.time() == failsAt) {
                throw new IOException("no space left");
            }
        }

        /** Does as a place does, with an event of now. */
        void offer() {
            offer(clock.incrementAndGet());
        }

        void offer(long time) {
            sequencer.accept(new TraceEvent(1, time, "a1", new Event.Fault("h1")));
            int done = consumed.size();
            expect(time - done <= SLOTS, "the event of time " + time + " to wait for the slot", consumed);
        }

        /** Offers events until one is refused; those that find no room are, at the latest. */
        void offerUntilRefused() {
            for (int i = 0; i <= failsAt + SLOTS; i++) {
                try {
                    offer();
                } catch (IllegalStateException e) {
                    expectNoSpace(e);
                    return;
                }
            }
            throw new AssertionError("a place to be refused after the consumer has failed");
        }

        /** Closes a sequencer and returns what it says, or nothing. */
        String close() {
            try {
                sequencer.close();
                return "";
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    private static void expectNoSpace(IllegalStateException e) {
        expect(String.valueOf(e.getMessage()).contains("no space left"), "the consumer's failure", e);
    }

    /** Places that are too far ahead wait, and go on: else their threads would hang, or an event would be overwritten. */
    @Test
    void everyEventOfSeveralPlacesIsConsumedOnceInTheOrderOfTime() {
        inEach(() -> {
            Subject subject = new Subject(0);
            Other other = start(() -> {
                subject.offer();
                subject.offer();
            });
            subject.offer();
            subject.offer();
            other.await();
            String said = subject.close();
            expect(said.isEmpty(), "nothing missing", said);
            expect(subject.consumed.equals(List.of(1L, 2L, 3L, 4L)), "1 to 4", subject.consumed);
        });
    }

    @Test
    void whoeverClosesFindsAllConsumedThatWasOffered() {
        inEach(() -> {
            Subject subject = new Subject(0);
            subject.offer();
            subject.offer();
            String said = subject.close();
            expect(said.isEmpty(), "nothing missing", said);
            expect(subject.consumed.equals(List.of(1L, 2L)), "1 and 2", subject.consumed);
        });
    }

    @Test
    void aTimeThatIsMissingIsTold() {
        inEach(() -> {
            Subject subject = new Subject(0);
            Other other = start(() -> subject.offer(3));
            subject.offer(1);
            other.await();
            String said = subject.close();
            expect(said.contains("no event of time 2, but one of time 3"), "the gap to be told", said);
            expect(subject.consumed.equals(List.of(1L)), "1", subject.consumed);
        });
    }

    @Test
    void placesThatOfferOrWaitForRoomAreRefusedOnceTheConsumerHasFailed() {
        inEach(() -> {
            Subject subject = new Subject(2);
            Other other = start(subject::offerUntilRefused);
            subject.offerUntilRefused();
            other.await();
            String said = subject.close();
            expect(said.contains("no space left"), "who closes to be told", said);
            expect(subject.consumed.equals(List.of(1L, 2L)), "nothing after the failure", subject.consumed);
        });
    }
}
