package dev.faultline.spec.docs;

import dev.faultline.spec.drawing.CounterexamplePicture;
import dev.faultline.spec.model.Counterexample;
import dev.faultline.spec.model.Exploration;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A model that breaks, and has a picture.
 *
 * @param result what TLC said
 * @param found its verdict
 */
record Case(ModelResult result, Verdict.Breaks found) {
    private static final int LETTERS = 16;

    Model model() {
        return result.model();
    }

    /** Returns where the picture is, from the folder of the pages. */
    String file() {
        return "rules/" + model().name() + ".svg";
    }

    /** Returns how many steps the counterexample has: none leads to its first state, and one may lead back. */
    int steps() {
        Counterexample shown = found.counterexample();
        boolean back = shown.ending() instanceof Counterexample.Ending.BackTo;
        return Math.max(0, shown.steps().size() - (back ? 0 : 1));
    }

    /**
     * Returns the picture, which takes as long as loading the model anew.
     *
     * @param libraries folders with modules that the model extends or instantiates
     */
    String picture(List<Path> libraries) {
        String svg = CounterexamplePicture.of(model(), found, libraries).svg();
        return svg.replaceFirst("<svg ", "<svg " + mark() + " ");
    }

    /**
     * Returns what says in a picture of which counterexample it is: of that, and of the sentences about it, this is a digest.
     * Where an action is in its module is not part of it.
     */
    String mark() {
        Counterexample shown = found.counterexample();
        StringBuilder of = new StringBuilder(String.join(
                "\n",
                model().name(),
                model().why(),
                found.property(),
                shown.ending().toString()));
        shown.steps()
                .forEach(step ->
                        of.append('\n').append(step.action()).append('\n').append(step.state()));
        return "data-of=\"" + DigestUtils.sha256Hex(of.toString()).substring(0, LETTERS) + '"';
    }

    /** Returns Markdown that says what breaks, after how many steps, and shows it. */
    String text() {
        int steps = steps();
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
