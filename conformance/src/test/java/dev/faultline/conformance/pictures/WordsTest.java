package dev.faultline.conformance.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "0000000000000010, 10",
        "0000000100000001, 1·1",
        "0000000100000004, 1·4",
        "0000000200000004, 2·4",
        "ac869b6f32d8bbdb, ac869b6f…"
    })
    void drawsDifferentContentsDifferently(String content, String drawn) {
        assertThat(Words.words(Content.parse(content))).isEqualTo(drawn);
    }
}
