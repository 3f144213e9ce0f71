package dev.faultline.conformance.parts;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.conformance.schedules.RandomConformance.Verdict;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** Takes rules out of the code, one after the other. */
final class MutantsPart implements Part {
    @Override
    public String name() {
        return "Mutants of the code, each to be rejected but the canary";
    }

    @Override
    public String reason() {
        return "Each takes one rule out of the code. Random schedules must meet a step that the specification refuses, at "
                + "the action and by the rule that the mutant breaks. The canary changes nothing that is forbidden.";
    }

    @Override
    public void check(Rows rows) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Job.WORKERS);
        BlockingQueue<Conformance> free = new LinkedBlockingQueue<>();
        for (int i = 0; i < Job.WORKERS; i++) {
            free.add(new Conformance());
        }
        try {
            List<Mutant> mutants = Mutants.withCanary();
            List<Future<Verdict>> verdicts = new ArrayList<>();
            for (Mutant mutant : mutants) {
                verdicts.add(threads.submit(() -> {
                    Conformance conformance = free.take();
                    try {
                        return RandomConformance.judge(conformance, mutant);
                    } finally {
                        free.add(conformance);
                    }
                }));
            }
            for (int i = 0; i < mutants.size(); i++) {
                Verdict verdict = verdicts.get(i).get();
                rows.add(
                        mutants.get(i).name(),
                        verdict.asExpected(),
                        verdict.summary(),
                        List.of(mutants.get(i).what()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
            free.forEach(Conformance::close);
        }
    }
}
