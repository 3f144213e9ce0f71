package dev.faultline.conformance.verify;

import static dev.faultline.conformance.verify.Figures.figures;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.tampering.Tampering;
import java.util.List;

/** Spoils accepted traces. */
final class TamperedPart implements Part {
    private static final int SEEDS = 20;
    private static final int EACH = 20;

    @Override
    public String name() {
        return "Tampered traces";
    }

    @Override
    public String reason() {
        return "Events of accepted traces are left out, repeated, exchanged and altered. What is accepted all the same "
                + "must be explained.";
    }

    @Override
    public void check(Rows rows) {
        try (Conformance conformance = new Conformance()) {
            List<Tampering.Row> tampered = Tampering.run(conformance, SEEDS, EACH);
            int unexplained =
                    tampered.stream().mapToInt(Tampering.Row::unexplained).sum();
            rows.add(
                    "tampered traces",
                    unexplained == 0,
                    figures(
                            "%,d, of which %,d are accepted, %,d of them without an explanation",
                            tampered.stream().mapToInt(Tampering.Row::tried).sum(),
                            tampered.stream().mapToInt(Tampering.Row::accepted).sum(),
                            unexplained),
                    List.of());
        }
    }
}
