package dev.faultline.conformance.parts;

import static dev.faultline.conformance.parts.Figures.figures;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.tampering.Pins;
import dev.faultline.conformance.tampering.Tampering;
import dev.faultline.conformance.verify.Part;
import java.util.List;

/** Spoils accepted traces. */
final class TamperedPart implements Part {
    @Override
    public String name() {
        return "Tampered traces";
    }

    @Override
    public String reason() {
        return "Events of accepted traces are left out, repeated and exchanged, and each field of each action is altered. What "
                + "is accepted all the same must be explained, and there are as many of each kind as the last time.";
    }

    @Override
    public void check(Rows rows) {
        try (Conformance conformance = new Conformance()) {
            List<Tampering.Row> tampered = Tampering.run(conformance, Tampering.TRACES, Tampering.EACH);
            List<String> surprises = Pins.surprises(tampered);
            rows.add(
                    "tampered traces",
                    surprises.isEmpty(),
                    figures(
                            "%,d in %,d kinds, of which %,d are accepted, with an explanation",
                            tampered.stream().mapToInt(Tampering.Row::tried).sum(),
                            tampered.size(),
                            tampered.stream().mapToInt(Tampering.Row::accepted).sum()),
                    surprises);
        }
    }
}
