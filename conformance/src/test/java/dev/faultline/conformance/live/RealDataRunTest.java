package dev.faultline.conformance.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.runtime.ClusterException;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file through the running system, with real threads and real storage. */
class RealDataRunTest {
    @TempDir
    private Path folder;

    @Test
    void bothDisksAreExactAndTheWholeTraceIsABehaviourOfTheSpec() throws IOException {
        RealDataRun.Result result = run(1_000_001, Mutant.none());
        assertThat(result.isExact()).isTrue();
        assertThat(result.counts().copies()).isPositive();
        assertThat(validate()).isEqualTo(Optional.empty());
    }

    @Test
    void aFileSmallerThanABlockGoesThroughToo() throws IOException {
        assertThat(run(5, Mutant.none()).isExact()).isTrue();
        assertThat(validate()).isEqualTo(Optional.empty());
    }

    @Test
    void aMutantIsRejectedInTheRunningSystemToo() throws IOException {
        Mutant mutant = Mutants.all().stream()
                .filter(m -> m.name().equals("copy-table-early"))
                .findFirst()
                .orElseThrow();
        run(200_000, mutant);
        assertThat(validate().map(rejection -> rejection.isFor("CopiesOnlyWhenAllAnswered")))
                .isEqualTo(Optional.of(true));
    }

    @Test
    void aMonitorAcceptsTheWholeRunWhileItRuns() throws IOException {
        AtomicReference<Monitor> monitor = new AtomicReference<>();
        try (Conformance conformance = new Conformance()) {
            assertThat(RealDataRun.runMonitored(
                                    input(300_000),
                                    folder,
                                    conformance,
                                    monitor::set,
                                    Mutant.none(),
                                    RealDataRun.PATIENCE)
                            .isExact())
                    .isTrue();
        }
        assertThat(monitor.get().rejection()).isEmpty();
        assertThat(monitor.get().events()).isGreaterThan(1000);
    }

    @Test
    void aMonitorSaysWhichEventTheSpecRefusesAndStopsTheSystemIfItStillRuns() throws IOException {
        Mutant mutant = Mutants.all().stream()
                .filter(m -> m.name().equals("lift-shared"))
                .findFirst()
                .orElseThrow();
        AtomicReference<Monitor> monitor = new AtomicReference<>();
        Path input = input(300_000);
        try (Conformance conformance = new Conformance()) {
            RealDataRun.runMonitored(input, folder, conformance, monitor::set, mutant, RealDataRun.PATIENCE);
        } catch (ClusterException e) {
            assertThat(e)
                    .as("the monitor may be behind, and the system done before")
                    .hasStackTraceContaining("refuses");
        }
        Rejection rejection = monitor.get().rejection().orElseThrow();
        assertThat(rejection.isFor("LiftsOnlyWhenUnshared")).isTrue();
        assertThat(rejection.text())
                .contains("was set by event")
                .contains("before it, at controller:")
                .contains("CopyTable")
                .contains("=> The last step is not one of the spec");
        assertThat(rejection.picture().svg()).contains("LiftUnshared");
    }

    private RealDataRun.Result run(int bytes, Mutant mutant) throws IOException {
        return RealDataRun.run(
                input(bytes), folder, folder.resolve("trace"), unfinished -> {}, mutant, RealDataRun.PATIENCE);
    }

    private Path input(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve("input"), content);
    }

    private Optional<Rejection> validate() {
        try (Conformance conformance = new Conformance();
                TraceSource trace = TraceSource.open(folder.resolve("trace"))) {
            TraceChecker checker = conformance.rememberingChecker(trace.header());
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                Optional<Rejection> rejection = checker.accept(event);
                if (rejection.isPresent()) {
                    return rejection;
                }
            }
            assertThat(checker.events()).isPositive();
            return Optional.empty();
        }
    }
}
