package dev.faultline.sim;

import java.util.Locale;

/**
 * How often what goes wrong in a simulated system, 0 to 1,000 times each; each kind is spread over the run.
 *
 * @param agentCrashes agents that crash; each comes back under a new name
 * @param fences agents that are given up though they run, as one is that seems to be gone
 * @param controllerCrashes crashes of the controller, which comes back each time
 * @param losses messages that are lost
 * @param repeats messages that arrive once more, or are sent again before they had to be
 */
public record Faults(int agentCrashes, int fences, int controllerCrashes, int losses, int repeats) {
    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0);

    private static final int MOST = 1000;

    /** {@link IllegalArgumentException} for a number that is out of its range. */
    public Faults {
        check("crashes of agents", agentCrashes, 0, MOST);
        check("fences", fences, 0, MOST);
        check("crashes of the controller", controllerCrashes, 0, MOST);
        check("losses", losses, 0, MOST);
        check("repetitions", repeats, 0, MOST);
    }

    /** {@link IllegalArgumentException} for a number that is out of its range. */
    static void check(String what, int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "the number of %s must be from %d to %d, not %d", what, least, most, number));
        }
    }
}
