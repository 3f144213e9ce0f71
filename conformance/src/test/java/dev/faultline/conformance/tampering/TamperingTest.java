package dev.faultline.conformance.tampering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.tampering.Tampering.Kind;
import dev.faultline.conformance.tampering.Tampering.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class TamperingTest {
    @Test
    void whatIsAcceptedAllTheSameIsExplainedAndMostIsRejected() {
        List<Row> rows;
        try (Conformance conformance = new Conformance()) {
            rows = Tampering.run(conformance, 6, 15);
        }
        assertThat(rows).allSatisfy(row -> assertThat(row.unexplained()).isZero());
        assertThat(rejected(rows, Kind.DROP)).isGreaterThan(60);
        assertThat(rejected(rows, Kind.DUPLICATE)).isGreaterThan(80);
        assertThat(rejected(rows, Kind.ALTER)).isGreaterThan(70);
        assertThat(rejected(rows, Kind.SWAP)).isGreaterThan(15);
    }

    private static int rejected(List<Row> rows, Kind kind) {
        return rows.stream()
                .filter(row -> row.kind() == kind)
                .mapToInt(row -> row.tried() - row.accepted())
                .sum();
    }
}
