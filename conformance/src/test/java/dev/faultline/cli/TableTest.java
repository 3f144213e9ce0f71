package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsColumnsToTheLeftOrRight() {
        Table table = new Table("model", " states", "why");
        table.add("Snapshot", "41,934", "It holds.");
        table.add("Naive", "-", "");
        assertThat(table.lines())
                .containsExactly(
                        "model     states  why", //
                        "Snapshot  41,934  It holds.",
                        "Naive          -");
    }
}
