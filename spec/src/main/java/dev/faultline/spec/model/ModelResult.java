package dev.faultline.spec.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What came of checking one model once.
 *
 * @param model the model
 * @param workers how many threads TLC had; 0 if they were in other processes
 * @param verdict the verdict
 * @param generated the number of states that TLC computed, if it says so
 * @param distinct how many of them are different, if it says so
 * @param depth the depth of the search, if it says so
 * @param actions how often each action was taken, where that was counted
 * @param reached the situations that it got into
 * @param time from the start of TLC's process to its end
 */
public record ModelResult(
        Model model,
        int workers,
        Verdict verdict,
        OptionalLong generated,
        OptionalLong distinct,
        OptionalInt depth,
        List<ActionCount> actions,
        Set<String> reached,
        Duration time) {
    /** Copies the actions and the situations. */
    public ModelResult {
        actions = List.copyOf(actions);
        reached = Set.copyOf(reached);
    }

    /** Returns whether everything is as the manifest says. */
    public boolean asExpected() {
        return surprises().isEmpty();
    }

    /** Returns what is not as the manifest says: a few words for each. */
    public List<String> surprises() {
        if (verdict instanceof Verdict.Failed failed) {
            return List.of(failed.reason());
        }
        if (!verdict.toString().equals(model.expectation().toString())) {
            return List.of(String.format(Locale.ROOT, "expected that it %s, but it %s", model.expectation(), verdict));
        }
        List<String> surprises = new ArrayList<>();
        if (model.expectation() instanceof Expectation.Holds expected) {
            if (expected.states().isPresent() && !expected.states().equals(distinct)) {
                surprises.add(String.format(
                        Locale.ROOT,
                        "expected %s distinct states, but found %s",
                        grouped(expected.states().getAsLong()),
                        distinct.isPresent() ? grouped(distinct.getAsLong()) : "none"));
            }
            // With more workers a state may first be met on a path that is not the shortest.
            if (workers == 1
                    && expected.depth().isPresent()
                    && !expected.depth().equals(depth)) {
                surprises.add(String.format(
                        Locale.ROOT,
                        "expected a depth of %d, but found %s",
                        expected.depth().getAsInt(),
                        depth.isPresent() ? depth.getAsInt() : "none"));
            }
        }
        for (String situation : model.reaches()) {
            if (!reached.contains(situation)) {
                surprises.add(String.format(Locale.ROOT, "expected to reach \"%s\", but did not", situation));
            }
        }
        return surprises;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
