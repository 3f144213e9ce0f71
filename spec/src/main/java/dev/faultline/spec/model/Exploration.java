package dev.faultline.spec.model;

/** How TLC looks for a state in which a property is violated. */
public sealed interface Exploration {
    /** Every reachable state, breadth first. */
    record Exhaustive() implements Exploration {}

    /**
     * Random behaviours, drawn with a fixed seed.
     *
     * @param traces how many
     * @param length the most states that one of them has
     * @param seed what they are drawn with
     */
    record Simulation(int traces, int length, int seed) implements Exploration {}
}
