package dev.faultline.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Events come in order and none is missing, or whoever is concerned is told. */
class TraceSequencerTest {
    private static TraceEvent event(long n, long time, String place) {
        return new TraceEvent(n, time, place, new Event.Start("h1", time));
    }

    @Test
    void eventsComeInTheOrderOfTheirTimes() {
        List<TraceEvent> consumed = new ArrayList<>();
        try (TraceSequencer sequencer = new TraceSequencer(consumed::add)) {
            sequencer.accept(event(1, 3, "a3"));
            sequencer.accept(event(1, 1, "a1"));
            sequencer.accept(event(1, 2, "a2"));
        }
        assertThat(consumed).containsExactly(event(1, 1, "a1"), event(1, 2, "a2"), event(1, 3, "a3"));
    }

    @Test
    void aMissingTimeIsToldToWhoCloses() {
        TraceSequencer sequencer = new TraceSequencer(event -> {});
        sequencer.accept(event(1, 1, "a1"));
        sequencer.accept(event(2, 3, "a1"));

        assertThatThrownBy(sequencer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no event of time 2, but one of time 3");
    }

    @Test
    void aFailureReachesPlacesThatWaitForRoomAndWhoCloses() {
        CountDownLatch placeIsWaiting = new CountDownLatch(1);
        TraceSequencer sequencer = new TraceSequencer(event -> {
            placeIsWaiting.await();
            throw new IOException("no space left");
        });
        Thread place = Thread.currentThread();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
            while (place.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            placeIsWaiting.countDown();
        });

        assertThatThrownBy(() -> {
                    for (long time = 1; time < 1 << 20; time++) {
                        sequencer.accept(event(time, time, "a1"));
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no space left");
        watching.join();
        assertThatThrownBy(sequencer::close).hasMessageContaining("no space left");
    }
}
