package dev.faultline.runtime;

import static dev.faultline.runtime.Interleavings.expect;
import static dev.faultline.runtime.Interleavings.inEach;
import static dev.faultline.runtime.Interleavings.join;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is waited for, in many interleavings of those who call, who answer, and who fail or close the cluster. */
class PendingCallsModelTest {
    private static final RuntimeException CAUSE = new IllegalStateException("for the test");

    /**
     * A future keeps quiet about who completes it in vain. So it is seen by who waits, by who answers, and at the end:
     * all must have seen the same.
     */
    @Test
    void aCallThatIsAnsweredWhileTheClusterFailsEndsOnceAndForAll() {
        inEach(() -> {
            PendingCalls pending = new PendingCalls(Duration.ofMinutes(1));
            CompletableFuture<Void> call = pending.begin();
            AtomicReference<String> told = new AtomicReference<>("nothing");
            Thread waiting = new Thread(() -> told.set(outcome(pending, call)));
            Thread failing = new Thread(() -> pending.fail(CAUSE));
            waiting.start();
            failing.start();
            String expected = pending.complete(call) ? "answered" : "failed";
            join(failing);
            expect(call.isDone(), "the call to have ended", call);
            join(waiting);
            expect(told.get().equals(expected), "the caller to be told '" + expected + "'", told);
            expect(outcome(pending, call).equals(expected), "'" + expected + "' for ever", call);
            expect(pending.underWay() == 0, "no call under way", pending.underWay());
            expect(pending.begin().isCompletedExceptionally(), "calls to be refused after a failure", pending);
            expect(pending.underWay() == 0, "no refused call under way", pending.underWay());
        });
    }

    /** An agent refuses I/O on a disk that is deleted, while another thread fails the cluster: one of them ends the call. */
    @Test
    void aCallThatSeveralEndIsEndedByOne() {
        inEach(() -> {
            PendingCalls pending = new PendingCalls(Duration.ofMinutes(1));
            CompletableFuture<Void> call = pending.begin();
            AtomicInteger ends = new AtomicInteger();
            Thread answering = new Thread(() -> ends.addAndGet(pending.complete(call) ? 1 : 0));
            Thread refusing = new Thread(() -> ends.addAndGet(pending.refuse(call, CAUSE) ? 1 : 0));
            answering.start();
            refusing.start();
            join(answering);
            join(refusing);
            expect(ends.get() == 1, "one end of the call", ends);
            expect(call.isDone() && pending.underWay() == 0, "no call under way", call);
        });
    }

    private static String outcome(PendingCalls pending, CompletableFuture<Void> call) {
        try {
            pending.await(call, () -> "the call");
            return "answered";
        } catch (ClusterException e) {
            return String.valueOf(e.getMessage()).contains("for the test") ? "failed" : "failed by " + e.getMessage();
        }
    }

    @Test
    void noCallIsLeftWaitingByAFailure() {
        inEach(() -> {
            PendingCalls pending = new PendingCalls(Duration.ofMinutes(1));
            Thread failing = new Thread(() -> pending.fail(CAUSE));
            failing.start();
            CompletableFuture<Void> call = pending.begin();
            join(failing);
            expect(call.isCompletedExceptionally(), "the call to fail", call);
            expect(pending.underWay() == 0, "no call under way", pending.underWay());
        });
    }

    /** Who closes waits for the call, or the call is refused: else it would go to a loop that has ended. */
    @Test
    void aCallThatIsBegunWhileTheClusterClosesIsWaitedForOrRefused() {
        inEach(() -> {
            PendingCalls pending = new PendingCalls(Duration.ofMinutes(1));
            AtomicReference<String> answered = new AtomicReference<>("nothing");
            Thread calling = new Thread(() -> {
                CompletableFuture<Void> call = pending.begin();
                if (call.isDone()) {
                    answered.set("refused");
                } else {
                    answered.set("answered");
                    pending.complete(call);
                }
            });
            calling.start();
            pending.close();
            boolean refused = pending.begin().isCompletedExceptionally();
            String before = answered.get();
            join(calling);
            expect(refused, "calls to be refused once the cluster is closed", before);
            expect(
                    answered.get().equals("refused") || before.equals("answered"),
                    "a call that was not refused to have been waited for",
                    before);
        });
    }
}
