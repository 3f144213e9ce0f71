package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.live.Death;
import dev.faultline.conformance.live.RealDataRun;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import dev.faultline.runtime.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/** Moves a real file through the real system, and checks the trace of it. */
final class RealDataPart implements Part {
    static final String STRENGTH = "live";

    private final Job job;

    RealDataPart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Real data: " + job.input();
    }

    @Override
    public String reason() {
        return "Four threads write the file to a virtual disk of the real system. A snapshot is taken while they read it and "
                + "write elsewhere, other data is written over the original, and both disks are read. The "
                + "recorded events are checked against the specification, and what hosts saw without it.";
    }

    @Override
    public void check(Rows rows) throws IOException {
        Path folder = Files.createTempDirectory("faultline-verify");
        try (Conformance conformance = new Conformance()) {
            Path trace = job.keptTrace().orElse(folder.resolve("trace"));
            RealDataRun.Result result =
                    RealDataRun.run(job.input(), folder, trace, unfinished -> {}, Mutant.none(), RealDataRun.PATIENCE);
            rows.add(
                    "run",
                    result.counts().snapshots() == 1,
                    figures(
                            "%,d bytes, %,d block I/Os, %,d faults, %,d segments copied, %.1f s",
                            result.bytes(),
                            result.counts().ios(),
                            result.counts().faults(),
                            result.counts().copies(),
                            result.seconds()),
                    List.of());
            addDigest(rows, "snapshot", result.expectedSnapshot(), result.foundSnapshot());
            addDigest(rows, "original", result.expectedOriginal(), result.foundOriginal());
            job.met(
                    STRENGTH,
                    TraceOfRun.check(rows, conformance, trace, result.counts().ios()));
        } catch (ClusterException e) {
            if (!Death.isOfTheSystem(e)) {
                throw e;
            }
            rows.add("run", false, "the system did not get to its end", List.of(Death.text(e)));
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    private static void addDigest(Rows rows, String disk, String expected, String found) {
        boolean ok = expected.equals(found);
        rows.add(disk + ", SHA-256", ok, found, ok ? List.of() : List.of("not " + expected));
    }
}
