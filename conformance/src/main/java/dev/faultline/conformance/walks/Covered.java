package dev.faultline.conformance.walks;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.scenarios.Misstep;
import java.util.Optional;

/**
 * What came of walks that take every edge of the spec's graph at the size of a scenario.
 *
 * @param scenario its name
 * @param states how many nodes the graph has: states of the spec, with what may still be done from outside
 * @param edges how many edges it has
 * @param walks how many walks there were
 * @param followed how many steps the code followed in all of them
 * @param outcomes how many of these were of each action, with each outcome
 * @param failure the first step in which code and spec differ
 * @param nanos how long it took
 */
public record Covered(
        String scenario,
        long states,
        long edges,
        long walks,
        long followed,
        Outcomes outcomes,
        Optional<Misstep> failure,
        long nanos) {}
