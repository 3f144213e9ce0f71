package dev.faultline.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who chooses what happens next: first the given choices, then, if there is a seed to go on with, choices drawn from
 * it. A choice is an index into the list of what can happen, modulo its length, so that any list of numbers is a
 * schedule. Keeps what it chose. For one thread at a time.
 */
public final class Schedule {
    private final List<Integer> given;
    private final SplittableRandom random;
    private final boolean goesOn;
    private final List<Integer> chosen = new ArrayList<>();

    private Schedule(List<Integer> given, long seed, boolean goesOn) {
        this.given = List.copyOf(given);
        this.random = new SplittableRandom(seed);
        this.goesOn = goesOn;
    }

    /** Returns a schedule that is drawn from a seed. */
    public static Schedule random(long seed) {
        return new Schedule(List.of(), seed, true);
    }

    /** Returns a schedule of just these choices. */
    public static Schedule of(List<Integer> choices) {
        return new Schedule(choices, 0, false);
    }

    /** Returns the choices made so far. */
    public List<Integer> chosen() {
        return List.copyOf(chosen);
    }

    /**
     * Lets the next thing happen.
     *
     * @return whether something happened: not so when nothing can, or when the given choices are used up
     */
    public boolean step(Simulation simulation) {
        List<Runnable> choices = simulation.choices();
        boolean hasGiven = chosen.size() < given.size();
        if (choices.isEmpty() || !hasGiven && !goesOn) {
            return false;
        }
        int choice =
                hasGiven ? Math.floorMod(given.get(chosen.size()), choices.size()) : random.nextInt(choices.size());
        chosen.add(choice);
        choices.get(choice).run();
        return true;
    }
}
