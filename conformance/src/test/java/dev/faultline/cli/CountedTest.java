package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void onlyOneIsSingular() {
        assertThat(Counted.of(0, "call")).isEqualTo("0 calls");
        assertThat(Counted.of(1, "call")).isEqualTo("1 call");
        assertThat(Counted.of(2_000, "believed state")).isEqualTo("2,000 believed states");
    }
}
