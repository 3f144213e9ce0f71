package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.spec.mutants.SpecMutant;
import dev.faultline.spec.mutants.SpecMutation.Notice;
import dev.faultline.spec.mutants.SpecSurvivors;
import dev.faultline.spec.mutants.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes conjuncts of the specification away. */
final class SpecMutantsPart implements Part {
    /** What the quick job does: each is noticed by the first model or two. */
    private static final List<String> QUICK = List.of("Start: StartsOnlyWhenAllowed(h)", "NoneLost: Users(l) # {}");

    private final Job job;

    SpecMutantsPart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Specification: conjuncts taken away";
    }

    @Override
    public String reason() {
        return "Each conjunct of a property, and each guard and update of an action, is there because something would be "
                + "missed without it. In a copy of the modules one after the other is taken away: a property of a model must "
                + "notice, or docs/spec-survivors.md explains why none does.";
    }

    @Override
    public void check(Rows rows) throws IOException, InterruptedException {
        Subject subject = new Subject(SliceSpec.modules().resolve("../..").normalize());
        SpecSurvivors page = subject.survivors();
        List<SpecMutant> mutants = subject.mutants().stream()
                .filter(mutant -> job.isFull() ? isToBeNoticed(mutant, page) : QUICK.contains(mutant.name()))
                .toList();
        List<String> surprises = new ArrayList<>();
        int[] noticed = {0};
        subject.run(mutants, Subject.MOST_STATES, Job.WORKERS, outcome -> {
            noticed[0] += outcome.notice() == Notice.PROPERTY || outcome.notice() == Notice.OTHERWISE ? 1 : 0;
            page.surprise(outcome)
                    .ifPresent(surprise -> surprises.add(outcome.mutant().name() + ": " + surprise));
        });
        rows.add(
                "conjuncts",
                surprises.isEmpty() && (job.isFull() || mutants.size() == QUICK.size()),
                figures(
                        "%,d taken away, %,d noticed; %,d others are explained",
                        mutants.size(), noticed[0], page.explained().size()),
                surprises);
    }

    /** Those that nothing notices would take most of the time: {@code mutants --spec} tries them, too. */
    private static boolean isToBeNoticed(SpecMutant mutant, SpecSurvivors page) {
        return page.knows(mutant) && !page.explained().containsKey(mutant.name());
    }
}
