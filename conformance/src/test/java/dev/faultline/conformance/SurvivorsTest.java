package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of changes of the cores that no test sees is about the code that there is, and gives reasons. */
class SurvivorsTest {
    @Test
    void everySurvivorIsInTheCodeAndHasAReason() throws IOException {
        Map<String, String> explained = Survivors.explained();
        assertThat(explained).isNotEmpty();
        for (Map.Entry<String, String> each : explained.entrySet()) {
            String line = each.getKey().split(": ", 3)[2];
            assertThat(Files.readAllLines(Survivors.sourceOf(each.getKey())).stream()
                            .map(String::strip))
                    .as(each.getKey())
                    .contains(line);
            assertThat(each.getValue()).as("the reason for " + each.getKey()).isNotBlank();
        }
    }
}
