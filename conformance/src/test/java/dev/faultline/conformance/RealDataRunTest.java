package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
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
        Mutant mutant = Mutant.all().stream()
                .filter(m -> m.name().equals("copy-table-early"))
                .findFirst()
                .orElseThrow();
        run(200_000, mutant);
        assertThat(validate().map(rejection -> rejection.isFor("CopiesOnlyWhenAllAnswered")))
                .isEqualTo(Optional.of(true));
    }

    private RealDataRun.Result run(int bytes, Mutant mutant) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Path input = Files.write(folder.resolve("input"), content);
        return RealDataRun.run(input, folder, folder.resolve("trace"), mutant);
    }

    private Optional<Rejection> validate() {
        try (Conformance conformance = new Conformance();
                TraceReader trace = TraceReader.open(folder.resolve("trace"))) {
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
