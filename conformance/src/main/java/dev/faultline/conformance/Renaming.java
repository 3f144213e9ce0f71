package dev.faultline.conformance;

import java.util.Map;

/**
 * Which token the names have after a step, by the token that they had in the question. For a kind in which something
 * changes: by number after the step, the number before. Not to be changed.
 */
record Renaming(Map<NameKind, int[]> before) {
    /** Returns whether all names keep their tokens. */
    boolean isNone() {
        return before.isEmpty();
    }
}
