package dev.faultline.conformance.live;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The threads of a workload. */
final class Threads {
    private Threads() {}

    /** Waits until all have ended; throws what the first of them threw that did. */
    static void join(List<Future<?>> running) {
        for (Future<?> thread : running) {
            try {
                thread.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
    }
}
