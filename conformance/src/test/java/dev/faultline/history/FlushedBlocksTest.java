package dev.faultline.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What hosts may read when storage has lost power, and what not. */
class FlushedBlocksTest {
    private final Story story = new Story();

    private void assertPossible() {
        assertThat(HistoryChecker.check(story.history())).isEmpty();
    }

    private void assertLost(String... words) {
        assertThat(HistoryChecker.check(story.history())).hasValueSatisfying(violation -> {
            assertThat(violation.kind()).isEqualTo(Violation.Kind.LOST);
            assertThat(violation.text()).contains(words);
        });
    }

    @Test
    void whatWasNotFlushedMayBeLost() {
        story.wrote("h1", "d", 0, 7).losePower().saw("h2", "d", 0, 0);
        assertPossible();
    }

    @Test
    void whatWasFlushedMayNotBeLost() {
        story.wrote("h1", "d", 0, 7).flushed("h2", "d").losePower().saw("h2", "d", 0, 0);
        assertLost(
                "segment 0, block 0 of disk d: what was durable is gone.",
                "h1 writes 0000000000000007 (event 1 to 2), and the flush (event 3 to 4) covers it; power was lost by event 5.",
                "h2 reads 0000000000000000 (event 6 to 7), which is older.");
    }

    @Test
    void aFlushCoversWhatWasAnsweredBeforeItBegan() {
        story.write("h1", "d", 0, 7).flush("h2", "d").done("h1", 7).done("h2", 0);
        story.losePower().saw("h2", "d", 0, 0);
        assertPossible();
    }

    @Test
    void aFlushOfAnotherDiskCoversNothing() {
        story.wrote("h1", "d", 0, 7).flushed("h2", "e").losePower().saw("h2", "d", 0, 0);
        assertPossible();
    }

    @Test
    void aFlushThatWasNotAnsweredCoversNothing() {
        story.wrote("h1", "d", 0, 7).flush("h2", "d").losePower().refuse("h2").saw("h2", "d", 0, 0);
        assertPossible();
    }

    @Test
    void whatWasWrittenSincePowerWasLostIsThere() {
        story.losePower().wrote("h1", "d", 0, 7).saw("h2", "d", 0, 0);
        assertLost("and power was not lost since");
    }

    @Test
    void somethingNewerMayBeReadThoughItWasNotFlushed() {
        story.wrote("h1", "d", 0, 7).flushed("h1", "d").wrote("h1", "d", 0, 8).losePower();
        story.saw("h2", "d", 0, 8).saw("h2", "d", 0, 7);
        assertPossible();
    }

    @Test
    void whatWasLostWithAnAgentMayBeThere() {
        story.losePower()
                .write("h1", "d", 0, 8)
                .wrote("h2", "d", 0, 7)
                .abandon("h1")
                .saw("h2", "d", 0, 8);
        assertPossible();
    }

    @Test
    void whatWasSeenBeforePowerWasLostIsJudgedAsEver() {
        story.wrote("h1", "d", 0, 1).wrote("h1", "d", 0, 2).saw("h2", "d", 0, 1).losePower();
        assertThat(HistoryChecker.check(story.history()))
                .hasValueSatisfying(violation -> assertThat(violation.kind()).isEqualTo(Violation.Kind.NO_ORDER));
    }

    @Test
    void whatASnapshotHeldMayBeReadThere() {
        story.wrote("h1", "d", 0, 7)
                .ask(Map.of("s", "d"))
                .answer(Map.of("s", "d"))
                .losePower();
        story.saw("h2", "s", 0, 7).wrote("h1", "s", 0, 8).saw("h2", "s", 0, 8);
        assertPossible();
        story.saw("h2", "s", 0, 7);
        assertLost("block 0 of disk s");
    }
}
