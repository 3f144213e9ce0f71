package dev.faultline.spec.model;

import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Processes that run TLC on one small model after another: with a JVM for each, more than half of the time would be its
 * start. They are started when they are first needed, and ended by {@link #close} or with this JVM. For any number of
 * threads.
 */
public final class TlcProcesses implements AutoCloseable {
    private final Deque<TlcSeries> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Makes the processes of nobody yet: none runs. */
    public TlcProcesses() {
        // Nothing to do before the first model comes.
    }

    /** Returns a process that nobody else has, until it is given back or closed. */
    TlcSeries take(TlaTools tools) throws IOException {
        TlcSeries one = idle.poll();
        return one == null ? TlcSeries.start(tools, TlcCommand.DEFAULT_HEAP) : one;
    }

    /** Takes a process back that waits for its next model, or ends it if that would be one too many. */
    void giveBack(TlcSeries one) {
        if (one.isWorn()) {
            one.close();
        } else {
            idle.add(one);
        }
        if (closed) {
            close();
        }
    }

    /** Ends the processes. Those that have not been given back are ended when they are. */
    @Override
    public void close() {
        closed = true;
        for (TlcSeries one = idle.poll(); one != null; one = idle.poll()) {
            one.close();
        }
    }
}
