package dev.faultline.spec.mutants;

import dev.faultline.spec.engine.Conjunct;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of the specification: a conjunct that says nothing any more.
 *
 * @param conjunct what is taken away
 * @param isOfProperty whether it is part of a property that models check, and not of a step
 * @param number which it is of those with the same operator and text, from 1
 */
public record SpecMutant(Conjunct conjunct, boolean isOfProperty, int number) {
    /** Returns its name, which stays when the module's lines move. */
    public String name() {
        return conjunct.operator() + ": " + conjunct.text() + (number == 1 ? "" : " (" + number + ")");
    }

    /** Returns what stands in the place of the conjunct. */
    public String replacement() {
        return conjunct.kind() == Conjunct.Kind.UPDATE
                ? conjunct.variable().orElseThrow() + "' = "
                        + conjunct.variable().orElseThrow()
                : "TRUE";
    }

    /** Returns the lines of the module with the change; the others stand where they stood. */
    List<String> in(List<String> module) {
        List<String> lines = new ArrayList<>(module);
        int first = conjunct.beginLine() - 1;
        int last = conjunct.endLine() - 1;
        String before = lines.get(first).substring(0, conjunct.beginColumn() - 1);
        String after = lines.get(last).substring(conjunct.endColumn());
        for (int line = first; line <= last; line++) {
            lines.set(line, "");
        }
        lines.set(first, before + replacement() + (first == last ? after : ""));
        if (first != last && !after.isBlank()) {
            lines.set(last, " ".repeat(conjunct.endColumn()) + after);
        }
        return lines;
    }
}
