package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.spec.model.Coverage;
import dev.faultline.spec.model.ModelChecker;
import dev.faultline.spec.model.ModelResult;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Checks the models with TLC. */
final class ModelsPart implements Part {
    private final Job job;
    private final Consumer<ModelResult> each;

    /**
     * Makes the part.
     *
     * @param each is told of each model as soon as it is done, on any thread
     */
    ModelsPart(Job job, Consumer<ModelResult> each) {
        this.job = job;
        this.each = each;
    }

    @Override
    public String name() {
        return "Models (TLC)";
    }

    @Override
    public String reason() {
        return "Each is the specification at a bounded size. One that holds: TLC has visited every state, none breaks a "
                + "property, and there are as many as there should be. One that breaks: a rule was taken away, or a "
                + "sentence of the source read in another way, and the property that breaks is the one that should.";
    }

    @Override
    public void check(Rows rows) throws IOException, InterruptedException {
        List<ModelResult> results = new ModelChecker(List.of(job.modules()), OptionalInt.empty())
                .countingActions(job.quickOrFull(ModelChecker.NO_STATES, ModelChecker.FEW_STATES))
                .check(job.models(), each);
        for (ModelResult result : results) {
            String states = result.distinct().isPresent()
                    ? figures(", %,d distinct states", result.distinct().getAsLong())
                    : "";
            rows.add(
                    result.model().name(),
                    result.asExpected(),
                    result.verdict()
                            + states
                            + figures(", %.1f s", result.time().toMillis() / 1000.0),
                    result.surprises());
        }
        if (job.isFull()) {
            Coverage taken = Coverage.of(results);
            List<Coverage.Row> untaken = taken.untaken(job.modules());
            rows.add(
                    "actions",
                    untaken.isEmpty(),
                    figures("%d actions, %d of them never taken", taken.rows().size(), untaken.size()),
                    untaken.stream()
                            .map(row -> "no model that holds takes " + row)
                            .toList());
        }
        job.checked(results);
    }
}
