package dev.faultline.conformance.checking;

import dev.faultline.conformance.projection.Claim;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * Takes steps on several threads, each of which has its share of the segments: two events of the same segment are checked in
 * their order, others in any. An event of several segments waits until all before it have been checked.
 *
 * <p>Which event is refused, and in which words, does not depend on the threads: of all that are refused the first counts,
 * and no event before it is left out. For one thread at a time, who hands in the events.
 */
final class SliceThreads implements SliceSteps {
    /** After so many events, the threads get what they have to do. */
    private static final int EVENTS_OF_A_ROUND = 1024;

    private static final int MOST_ROUNDS = 8;

    /** How many events may have been handed in after one that is not checked yet: those in queues, in work, and at hand. */
    static final int MOST_AHEAD = (MOST_ROUNDS + 2) * EVENTS_OF_A_ROUND;

    private final SliceTable table;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicReference<@Nullable Failure> first = new AtomicReference<>();
    /** What a thread ended in outside of a step, or in telling of one; without memory, no step can be told of. */
    private volatile @Nullable Throwable broken;

    private int inRound;

    /** A step in one segment. */
    private record Step(long number, TraceEvent traced, Claim claim) {}

    /** What a thread gets at once: steps to take, and whom to tell afterwards. */
    private record Batch(List<Step> steps, @Nullable CountDownLatch done) {}

    /** An event that was refused, or could not be checked. */
    private record Failure(
            long number,
            @Nullable Rejection rejection,
            @Nullable Throwable thrown) {}

    /**
     * Starts the threads.
     *
     * @param table with a part for each of them
     * @param threads how many
     */
    SliceThreads(SliceTable table, int threads) {
        this.table = table;
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(i));
        }
    }

    /** A thread, and what it has to do. */
    private final class Worker implements Runnable {
        private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(MOST_ROUNDS);
        private final Thread thread;
        private List<Step> next = new ArrayList<>();

        Worker(int number) {
            thread = new Thread(this, "faultline-slices-" + number);
            thread.setDaemon(true);
            thread.start();
        }

        /** Also without steps: so that no queue lags behind the others by more rounds than it has room for. */
        void send(@Nullable CountDownLatch done) {
            put(queue, new Batch(next, done));
            next = new ArrayList<>(next.size());
        }

        @Override
        public void run() {
            try {
                while (true) {
                    take(queue.take());
                }
            } catch (InterruptedException e) {
                // The trace has been checked.
            }
        }

        /** Whatever happens, the thread goes on, and whoever waits for the batch is told: they see what is broken. */
        private void take(Batch batch) {
            try {
                batch.steps.forEach(this::take);
            } catch (Throwable e) {
                broken = e;
            }
            if (batch.done != null) {
                batch.done.countDown();
            }
        }

        private void take(Step step) {
            Failure known = first.get();
            if (known != null && known.number < step.number) {
                return;
            }
            try {
                table.stepIn(step.number, step.traced, step.claim, step.claim.firstSegment())
                        .ifPresent(rejection -> fail(new Failure(step.number, rejection, null)));
            } catch (Throwable e) {
                fail(new Failure(step.number, null, e));
            }
        }
    }

    private void fail(Failure failure) {
        first.accumulateAndGet(failure, (one, other) -> one == null || other.number() < one.number() ? other : one);
    }

    @Override
    public Optional<Rejection> step(long number, TraceEvent traced, Claim claim) {
        if (first.get() != null || broken != null) {
            return settle();
        }
        if (claim.segments() != 1) {
            return settle().or(() -> table.step(number, traced, claim));
        }
        workers.get(table.partOf(claim.firstSegment())).next.add(new Step(number, traced, claim));
        if (++inRound == EVENTS_OF_A_ROUND) {
            inRound = 0;
            workers.forEach(worker -> worker.send(null));
        }
        return Optional.empty();
    }

    @Override
    public Optional<Rejection> settle() {
        CountDownLatch done = new CountDownLatch(workers.size());
        inRound = 0;
        workers.forEach(worker -> worker.send(done));
        try {
            done.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        ExceptionUtils.throwUnchecked(broken);
        Failure failure = first.get();
        if (failure == null) {
            return Optional.empty();
        }
        ExceptionUtils.throwUnchecked(failure.thrown);
        return Optional.ofNullable(failure.rejection);
    }

    private static <T> void put(BlockingQueue<T> queue, T element) {
        try {
            queue.put(element);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a trace is checked", e);
    }

    @Override
    public SliceTable settled() {
        return table;
    }

    @Override
    public int mostBelieved() {
        return table.mostBelieved();
    }

    @Override
    public void close() {
        workers.forEach(worker -> worker.thread.interrupt());
    }
}
