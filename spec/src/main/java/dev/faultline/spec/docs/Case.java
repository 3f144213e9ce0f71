package dev.faultline.spec.docs;

import dev.faultline.spec.model.Counterexample;
import dev.faultline.spec.model.Exploration;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Verdict;
import dev.faultline.spec.picture.SequenceDiagram;
import java.util.Locale;

/**
 * A model that breaks, with its picture.
 *
 * @param result what TLC said
 * @param found its verdict
 * @param picture the counterexample
 */
record Case(ModelResult result, Verdict.Breaks found, SequenceDiagram picture) {
    Model model() {
        return result.model();
    }

    /** Returns where the picture is, from the folder of the pages. */
    String file() {
        return "rules/" + model().name() + ".svg";
    }

    /** Returns Markdown that says what breaks, after how many steps, and shows it. */
    String text() {
        int steps = picture.steps().size();
        // Only a search by one thread, breadth first, meets the nearest violation first.
        boolean shortest = model().exploration() instanceof Exploration.Exhaustive
                && result.workers() == 1
                && found.counterexample().ending() instanceof Counterexample.Ending.Reached;
        return String.format(
                Locale.ROOT,
                "%s Then `%s` breaks; the %scounterexample has %s step%s:\n\n![%s](%s)\n",
                model().why(),
                found.property(),
                shortest ? "shortest " : "",
                steps,
                steps == 1 ? "" : "s",
                "Sequence diagram of " + model().name(),
                file());
    }
}
