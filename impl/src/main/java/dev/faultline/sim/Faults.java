package dev.faultline.sim;

/**
 * How often what goes wrong in a simulated system; each kind is spread over the run.
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

    /** {@link IllegalArgumentException} for a negative number. */
    public Faults {
        if (agentCrashes < 0 || fences < 0 || controllerCrashes < 0 || losses < 0 || repeats < 0) {
            throw new IllegalArgumentException("what goes wrong cannot be counted by negative numbers: " + agentCrashes
                    + ", " + fences + ", " + controllerCrashes + ", " + losses + ", " + repeats);
        }
    }
}
