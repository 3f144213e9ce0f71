package dev.faultline.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who chooses what happens next: first the given choices, then, if there is a seed to go on with, choices drawn from
 * it. A choice is an index into the list of what can happen, with the {@linkplain Simulation#shortcuts() shortcuts} behind it,
 * modulo its length, so that any list of numbers is a schedule. Or choices of another simulation, each of which is made if it, or one like it, can be, and left out if not.
 * Keeps what it chose. For one thread at a time.
 */
public final class Schedule {
    private final List<Integer> given;
    private final List<Choice> wanted;
    private final SplittableRandom random;
    private final boolean goesOn;

    private final List<Integer> chosen = new ArrayList<>();
    private final List<Choice> made = new ArrayList<>();
    private int nextWanted;

    private Schedule(List<Integer> given, List<Choice> wanted, long seed, boolean goesOn) {
        this.given = List.copyOf(given);
        this.wanted = List.copyOf(wanted);
        this.random = new SplittableRandom(seed);
        this.goesOn = goesOn;
    }

    /** Returns a schedule that is drawn from a seed. */
    public static Schedule random(long seed) {
        return new Schedule(List.of(), List.of(), seed, true);
    }

    /** Returns a schedule of just these choices. */
    public static Schedule of(List<Integer> choices) {
        return new Schedule(choices, List.of(), 0, false);
    }

    /** Returns a schedule of what was chosen in another simulation, as far as it can be. */
    public static Schedule following(List<Choice> choices) {
        return new Schedule(List.of(), choices, 0, false);
    }

    /** Returns the choices made so far, as numbers. */
    public List<Integer> chosen() {
        return List.copyOf(chosen);
    }

    /** Returns the choices made so far. */
    public List<Choice> made() {
        return List.copyOf(made);
    }

    /**
     * Lets the next thing happen.
     *
     * @return whether something happened: not so when nothing can, or when the given choices are used up
     */
    public boolean step(Simulation simulation) {
        List<Choice> choices = simulation.choices();
        if (choices.isEmpty()) {
            return false;
        } else if (chosen.size() < given.size()) {
            make(given.get(chosen.size()), choices, simulation);
        } else if (goesOn) {
            make(random.nextInt(choices.size()), choices, simulation);
        } else {
            return follow(choices, simulation);
        }
        return true;
    }

    private void make(int number, List<Choice> choices, Simulation simulation) {
        List<Choice> all = choices;
        if (number < 0 || number >= choices.size()) {
            all = new ArrayList<>(choices);
            all.addAll(simulation.shortcuts());
        }
        int choice = Math.floorMod(number, all.size());
        chosen.add(choice);
        made.add(all.get(choice));
        all.get(choice).happen();
    }

    /** Makes the next of the wanted choices that can be made; returns whether there was one. */
    private boolean follow(List<Choice> choices, Simulation simulation) {
        while (nextWanted < wanted.size()) {
            Choice next = wanted.get(nextWanted);
            int number = choices.indexOf(next);
            if (number < 0) {
                List<Choice> shortcuts = simulation.shortcuts();
                number = shortcuts.indexOf(next);
                nextWanted -= number < 0 && shortcuts.contains(next.due()) ? 1 : 0;
                number = number < 0 ? shortcuts.indexOf(next.due()) : number;
                number = number < 0 ? next.likeIn(choices) : choices.size() + number;
            }
            nextWanted++;
            if (number >= 0) {
                make(number, choices, simulation);
                return true;
            }
        }
        return false;
    }
}
