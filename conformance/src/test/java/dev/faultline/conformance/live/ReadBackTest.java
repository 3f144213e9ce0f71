package dev.faultline.conformance.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadBackTest {
    private final ReadBack readBack = new ReadBack();

    @Test
    void whatLiesBetweenTheOldestAndTheNewestIsRight() {
        readBack.compare("snap", List.of(3L, 7L), List.of(3L, 5L), List.of(3L, 7L));
        readBack.compareCut("left", List.of(3L, 7L), "right", List.of(3L, 6L));
        assertThat(readBack.wrong()).isEmpty();
    }

    @Test
    void whatIsTooOldOrTooNewIsWrong() {
        readBack.compare("snap", List.of(4L, 8L, 5L), List.of(5L, 5L, 5L), List.of(6L, 7L, 5L));
        assertThat(readBack.wrong())
                .containsExactly(
                        "block 0 of snap holds write 4, which should be 5 to 6",
                        "block 1 of snap holds write 8, which should be 5 to 7");
    }

    @Test
    void aSnapshotOfTwoInstantsIsWrong() {
        readBack.compareCut("left", List.of(3L, 7L), "right", List.of(4L, 7L));
        assertThat(readBack.wrong()).singleElement().asString().contains("not of one instant: block 0");
    }
}
