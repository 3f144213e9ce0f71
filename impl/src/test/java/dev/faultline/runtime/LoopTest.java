package dev.faultline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No input may be lost, and no failure may go unnoticed. */
class LoopTest {
    private final List<Integer> handled = new ArrayList<>();
    private final AtomicInteger handledSinceBatch = new AtomicInteger();

    @Test
    void handlesEveryInputInOrderHoweverManyThereAre() {
        Loop<Integer> loop = new Loop<>("test", handled::add, e -> {});
        List<Integer> inputs = IntStream.range(0, 10_000).boxed().toList();
        inputs.forEach(loop::put);
        loop.start();

        assertThat(loop.stop(inSeconds(60))).isTrue();
        assertThat(handled).isEqualTo(inputs);
    }

    @Test
    void losesNoWakeUp() throws Exception {
        Loop<CountDownLatch> loop = new Loop<>("test", CountDownLatch::countDown, e -> {});
        loop.start();
        for (int i = 0; i < 20_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            loop.put(done);
            assertThat(done.await(60, TimeUnit.SECONDS)).as("input %d", i).isTrue();
        }
        assertThat(loop.stop(inSeconds(60))).isTrue();
    }

    @Test
    void everyInputIsFollowedByTheEndOfABatch() {
        Loop<Integer> loop = new Loop<>(
                "test",
                new Loop.Handler<>() {
                    @Override
                    public void handle(Integer input) {
                        handledSinceBatch.incrementAndGet();
                    }

                    @Override
                    public void afterBatch() {
                        handledSinceBatch.set(0);
                    }
                },
                e -> {});
        IntStream.range(0, 1000).boxed().forEach(loop::put);
        loop.start();

        assertThat(loop.stop(inSeconds(60))).isTrue();
        assertThat(handledSinceBatch).hasValue(0);
    }

    @Test
    void tellsOfAFailureAndEnds() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        IllegalStateException cause = new IllegalStateException("for the test");
        Loop<Integer> loop = new Loop<>(
                "test",
                input -> {
                    throw cause;
                },
                failure::complete);
        loop.start();
        loop.put(1);

        assertThat(failure.get(60, TimeUnit.SECONDS)).isSameAs(cause);
        assertThat(loop.stop(inSeconds(60))).isTrue();
    }

    @Test
    void isNotWaitedForLongerThanTheDeadline() {
        CountDownLatch stuck = new CountDownLatch(1);
        Loop<CountDownLatch> loop = new Loop<>("test", CountDownLatch::await, e -> {});
        loop.start();
        loop.put(stuck);

        assertThat(loop.stop(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50)))
                .isFalse();
        stuck.countDown();
        assertThat(loop.stop(inSeconds(60))).isTrue();
    }

    private static long inSeconds(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
}
