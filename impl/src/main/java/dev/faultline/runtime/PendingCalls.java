package dev.faultline.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that somebody outside waits for. When a part of the cluster fails, every call that is pending fails with it, and so
 * does every later one: nobody waits for an answer that cannot come. Any thread may use it.
 */
@SuppressWarnings("CollectionUndefinedEquality") // A future equals itself alone, which is what is wanted of calls.
final class PendingCalls {
    private final Set<CompletableFuture<Void>> calls = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Duration timeout;
    private final Supplier<Cores> cores;
    private volatile boolean closed;

    PendingCalls(Duration timeout) {
        this(timeout, () -> Cores.NONE);
    }

    /**
     * Makes an empty set of calls.
     *
     * @param timeout how long somebody waits for an answer
     * @param cores what is told to who waited longer
     */
    PendingCalls(Duration timeout, Supplier<Cores> cores) {
        this.timeout = timeout;
        this.cores = cores;
    }

    /** Returns the answer to a new call, which is complete already if the cluster has failed or was closed. */
    CompletableFuture<Void> begin() {
        CompletableFuture<Void> answer = beginLast();
        if (closed) {
            refuse(answer, new ClusterException("the cluster is closed"));
        }
        return answer;
    }

    /** Like {@link #begin}, for what is to be done when the cluster was closed. */
    CompletableFuture<Void> beginLast() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        // What stops calls is looked at after the call was added: it is seen here, or who fails or closes sees the
        // call.
        calls.add(answer);
        Throwable cause = failure.get();
        if (cause != null) {
            refuse(answer, failed(cause));
        }
        return answer;
    }

    /** Answers a call; returns whether this has ended it. What was told first stays. */
    boolean complete(CompletableFuture<Void> answer) {
        calls.remove(answer);
        return answer.complete(null);
    }

    /** Has a call fail; returns whether this has ended it. */
    boolean refuse(CompletableFuture<Void> answer, RuntimeException reason) {
        calls.remove(answer);
        return answer.completeExceptionally(reason);
    }

    /** Returns how many calls nobody has ended yet. */
    int underWay() {
        return calls.size();
    }

    /** Fails all calls, now and later. The first failure counts. */
    void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            calls.forEach(answer -> refuse(answer, failed(cause)));
        }
    }

    /** Refuses later calls, and waits for those that are pending. */
    void close() {
        closed = true;
        for (CompletableFuture<Void> answer : calls) {
            try {
                await(answer, () -> "a call that was under way when the cluster was closed");
            } catch (ClusterException e) {
                if (!answer.isDone()) {
                    throw e;
                }
                // Whoever called was told.
            }
        }
    }

    /** Waits for an answer, and says what it waited for if there is none in time. */
    void await(CompletableFuture<Void> answer, Supplier<String> what) {
        if (!answer.isDone()) {
            Loop.giveWay();
        }
        try {
            answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof DiskDeletedException) {
                throw new DiskDeletedException(what.get() + ": " + cause.getMessage());
            } else if (cause instanceof OutOfSpaceException) {
                throw new OutOfSpaceException(what.get() + ": " + cause.getMessage());
            }
            throw new ClusterException(what.get() + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new NoAnswerException(what.get() + ": no answer within " + timeout.toMillis() + " ms", cores.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(what.get() + ": interrupted before there was an answer", e);
        }
    }

    /** Throws what made the cluster fail, if it did. */
    void throwFailure() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw failed(cause);
        }
    }

    private static ClusterException failed(Throwable cause) {
        return new ClusterException("the cluster has failed: " + cause, cause);
    }
}
