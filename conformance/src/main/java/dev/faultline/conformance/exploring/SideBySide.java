package dev.faultline.conformance.exploring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does tasks side by side, a batch at a time: on threads of its own, and on the caller's as soon as it asks for the results.
 * For one caller.
 */
final class SideBySide<T, R> implements AutoCloseable {
    private final int helpers;
    private final @Nullable ExecutorService pool;
    private final Supplier<Function<T, R>> makeWorker;
    private final ConcurrentLinkedQueue<Function<T, R>> workers = new ConcurrentLinkedQueue<>();

    /**
     * Makes one for so many threads, the caller's included.
     *
     * @param makeWorker makes what does tasks, one after the other; called for each thread that works at the same time
     */
    SideBySide(int threads, Supplier<Function<T, R>> makeWorker) {
        this.makeWorker = makeWorker;
        helpers = threads - 1;
        pool = helpers == 0
                ? null
                : Executors.newFixedThreadPool(helpers, task -> {
                    Thread thread = new Thread(task, "faultline-explorer");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Returns whether there is no thread but the caller's. */
    boolean isOne() {
        return helpers == 0;
    }

    /** Begins to do some tasks. */
    Batch<T, R> begin(List<T> tasks) {
        Batch<T, R> batch = new Batch<>(this, tasks);
        if (pool != null && !tasks.isEmpty()) {
            for (int i = 0; i < helpers; i++) {
                pool.execute(batch::work);
            }
        }
        return batch;
    }

    /** Tasks that have begun. */
    static final class Batch<T, R> {
        private final SideBySide<T, R> owner;
        private final List<T> tasks;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicReferenceArray<R> results;
        private final AtomicReferenceArray<Throwable> failures;
        private final CountDownLatch open;

        private Batch(SideBySide<T, R> owner, List<T> tasks) {
            this.owner = owner;
            this.tasks = tasks;
            results = new AtomicReferenceArray<>(tasks.size());
            failures = new AtomicReferenceArray<>(tasks.size());
            open = new CountDownLatch(tasks.size());
        }

        boolean isEmpty() {
            return tasks.isEmpty();
        }

        List<T> tasks() {
            return tasks;
        }

        /** Helps with what is left to do, and returns what came of each task, in order. Throws what the first threw that did. */
        List<R> results() {
            work();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while others were at work", e);
            }
            List<R> all = new ArrayList<>(tasks.size());
            for (int i = 0; i < tasks.size(); i++) {
                Throwable failure = failures.get(i);
                if (failure instanceof Error error) {
                    throw error;
                } else if (failure instanceof RuntimeException exception) {
                    throw exception;
                }
                all.add(results.get(i));
            }
            return all;
        }

        private void work() {
            Function<T, R> worker = owner.workers.poll();
            if (worker == null) {
                worker = owner.makeWorker.get();
            }
            for (int i = taken.getAndIncrement(); i < tasks.size(); i = taken.getAndIncrement()) {
                try {
                    results.set(i, worker.apply(tasks.get(i)));
                } catch (RuntimeException | Error e) {
                    failures.set(i, e);
                } finally {
                    open.countDown();
                }
            }
            owner.workers.add(worker);
        }
    }

    /** Ends the threads; what has begun is left as it is. */
    @Override
    public void close() {
        if (pool != null) {
            pool.shutdownNow();
        }
    }
}
