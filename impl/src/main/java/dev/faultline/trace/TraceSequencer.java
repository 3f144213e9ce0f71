package dev.faultline.trace;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of concurrent places back into the order of their times, and gives them to one consumer on a thread of
 * its own. Any thread may offer events; one that is too far ahead of the consumer waits.
 */
public final class TraceSequencer implements TraceSink, AutoCloseable {
    private static final int SLOTS = 1 << 15;
    private static final long IDLE_NANOS = 1_000_000;
    private static final long FULL_NANOS = 50_000;

    /** The event of time t is in slot t modulo their number, from when it is offered until it is consumed. */
    private final AtomicReferenceArray<@Nullable TraceEvent> slots;

    private final Consumer consumer;
    private final Thread thread;
    private volatile long consumed;
    private volatile boolean closing;
    private volatile @Nullable Throwable failure;

    /** What the events are for; called on the sequencer's thread alone. */
    public interface Consumer {
        /** Takes the next event in the order of time. */
        void accept(TraceEvent event) throws Exception;
    }

    /** Starts a sequencer; the first event is that of time 1. */
    public TraceSequencer(Consumer consumer) {
        this(consumer, SLOTS);
    }

    /**
     * Starts a sequencer with so many slots.
     *
     * @param slotCount how far an event may be ahead of the last one that was consumed; a power of two
     */
    TraceSequencer(Consumer consumer, int slotCount) {
        if (Integer.bitCount(slotCount) != 1) {
            throw new IllegalArgumentException(slotCount + " slots, which is no power of two");
        }
        slots = new AtomicReferenceArray<>(slotCount);
        this.consumer = consumer;
        thread = new Thread(this::run, "faultline-trace");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes an event. Throws {@link IllegalStateException} once the consumer has thrown. */
    @Override
    public void accept(TraceEvent event) {
        while (event.time() - consumed > slots.length()) {
            refuseAfterFailure();
            LockSupport.parkNanos(this, FULL_NANOS);
        }
        refuseAfterFailure();
        slots.setRelease(slotOf(event.time()), event);
    }

    /**
     * Waits until all events that were offered are consumed, and ends the thread. No event may be offered meanwhile.
     *
     * @throws IllegalStateException if the consumer has thrown, or if a time is missing among the events
     */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
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
        refuseAfterFailure();
    }

    private void run() {
        try {
            long time = 1;
            while (true) {
                // Read before the slot: what is not there after closing began never comes.
                boolean last = closing;
                TraceEvent event = slots.getAcquire(slotOf(time));
                if (event != null) {
                    slots.setPlain(slotOf(time), null);
                    consumer.accept(event);
                    consumed = time++;
                } else if (last) {
                    expectEmpty(time);
                    return;
                } else {
                    LockSupport.parkNanos(this, IDLE_NANOS);
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void expectEmpty(long time) {
        for (int i = 0; i < slots.length(); i++) {
            TraceEvent later = slots.getAcquire(i);
            if (later != null) {
                throw new IllegalStateException(
                        "the trace has a gap: no event of time " + time + ", but one of time " + later.time());
            }
        }
    }

    private void refuseAfterFailure() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the trace failed: " + cause.getMessage(), cause);
        }
    }

    private int slotOf(long time) {
        return (int) (time & (slots.length() - 1));
    }
}
