package dev.faultline.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread with an inbox, the only one that runs its handler. What is put in while it works is taken as one batch. Any
 * thread may put inputs in; they are handled in the order in which one thread puts them.
 *
 * <p>If the handler throws, the loop tells so and ends; what is in its inbox then, or comes later, stays there.
 */
final class Loop<T> {
    private static final int BATCH = 256;

    private final ConcurrentLinkedQueue<T> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
    private final Handler<T> handler;
    private final Consumer<Throwable> onFailure;
    private final Parking parking;
    private final Thread thread;
    private volatile boolean stopping;

    /** What a loop does with its inputs; called on its thread alone. */
    interface Handler<T> {
        /** Handles one input. */
        void handle(T input) throws Exception;

        /** Called after each batch of inputs. */
        default void afterBatch() throws Exception {}
    }

    /**
     * How a thread sleeps. That of the JVM may wake up a thread for no reason, so a test that has to see a lost wake-up
     * needs one that does not.
     */
    interface Parking {
        /** Returns when another thread has called {@link #unpark}, which it may have done before. */
        void park();

        /** Has a call of {@link #park} by the thread return. */
        void unpark(Thread thread);
    }

    private static final Parking JVM = new Parking() {
        @Override
        public void park() {
            LockSupport.park();
        }

        @Override
        public void unpark(Thread thread) {
            LockSupport.unpark(thread);
        }
    };

    /** Makes a loop that does nothing before it is started. */
    Loop(String name, Handler<T> handler, Consumer<Throwable> onFailure) {
        this(name, handler, onFailure, JVM);
    }

    /** Makes a loop that sleeps in its own way. */
    Loop(String name, Handler<T> handler, Consumer<Throwable> onFailure, Parking parking) {
        this.handler = handler;
        this.onFailure = onFailure;
        this.parking = parking;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Leaves an input to the loop. Never blocks. */
    void put(T input) {
        inbox.add(input);
        wake();
    }

    /**
     * Has the thread end when its inbox is empty, and waits for that.
     *
     * @return whether it has ended by the deadline, a {@link System#nanoTime}
     */
    boolean stop(long deadlineNanos) {
        stopping = true;
        wake();
        boolean interrupted = false;
        long leftNanos = deadlineNanos - System.nanoTime();
        while (thread.isAlive() && leftNanos > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNanos);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            leftNanos = deadlineNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    String name() {
        return thread.getName();
    }

    private void wake() {
        Thread asleep = sleeper.get();
        if (asleep != null && sleeper.compareAndSet(asleep, null)) {
            parking.unpark(asleep);
        }
    }

    private void run() {
        try {
            while (true) {
                boolean last = stopping;
                T input = inbox.poll();
                if (input != null) {
                    handleBatch(input);
                } else if (last) {
                    return;
                } else {
                    sleep();
                }
            }
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }

    private void handleBatch(T first) throws Exception {
        handler.handle(first);
        for (int handled = 1; handled < BATCH; handled++) {
            T input = inbox.poll();
            if (input == null) {
                break;
            }
            handler.handle(input);
        }
        handler.afterBatch();
    }

    /**
     * Lets other threads run for a moment, in the hope that they do what is waited for. An I/O goes from thread to thread
     * four times; where there are more threads than processors, to sleep and be woken each time costs more.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing but speed depends on what the scheduler does.
    static void giveWay() {
        Thread.yield();
    }

    /** Sleeps until there is something to do. Whoever puts something in sees the sleeper, or the sleeper sees it. */
    private void sleep() {
        giveWay();
        sleeper.set(thread);
        while (inbox.isEmpty() && !stopping && sleeper.get() != null) {
            parking.park();
        }
        sleeper.set(null);
    }
}
