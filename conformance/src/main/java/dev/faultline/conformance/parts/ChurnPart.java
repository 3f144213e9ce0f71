package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.live.Churn;
import dev.faultline.conformance.live.RealDataRun;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.verify.Job;
import dev.faultline.conformance.verify.Part;
import java.io.IOException;
import java.util.List;

/** Has snapshots get in the way of writes, in the running system. */
final class ChurnPart implements Part {
    private static final int QUICK_ROUNDS = 10;
    private static final int FULL_ROUNDS = 60;

    private final Job job;

    ChurnPart(Job job) {
        this.job = job;
    }

    @Override
    public String name() {
        return "Running system: snapshots under load";
    }

    @Override
    public String reason() {
        return "Threads write blocks of two disks while both are snapshotted at one instant, and while snapshots are deleted and "
                + "agents close and open disks; disks are created and trimmed, storage that is in use is offered, and there is "
                + "little of it. No two writes have the same content. Every event is checked while it happens, and originals, "
                + "snapshots and new disks are read back and compared with what was written.";
    }

    @Override
    public void check(Rows rows) throws IOException {
        Churn.Result result = Churn.runInTemporaryFolder(
                job.quickOrFull(QUICK_ROUNDS, FULL_ROUNDS), 1, Mutant.none(), RealDataRun.PATIENCE);
        String did = result.counts()
                .map(counts -> figures(
                        "%,d snapshots, %,d reads, %,d writes, %,d faults, %,d segments copied, %,d disks opened, %,d segments filled, %,d given back, "
                                + "%,d writes without space",
                        counts.snapshots(),
                        counts.reads(),
                        counts.writes(),
                        counts.faults(),
                        counts.copies(),
                        counts.openings(),
                        counts.fills(),
                        counts.givenBack(),
                        counts.failed()))
                .orElse("stopped");
        rows.add(
                "snapshots under load",
                result.isRight(),
                figures("%s; %,d events accepted while they happened", did, result.events()),
                result.isRight() ? List.of() : List.of(result.text()));
    }
}
