package dev.faultline.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each way in which what hosts saw cannot be, and what is said of it. */
class HistoryCheckerTest {
    private static final Map<String, String> S_OF_D = Map.of("s", "d");
    private static final Map<String, String> BOTH = Map.of("sd", "d", "se", "e");

    private final Story story = new Story();

    @Test
    void aReadReturnsWhatWasThereBeforeAWriteThatHadEnded() {
        story.wrote("h1", "d", 0, 7).saw("h2", "d", 0, 0);
        assertViolation(
                "NO_ORDER",
                "segment 0, block 0 of disk d: no order of the calls explains what was read.",
                "What it held in the beginning comes before h1 writes 0000000000000007 (event 1 to 2).",
                "h1 writes 0000000000000007 (event 1 to 2) comes before h2 reads 0000000000000000 (event 3 to 4).");
    }

    @Test
    void aReadThatOverlapsAWriteReturnsEither() {
        story.write("h1", "d", 0, 7).saw("h2", "d", 0, 0).saw("h2", "d", 0, 7).done("h1", 7);
        assertPossible();
    }

    @Test
    void aWriteIsLost() {
        story.wrote("h1", "d", 0, 1).wrote("h1", "d", 0, 2).saw("h2", "d", 0, 1);
        assertViolation(
                "NO_ORDER",
                "h1 writes 0000000000000001 (event 1 to 2) comes before h1 writes 0000000000000002 (event 3 to 4).",
                "h1 writes 0000000000000002 (event 3 to 4) comes before h2 reads 0000000000000001 (event 5 to 6).");
    }

    @Test
    void aSecondReadReturnsTheOldContentAfterAFirstReturnedTheNew() {
        story.write("h1", "d", 0, 7).saw("h2", "d", 0, 7).saw("h3", "d", 0, 0).done("h1", 7);
        assertViolation(
                "NO_ORDER",
                "h2 reads 0000000000000007 (event 2 to 3) comes before h3 reads 0000000000000000 (event 4 to 5).");
    }

    @Test
    void aReadReturnsWhatNobodyWrote() {
        story.saw("h1", "d", 1, 9);
        assertViolation(
                "NEVER_WRITTEN",
                "segment 0, block 1 of disk d: h1 reads 0000000000000009 (event 1 to 2), which it cannot have held.",
                "Nobody wrote that there.");
    }

    @Test
    void aReadReturnsWhatIsWrittenOnlyLater() {
        story.saw("h1", "d", 0, 9).wrote("h2", "d", 0, 9);
        assertViolation("NEVER_WRITTEN", "That was written only later: h2 writes 0000000000000009 (event 3 to 4)");
    }

    @Test
    void contentsThatWereWrittenTwiceAreSearchedFor() {
        story.wrote("h1", "d", 0, 5)
                .wrote("h1", "d", 0, 6)
                .wrote("h1", "d", 0, 5)
                .saw("h2", "d", 0, 5);
        assertPossible();
        story.saw("h2", "d", 0, 6);
        assertViolation(
                "NO_ORDER",
                "segment 0, block 0 of disk d: no order of the calls explains what was read, from h2 reads"
                        + " 0000000000000006 (event 9 to 10) on.",
                "  h2 reads 0000000000000005 (event 7 to 8)");
    }

    @Test
    void aRejectedWriteDidNotHappen() {
        story.write("h1", "d", 0, 7).reject("h1").saw("h2", "d", 0, 7);
        assertViolation("NEVER_WRITTEN", "h2 reads 0000000000000007 (event 3 to 4)");
    }

    @Test
    void anAbandonedWriteHappenedByThenOrNever() {
        story.write("h1", "d", 0, 7).abandon("h1").saw("h2", "d", 0, 7);
        assertPossible();
        story.saw("h2", "d", 0, 0);
        assertViolation("NO_ORDER", "h2 reads 0000000000000000 (event 5 to 6)");
    }

    @Test
    void anAbandonedWriteDoesNotHappenLater() {
        story.write("h1", "d", 0, 7).abandon("h1").saw("h2", "d", 0, 0).saw("h2", "d", 0, 7);
        assertViolation(
                "NO_ORDER",
                "h1 writes 0000000000000007 (event 1 to 2, without an answer) comes before h2 reads"
                        + " 0000000000000000 (event 3 to 4)");
    }

    @Test
    void aSnapshotIsTakenBeforeItsRequest() {
        story.wrote("h1", "d", 0, 7).ask(S_OF_D).answer(S_OF_D).saw("h2", "s", 0, 0);
        assertViolation(
                "NOT_THEN",
                "snapshot s (requested in event 3, answered in event 4): not of an instant between request and answer.",
                "block 0 of disk s began with 0000000000000000 (as in the beginning), from d",
                "it can have been taken before event 2 only");
    }

    @Test
    void aSnapshotIsTakenAfterItsAnswer() {
        story.ask(S_OF_D).answer(S_OF_D).wrote("h1", "d", 0, 7).saw("h2", "s", 0, 7);
        assertViolation(
                "NOT_THEN",
                "block 0 of disk s began with 0000000000000007, from d, where h1 writes 0000000000000007 (event 3 to 4)",
                "it can have been taken between the events 3 and 6 only");
    }

    @Test
    void twoBlocksOfASnapshotAreOfDifferentInstants() {
        story.ask(S_OF_D)
                .wrote("h1", "d", 0, 7)
                .wrote("h1", "d", 1, 8)
                .answer(S_OF_D)
                .saw("h2", "s", 0, 0)
                .saw("h2", "s", 1, 8);
        assertViolation(
                "TORN",
                "snapshot s (requested in event 1, answered in event 6)",
                "There is no instant that all blocks agree with:",
                "block 0 of disk s began with 0000000000000000 (as in the beginning), from d; it can have been taken"
                        + " between the events 1 and 3",
                "block 1 of disk s began with 0000000000000008, from d, where h1 writes 0000000000000008 (event 4 to"
                        + " 5); it can have been taken between the events 4 and 6");
    }

    @Test
    void snapshotsOfTwoDisksAreOfDifferentInstants() {
        story.ask(BOTH)
                .wrote("h1", "d", 0, 7)
                .wrote("h1", "e", 0, 8)
                .answer(BOTH)
                .saw("h2", "sd", 0, 0)
                .saw("h2", "se", 0, 8);
        assertViolation(
                "TORN",
                "snapshots sd, se (requested in event 1, answered in event 6)",
                "of disk sd began with 0000000000000000 (as in the beginning), from d; it can have been taken between"
                        + " the events 1 and 3",
                "of disk se began with 0000000000000008, from e",
                "it can have been taken between the events 4 and 6");
    }

    @Test
    void aSnapshotOfASnapshotIsOfWhatTheOriginalHeld() {
        Map<String, String> second = Map.of("t", "s");
        story.wrote("h1", "d", 0, 7)
                .ask(S_OF_D)
                .wrote("h1", "d", 0, 8)
                .answer(S_OF_D)
                .ask(second)
                .answer(second)
                .saw("h2", "t", 0, 7)
                .wrote("h2", "s", 0, 9)
                .saw("h2", "t", 0, 7);
        assertPossible();
        story.wrote("h1", "d", 1, 5).saw("h2", "t", 1, 5);
        assertViolation(
                "NOT_THEN",
                "snapshot s (requested in event 3, answered in event 6)",
                "block 1 of disk s began with 0000000000000005, from d, where h1 writes 0000000000000005 (event 15 to"
                        + " 16)");
    }

    @Test
    void aSnapshotHoldsTwoContentsInTurn() {
        story.wrote("h1", "d", 0, 7)
                .ask(S_OF_D)
                .wrote("h1", "d", 0, 8)
                .answer(S_OF_D)
                .saw("h2", "s", 0, 7)
                .saw("h2", "s", 0, 8);
        assertViolation(
                "NEVER_WRITTEN",
                "block 0 of disk s: h2 reads 0000000000000008 (event 9 to 10), which it cannot have held.",
                "the snapshot held 0000000000000007 when it was taken");
    }

    @Test
    void twoSnapshotsThatOverlapSawTwoWritesInDifferentOrders() {
        Map<String, String> first = Map.of("s1", "d", "t1", "e");
        Map<String, String> second = Map.of("s2", "d", "t2", "e");
        story.ask(first)
                .ask(second)
                .write("h1", "d", 0, 7)
                .write("h2", "e", 0, 8)
                .answer(first)
                .answer(second)
                .done("h1", 7)
                .done("h2", 8)
                .saw("h3", "s1", 0, 7)
                .saw("h3", "t1", 0, 0)
                .saw("h3", "s2", 0, 0);
        assertPossible();
        story.saw("h3", "t2", 0, 8);
        assertViolation("TORN", "snapshots s1, t1", "snapshots s2, t2", "of disk t2 began with 0000000000000008");
    }

    @Test
    void aRequestOfAControllerThatCrashedWasFollowedByThenOrNever() {
        story.ask(S_OF_D).wrote("h1", "d", 0, 7).crash().saw("h2", "s", 0, 7);
        assertPossible();
        story.wrote("h1", "d", 1, 8).saw("h2", "s", 1, 8);
        assertViolation("NOT_THEN", "snapshot s (requested in event 1, not answered)");
    }

    @Test
    void aDiskThatIsGoneIsRead() {
        story.remove("d").saw("h1", "d", 0, 0);
        assertViolation("NO_SUCH_DISK", "h1 reads 0000000000000000 (event 2 to 3), but there was no such disk then");
    }

    @Test
    void aSnapshotThatIsAskedForAgainIsGoneWhenItIsRemovedOnce() {
        Map<String, String> cut = Map.of("s", "d");
        story.ask(cut).crash().ask(cut).answer(cut).remove("s").saw("h1", "s", 0, 0);
        assertViolation("NO_SUCH_DISK", "there was no such disk then");
    }

    @Test
    void aNameComesAgain() {
        story.wrote("h1", "d", 0, 7)
                .remove("d")
                .ask(Map.of("d", "e"))
                .answer(Map.of("d", "e"))
                .saw("h1", "d", 0, 0);
        assertPossible();
        story.saw("h1", "d", 0, 7);
        assertViolation("NEVER_WRITTEN", "h1 reads 0000000000000007 (event 8 to 9)");
    }

    private void assertPossible() {
        assertThat(story.verdict()).isEqualTo(Optional.empty());
        assertThat(new BruteForce(story.history()).isPossible()).isTrue();
    }

    private void assertViolation(String kind, String... parts) {
        assertThat(story.verdict()).isPresent();
        assertThat(story.verdict().orElseThrow()).startsWith(kind + ": ").contains(parts);
        assertThat(new BruteForce(story.history()).isPossible()).isFalse();
    }
}
