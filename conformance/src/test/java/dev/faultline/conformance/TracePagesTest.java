package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.pictures.TracePages;
import dev.faultline.conformance.slices.SliceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the docs say of the format of traces is what the records say. */
class TracePagesTest {
    private static final Path HOME = SliceSpec.modules().resolve("../..");

    @TempDir
    private Path home;

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectory(home.resolve("docs"));
        for (String name : new String[] {"docs/traces.md", "docs/trace.schema.json"}) {
            Files.copy(HOME.resolve(name), home.resolve(name));
        }
    }

    @Test
    void thePagesAreWhatTheRecordsSay() throws IOException {
        assertThat(new TracePages(HOME).differences())
                .as("run ./faultline docs --traces")
                .isEmpty();
    }

    @Test
    void aPageThatSaysSomethingElseIsToldAndMended() throws IOException {
        for (String name : new String[] {"docs/traces.md", "docs/trace.schema.json"}) {
            Path file = home.resolve(name);
            String right = Files.readString(file);
            Files.writeString(file, right.replace("FinishRecovery", "Finish"));
            assertThat(new TracePages(home).differences()).containsExactly(name + " is not what the records say");
            assertThat(new TracePages(home).write()).containsExactly(name + " written");
            assertThat(Files.readString(file)).isEqualTo(right);
        }
    }

    @Test
    void aSchemaThatIsNotThereIsWritten() throws IOException {
        Files.delete(home.resolve("docs/trace.schema.json"));
        assertThat(new TracePages(home).write()).containsExactly("docs/trace.schema.json written");
        assertThat(home.resolve("docs/trace.schema.json"))
                .hasSameTextualContentAs(HOME.resolve("docs/trace.schema.json"));
    }
}
