package dev.faultline.conformance.checking;

import dev.faultline.spec.engine.SpecValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers on their way that tell entries, each as a whole: what it is in the slice of each segment. A slice sees its own
 * part only, and would not notice if an answer were made of parts of two. For one thread at a time.
 */
final class WholeAnswers {
    private final Map<List<SpecValue>, Integer> copies = new HashMap<>();

    /** Returns whether there is such an answer. */
    boolean has(List<SpecValue> answer) {
        return copies.containsKey(answer);
    }

    /** Notes that an answer was sent, or will come once more. */
    void add(List<SpecValue> answer) {
        copies.merge(answer, 1, Integer::sum);
    }

    /** Notes that an answer has come, or was lost. */
    void remove(List<SpecValue> answer) {
        copies.computeIfPresent(answer, (a, count) -> count == 1 ? null : count - 1);
    }
}
