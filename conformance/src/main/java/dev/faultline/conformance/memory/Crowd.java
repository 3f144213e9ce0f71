package dev.faultline.conformance.memory;

/**
 * Whether it is worth while to remember steps, by what slices have seen lately. What comes of it is a matter of time alone: the
 * answers are the same. For any threads.
 */
final class Crowd {
    private static final int LEAST_STEPS = 2_048;
    private static final int OF_WHICH_ONE_TRIES = 64;

    private long steps;
    private long news;
    private boolean isCrowded;
    private int slices;

    /** Takes note of steps that were looked up, and of how many of them had to be asked. */
    synchronized void report(long looked, long asked) {
        steps += looked;
        news += asked;
        if (steps >= LEAST_STEPS) {
            isCrowded = news > steps / 2;
            steps = 0;
            news = 0;
        }
    }

    /** Returns whether a new slice is to ask about every step from the beginning. */
    synchronized boolean isToBeAsked() {
        return isCrowded && ++slices % OF_WHICH_ONE_TRIES != 0;
    }
}
