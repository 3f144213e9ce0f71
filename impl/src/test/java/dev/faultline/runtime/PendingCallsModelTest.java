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

    @Test
    void aCallIsCompletedOnceByAnAnswerOrAFailure() {
        inEach(() -> {
            PendingCalls pending = new PendingCalls(Duration.ofMinutes(1));
            AtomicInteger completions = new AtomicInteger();
            CompletableFuture<Void> call = pending.begin();
            CompletableFuture<?> seen = call.whenComplete((nothing, problem) -> completions.incrementAndGet());
            Thread failing = new Thread(() -> pending.fail(CAUSE));
            failing.start();
            pending.complete(call);
            join(failing);
            expect(seen.isDone() && completions.get() == 1, "one completion", completions);
            expect(pending.begin().isCompletedExceptionally(), "calls to be refused after a failure", pending);
        });
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
