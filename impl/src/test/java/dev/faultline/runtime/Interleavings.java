package dev.faultline.runtime;

import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;

/**
 * Small programs of several threads, taken through many of their interleavings by a model checker. It reports the
 * interleaving in which the program throws, or in which a thread that the program has started never ends. Memory is
 * sequentially consistent there, time stands still, and a parked thread wakes up whenever it likes.
 */
public final class Interleavings {
    /** How many are tried of each program. */
    private static final int TRIED = Integer.getInteger("faultline.interleavings", 200);

    private Interleavings() {}

    /** Runs a program in many interleavings. */
    public static void inEach(Runnable program) {
        Lincheck.runConcurrentTest(TRIED, program);
    }

    /** For use in the programs: the model checker does not get on with AssertJ. */
    public static void expect(boolean condition, String expected, Object found) {
        if (!condition) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    /** Waits for the end of a thread. */
    public static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a thread that does something; {@link Other#await} waits for its end. */
    public static Other start(Runnable work) {
        Other other = new Other(work);
        other.start();
        return other;
    }

    /** A thread of a program. What it throws would be seen by nobody, so it is thrown on to who waits for its end. */
    public static final class Other extends Thread {
        private final Runnable work;
        private volatile @Nullable Throwable thrown;

        private Other(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run();
            } catch (Throwable e) {
                thrown = e;
            }
        }

        /** Waits for the end; {@link AssertionError} if the thread has thrown. */
        public void await() {
            Interleavings.join(this);
            Throwable cause = thrown;
            if (cause != null) {
                throw new AssertionError("another thread: " + cause.getMessage(), cause);
            }
        }
    }
}
