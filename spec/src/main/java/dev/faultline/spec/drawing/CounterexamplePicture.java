package dev.faultline.spec.drawing;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.model.Counterexample;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.Verdict;
import dev.faultline.spec.picture.SequenceDiagram;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Draws what TLC found. */
public final class CounterexamplePicture {
    private CounterexamplePicture() {}

    /**
     * Returns the picture of a counterexample; for the same one, it is the same each time.
     *
     * @param libraries folders with modules that the model extends or instantiates
     * @throws dev.faultline.spec.engine.SpecLoadException if the model cannot be loaded
     */
    public static SequenceDiagram of(Model model, Verdict.Breaks found, List<Path> libraries) {
        try (LoadedSpec spec = LoadedSpec.load(model.module(), model.config(), libraries.toArray(Path[]::new))) {
            List<ActionStep> steps = new NamedSteps(spec, model.config()).of(found.counterexample());
            Counterexample.Ending ending = found.counterexample().ending();
            OptionalInt loop = ending instanceof Counterexample.Ending.BackTo back
                    ? OptionalInt.of(back.step())
                    : OptionalInt.empty();
            return new Drawer(steps)
                    .draw(model.name() + ": " + model.why(), loop, ending(found.property(), ending, steps.size()));
        }
    }

    private static String ending(String property, Counterexample.Ending ending, int steps) {
        if (ending instanceof Counterexample.Ending.Stuttering) {
            return "Then nothing happens any more, which breaks " + property + ".";
        } else if (ending instanceof Counterexample.Ending.BackTo back) {
            return "Then on from step " + back.step() + " again, for ever, which breaks " + property + ".";
        }
        return steps == 0 ? "It begins with " + property + " broken." : "Step " + steps + " breaks " + property + ".";
    }
}
