package dev.faultline.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads another source on a thread of its own, some thousand events ahead, so that the caller does not wait for what parsing
 * costs. Gives the same events, positions and failures in the same order. For one thread at a time.
 */
public final class ReadAhead implements TraceSource {
    private static final int EVENTS_OF_A_BATCH = 512;
    private static final int MOST_BATCHES = 8;

    private final TraceSource source;
    private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(MOST_BATCHES);
    private final Thread thread;
    private final TracePosition begin;
    private Batch batch = new Batch();
    private int taken;

    /** Some events, and what comes after them: more, the end, or a failure. */
    private static final class Batch {
        private final List<TraceEvent> events = new ArrayList<>(EVENTS_OF_A_BATCH);
        private final List<TracePosition> positions = new ArrayList<>(EVENTS_OF_A_BATCH);
        private boolean isLast;
        private @Nullable Throwable failure;
    }

    /** Starts to read a source, which belongs to this one from then on. */
    public ReadAhead(TraceSource source) {
        this.source = source;
        begin = source.at();
        thread = new Thread(this::run, "faultline-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Batch failed = new Batch(); // made now: there may be no memory for it later
        try {
            if (!readAll(failed)) {
                queue.put(failed);
            }
        } catch (InterruptedException e) {
            // Nobody wants more.
        }
    }

    /** Returns false, and notes why, if not even a batch could be made. */
    private boolean readAll(Batch failed) throws InterruptedException {
        try {
            boolean last = false;
            while (!last) {
                Batch next = new Batch();
                fill(next);
                last = next.isLast;
                queue.put(next);
            }
            return true;
        } catch (Error e) {
            failed.isLast = true;
            failed.failure = e;
            return false;
        }
    }

    private void fill(Batch next) {
        try {
            while (next.events.size() < EVENTS_OF_A_BATCH) {
                TraceEvent event = source.next();
                if (event == null) {
                    next.isLast = true;
                    return;
                }
                next.events.add(event);
                next.positions.add(source.at());
            }
        } catch (Throwable e) {
            next.isLast = true;
            next.failure = e;
        }
    }

    @Override
    public TraceHeader header() {
        return source.header();
    }

    @Override
    public @Nullable TraceEvent next() {
        while (taken == batch.events.size()) {
            if (batch.failure instanceof Error error) {
                throw error;
            } else if (batch.failure instanceof RuntimeException exception) {
                throw exception;
            } else if (batch.isLast) {
                return null;
            }
            try {
                batch = queue.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a trace is read", e);
            }
            taken = 0;
        }
        return batch.events.get(taken++);
    }

    @Override
    public TracePosition at() {
        return taken == 0 ? begin : batch.positions.get(taken - 1);
    }

    @Override
    public Optional<TraceStop> stop() {
        return source.stop();
    }

    @Override
    public List<Path> passedOver() {
        return source.passedOver();
    }

    @Override
    public List<String> withoutFile() {
        return source.withoutFile();
    }

    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        source.close();
    }
}
