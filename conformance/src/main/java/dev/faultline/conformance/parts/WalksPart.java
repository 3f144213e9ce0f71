package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.exploring.Exhaustive;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.conformance.walks.Guided;
import dev.faultline.core.Rules;
import java.util.Set;

/** Has the code follow walks on the specification's graph. */
final class WalksPart implements Part {
    static final String STRENGTH = "guided";

    /** The scenario whose every edge is taken also by who is in a hurry. */
    private static final String SMALLEST = "one-agent-controller-crash";

    private static final int QUICK_WALKS = 5;
    private static final int FULL_WALKS = 100;
    private static final int STEPS = 300;

    private final Job job;

    WalksPart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Code against specification: walks that the specification chooses";
    }

    @Override
    public String reason() {
        return "The code must be able to follow, and refuse what the specification does not allow: on random walks, and "
                + "on walks that take every edge of the graph of a small system.";
    }

    @Override
    public void check(Rows rows) {
        int walks = job.quickOrFull(QUICK_WALKS, FULL_WALKS);
        Guided.Result result = Guided.walk(1, walks, STEPS, Rules.ALL);
        job.met(STRENGTH, result.outcomes());
        rows.add(
                "walks of the specification",
                result.failure().isEmpty() && result.followed() >= (long) walks * STEPS / 3,
                figures(
                        "%,d steps followed, %,d compared on the way, %,d refused",
                        result.followed(), result.checked(), result.refused()),
                result.failure().stream().map(Misstep::report).toList());
        Set<String> covered = job.isFull() ? Exhaustive.scenarios(true).keySet() : Set.of(SMALLEST);
        Guided.cover(covered, Rules.ALL, cover -> {
            job.met(STRENGTH, cover.outcomes());
            rows.add(
                    "edges of " + cover.scenario(),
                    Guided.surprise(cover).isEmpty(),
                    figures(
                            "all %,d taken between %,d states, in %,d walks of %,d steps",
                            cover.edges(), cover.states(), cover.walks(), cover.followed()),
                    Guided.surprise(cover).stream().toList());
        });
    }
}
