package dev.faultline.conformance.parts;

import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.conformance.verify.Verification;
import dev.faultline.spec.model.ModelResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The parts of the main job, in their order. */
public final class Parts {
    private Parts() {}

    /**
     * Returns all parts of a job.
     *
     * @param eachModel is told of each model as soon as it is done, on any thread
     */
    public static Verification of(Job job, Consumer<ModelResult> eachModel) {
        List<Part> then = new ArrayList<>(List.of(new ScenariosPart(job), new SchedulesPart(job), new WalksPart(job)));
        if (job.isFull()) {
            then.add(new TamperedPart());
        }
        then.add(new MutantsPart());
        List<Part> beside = new ArrayList<>(List.of(new RealDataPart(job), new ChurnPart(job), new PagesPart(job)));
        if (job.isFull()) {
            // It has work for all processors, and models that do not come to an end are given up after some time.
            then.add(new SpecMutantsPart(job));
        } else {
            beside.add(0, new SpecMutantsPart(job));
        }
        return new Verification(List.of(new ModelsPart(job, eachModel)), beside, then, List.of(new CoveragePart(job)));
    }
}
