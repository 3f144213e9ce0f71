package dev.faultline.core;

/**
 * How far an agent is in opening or closing a disk. Immutable. Spec: {@code opened[a][d]}.
 *
 * @param step how far it is
 * @param number the number of the opening, which the agent counts from 1; 0 if it never opened the disk
 */
public record Opening(Step step, long number) {
    /** That of a disk which the agent never opened. Spec: what {@code OpeningOf} says of it. */
    public static final Opening NEVER = new Opening(Step.CLOSED, 0);

    /** How far an opening is. Spec: {@code OpeningSteps}. */
    public enum Step {
        /** The controller was asked. */
        OPENING,
        /** It has answered: I/O is let in. */
        OPEN,
        /** No I/O is under way any more, and the controller was told. */
        CLOSING,
        /** It has answered. */
        CLOSED
    }

    /** Returns whether the controller has not answered yet. */
    boolean isUnanswered() {
        return step == Step.OPENING || step == Step.CLOSING;
    }

    Opening in(Step next) {
        return new Opening(next, number);
    }
}
