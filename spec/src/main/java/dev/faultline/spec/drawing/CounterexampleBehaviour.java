package dev.faultline.spec.drawing;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.itf.Behaviour;
import dev.faultline.spec.model.Counterexample;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.Verdict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What TLC found, as values, with the actions and arguments that it does not tell. */
public final class CounterexampleBehaviour {
    private CounterexampleBehaviour() {}

    /**
     * Returns the behaviour that TLC found.
     *
     * @param libraries folders with modules that the model extends or instantiates
     * @throws dev.faultline.spec.engine.SpecLoadException if the model cannot be loaded
     * @throws IllegalArgumentException if TLC has shown no states, or one that it did not print in full
     */
    public static Behaviour of(Model model, Verdict.Breaks found, List<Path> libraries) {
        Counterexample counterexample = found.counterexample();
        if (counterexample.steps().isEmpty()) {
            throw new IllegalArgumentException("TLC has shown no states");
        }
        Map<String, String> about = new LinkedHashMap<>();
        about.put("model", model.name());
        about.put("module", String.valueOf(model.module().getFileName()));
        about.put("config", String.valueOf(model.config().getFileName()));
        about.put("breaks", found.property());
        Counterexample.Ending ending = counterexample.ending();
        try (LoadedSpec spec = LoadedSpec.load(model.module(), model.config(), libraries.toArray(Path[]::new))) {
            List<ActionStep> steps = new NamedSteps(spec, model.config()).of(counterexample);
            // The step that leads back to an earlier state is no new state.
            int shown = counterexample.steps().size() - 1;
            return new Behaviour(
                    about,
                    spec.variables(),
                    steps.isEmpty()
                            ? PrintedValue.state(counterexample.steps().get(0).state())
                            : steps.get(0).before(),
                    steps.stream()
                            .limit(shown)
                            .map(step -> new Behaviour.Step(step.shown(), step.arguments(), step.after()))
                            .toList(),
                    ending instanceof Counterexample.Ending.BackTo back
                            ? OptionalInt.of(back.step() - 1)
                            : ending instanceof Counterexample.Ending.Stuttering
                                    ? OptionalInt.of(shown)
                                    : OptionalInt.empty());
        }
    }
}
