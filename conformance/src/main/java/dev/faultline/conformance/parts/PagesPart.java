package dev.faultline.conformance.parts;

import dev.faultline.conformance.pictures.TracePages;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.spec.docs.GeneratedDocs;
import java.io.IOException;
import java.util.List;

/** Compares the generated pages with what the models gave. Comes after the models. */
final class PagesPart implements Part {
    private final Job job;

    PagesPart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Generated pages";
    }

    @Override
    public String reason() {
        return "What they say of the models, and the pictures in them, must be what the models gave now; what they say of "
                + "traces, what the records of the code say. The quick job looks at which counterexamples the pictures are "
                + "of, and draws none.";
    }

    @Override
    public void check(Rows rows) throws IOException {
        GeneratedDocs docs = GeneratedDocs.of(job.home(), job.manifest(), job.results());
        List<String> stale = job.isFull() ? docs.differences() : docs.differencesUndrawn();
        rows.add(
                "docs/rules.md, docs/readings.md",
                stale.isEmpty(),
                stale.isEmpty()
                        ? "what the models say" + (job.isFull() ? "" : "; the pictures are of these counterexamples")
                        : "stale: run ./faultline docs",
                stale);
        List<String> staleTraces = new TracePages(job.home()).differences();
        rows.add(
                "docs/traces.md, its schema",
                staleTraces.isEmpty(),
                staleTraces.isEmpty() ? "what the records say" : "stale: run ./faultline docs --traces",
                staleTraces);
    }
}
