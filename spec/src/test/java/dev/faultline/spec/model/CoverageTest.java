package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
    private static ModelResult result(ActionCount... actions) {
        return new ModelResult(
                Samples.model("Fine"),
                1,
                new Verdict.Holds(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                List.of(actions),
                Set.of(),
                Duration.ZERO);
    }

    @Test
    void addsUpWhatWasCountedInEachModel() {
        Coverage coverage = Coverage.of(List.of(
                result(new ActionCount("N", "Go", 1), new ActionCount("M", "Stop", 0)),
                result(new ActionCount("M", "Go", 2), new ActionCount("M", "Stop", 5)),
                result(new ActionCount("M", "Go", 3), new ActionCount("M", "Stop", 0))));
        assertThat(coverage.rows())
                .containsExactly(
                        new Coverage.Row("M", "Go", 5, 2),
                        new Coverage.Row("M", "Stop", 5, 1),
                        new Coverage.Row("N", "Go", 1, 1));
    }

    @Test
    void knowsTheActionsOfTheSpecificationThatNoModelTakes(@TempDir Path modules) throws IOException {
        Files.createFile(modules.resolve("M.tla"));
        Coverage coverage = Coverage.of(List.of(
                result(new ActionCount("M", "Go", 0), new ActionCount("M", "Stop", 0), new ActionCount("MC", "Go", 0)),
                result(new ActionCount("M", "Go", 1))));
        assertThat(coverage.untaken(modules)).containsExactly(new Coverage.Row("M", "Stop", 0, 0));
    }
}
