package dev.faultline.conformance.names;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which token the names have after a step, by the token that they had in the question. For a kind in which something
 * changes: by number after the step, the number before. Immutable, equal by value.
 */
public final class Renaming {
    private static final int KINDS = NameKind.values().length;

    /** All names keep their tokens. */
    public static final Renaming NONE = new Renaming(Map.of());

    /** By kind. */
    private final int[] @Nullable [] before;

    private final boolean isNone;

    /** Makes a renaming of the names of these kinds; the numbers are not to be changed any more. */
    public Renaming(Map<NameKind, int[]> before) {
        this.before = new int[KINDS][];
        before.forEach((kind, numbers) -> this.before[kind.ordinal()] = numbers);
        isNone = before.isEmpty();
    }

    private Renaming(int[] @Nullable [] before) {
        this.before = before;
        isNone = false;
    }

    /** Returns whether all names keep their tokens. */
    public boolean isNone() {
        return isNone;
    }

    /** Returns the numbers before of the names of a kind, given by its ordinal; null if they are the same. Not to be changed. */
    public int @Nullable [] before(int kind) {
        return before[kind];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Renaming that && Arrays.deepEquals(before, that.before);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(before);
    }

    /** Returns what comes of this renaming, which brings no names, and another after it. */
    public Renaming then(Renaming next) {
        if (isNone || next.isNone) {
            return isNone ? next : this;
        }
        int[] @Nullable [] both = before.clone();
        for (int kind = 0; kind < KINDS; kind++) {
            int[] second = next.before[kind];
            if (second != null) {
                int[] first = before[kind] == null ? new int[0] : before[kind];
                int[] composed = new int[second.length];
                for (int i = 0; i < second.length; i++) {
                    composed[i] = second[i] < first.length ? first[second[i]] : second[i];
                }
                both[kind] = composed;
            }
        }
        return new Renaming(both);
    }
}
