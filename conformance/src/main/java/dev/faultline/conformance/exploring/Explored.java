package dev.faultline.conformance.exploring;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.scenarios.Misstep;
import java.util.Map;
import java.util.Optional;

/**
 * What came of an exploration of a scenario.
 *
 * @param scenario its name
 * @param states how many states of the code there are
 * @param specStates how many states of the spec they are
 * @param transitions how many steps of the code were held against the spec
 * @param outcomes how many steps there were of each action, with each outcome
 * @param untaken how often the spec allowed a step that the code does not take, by action
 * @param failure the first step that the spec does not allow, if there is one
 * @param nanos how long it took
 */
public record Explored(
        String scenario,
        long states,
        long specStates,
        long transitions,
        Outcomes outcomes,
        Map<String, Long> untaken,
        Optional<Misstep> failure,
        long nanos) {
    /** Copies the map. */
    public Explored {
        untaken = Map.copyOf(untaken);
    }

    /** Returns how many steps were held against the spec in a second. */
    public double transitionsPerSecond() {
        return transitions / (nanos / 1e9);
    }
}
