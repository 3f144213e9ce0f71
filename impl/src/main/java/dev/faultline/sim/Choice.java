package dev.faultline.sim;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that can happen next in a {@link Simulation}. It is equal to a choice of another simulation that is about the
 * very same, and like one that is of the same kind at the same place. Immutable.
 */
public final class Choice {
    private final String kind;
    private final Object subject;
    private final Runnable action;

    /**
     * Makes a choice.
     *
     * @param kind what it is, and where
     * @param subject what it is about; compared by value
     * @param action lets it happen
     */
    Choice(String kind, Object subject, Runnable action) {
        this.kind = kind;
        this.subject = subject;
        this.action = action;
    }

    /** Lets it happen, in the simulation that it was taken from. */
    void happen() {
        action.run();
    }

    /** Returns the place among choices of one that is like this; -1 if there is none. */
    int likeIn(List<Choice> choices) {
        int like = -1;
        for (int i = 0; i < choices.size() && like < 0; i++) {
            like = choices.get(i).kind.equals(kind) && choices.get(i).place().equals(place()) ? i : -1;
        }
        return like;
    }

    /** Returns the choice to wait until one of this kind is due. */
    Choice due() {
        return due(kind, () -> {});
    }

    static Choice due(String kind, Runnable action) {
        return new Choice("wait for", kind, action);
    }

    private String place() {
        return subject instanceof OwnMove move ? move.kind() : "";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Choice that && kind.equals(that.kind) && subject.equals(that.subject);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, subject);
    }

    @Override
    public String toString() {
        return kind + " " + subject;
    }
}
