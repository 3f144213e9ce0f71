package dev.faultline.conformance.names;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which token the names have after a step, by the token that they had in the question. For a kind in which something
 * changes: by number after the step, the number before. Not to be changed.
 */
public record Renaming(Map<NameKind, int[]> before) {
    /** All names keep their tokens. */
    public static final Renaming NONE = new Renaming(Map.of());

    /** Returns whether all names keep their tokens. */
    public boolean isNone() {
        return before.isEmpty();
    }

    /** Returns what comes of this renaming, which brings no names, and another after it. */
    public Renaming then(Renaming next) {
        Map<NameKind, int[]> both = new EnumMap<>(NameKind.class);
        both.putAll(before);
        next.before.forEach((kind, second) -> {
            int[] first = before.getOrDefault(kind, new int[0]);
            int[] composed = new int[second.length];
            for (int i = 0; i < second.length; i++) {
                composed[i] = second[i] < first.length ? first[second[i]] : second[i];
            }
            both.put(kind, composed);
        });
        return new Renaming(both);
    }
}
