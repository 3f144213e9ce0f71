package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.exploring.Exhaustive;
import dev.faultline.conformance.exploring.Explored;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.core.Rules;
import java.util.List;
import java.util.Set;

/** Visits all states of bounded systems of the code. */
final class ScenariosPart implements Part {
    static final String STRENGTH = "exhaustive";

    private final Job job;

    ScenariosPart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Code against specification: all states of bounded systems";
    }

    @Override
    public String reason() {
        return "From every state that a bounded system of the code gets into, crashes and lost messages included, every "
                + "step must be one of the specification, in all that it does. What the specification allows and the "
                + "code never does must be explained.";
    }

    @Override
    public void check(Rows rows) throws InterruptedException {
        List<Explored> all =
                Exhaustive.explore(Exhaustive.scenarios(!job.isFull()).keySet(), Rules.ALL, Job.WORKERS, explored -> {
                    job.met(STRENGTH, explored.outcomes());
                    List<String> surprises = Exhaustive.surprises(explored);
                    rows.add(
                            explored.scenario(),
                            surprises.isEmpty(),
                            figures(
                                    "%,d states of the code, %,d steps, %,.0f steps/s",
                                    explored.states(), explored.transitions(), explored.transitionsPerSecond()),
                            surprises);
                });
        if (job.isFull()) {
            Set<String> needless = Exhaustive.needless(all);
            rows.add(
                    "steps the code never takes",
                    needless.isEmpty(),
                    needless.isEmpty() ? "all explained" : "explained, but do not occur: " + needless,
                    List.of());
        }
    }
}
