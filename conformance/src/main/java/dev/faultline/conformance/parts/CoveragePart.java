package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.coverage.Floors;
import dev.faultline.conformance.coverage.MergedOutcomes;
import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import java.util.ArrayList;
import java.util.List;

/** Compares what all strengths have met with the floors. Comes after them. */
final class CoveragePart implements Part {
    private static final List<String> STRENGTHS =
            List.of(ScenariosPart.STRENGTH, SchedulesPart.STRENGTH, WalksPart.STRENGTH, RealDataPart.STRENGTH);

    private final Job job;

    CoveragePart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Coverage, all strengths merged";
    }

    @Override
    public String reason() {
        return "How often each strength has met each outcome of each action. An outcome that all together have met less "
                + "often than its floor is a failure: what is not met is not checked.";
    }

    @Override
    public void check(Rows rows) {
        MergedOutcomes outcomes = job.outcomes(STRENGTHS);
        Outcomes merged = outcomes.merged();
        List<String> breaches = new ArrayList<>(Floors.breaches(merged));
        outcomes.silent().forEach(strength -> breaches.add(strength + ": met nothing at all"));
        rows.add(
                "actions and outcomes met",
                breaches.isEmpty(),
                figures(
                        "%,d outcomes; the report has the table",
                        merged.counts().size()),
                breaches.isEmpty() ? outcomes.table() : breaches);
    }
}
