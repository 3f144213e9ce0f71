package dev.faultline.runtime;

import org.jetbrains.lincheck.Lincheck;

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
}
