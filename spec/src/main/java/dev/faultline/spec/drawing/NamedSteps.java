package dev.faultline.spec.drawing;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecTransition;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.spec.model.Counterexample;
import dev.faultline.spec.model.Substitutions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which actions a counterexample consists of, and with which arguments: TLC prints the states, but of the
 * actions often only the name of a disjunction that contains them. Not for several threads.
 */
final class NamedSteps {
    private final LoadedSpec spec;
    private final Map<String, String> replaced = new HashMap<>();

    /**
     * Makes one for a specification.
     *
     * @param config the configuration with which it was loaded
     */
    NamedSteps(LoadedSpec spec, Path config) {
        this.spec = spec;
        Substitutions.read(config).forEach((operator, substitute) -> replaced.putIfAbsent(substitute, operator));
    }

    /** Returns the steps between the states and, if the last state leads back to another one, the step that does. */
    List<ActionStep> of(Counterexample counterexample) {
        List<Counterexample.Step> states = new ArrayList<>(counterexample.steps());
        if (counterexample.ending() instanceof Counterexample.Ending.BackTo loop) {
            states.add(states.get(loop.step() - 1));
        }
        List<ActionStep> steps = new ArrayList<>();
        for (int i = 1; i < states.size(); i++) {
            steps.add(step(states.get(i - 1), states.get(i)));
        }
        return steps;
    }

    private ActionStep step(Counterexample.Step before, Counterexample.Step after) {
        try {
            SpecState from = state(before);
            SpecState to = state(after);
            Optional<SpecTransition> taken = spec.next(from).stream()
                    .filter(transition -> transition.after().equals(to))
                    .min(Comparator.comparing((SpecTransition transition) ->
                                    !transition.action().equals(after.action()))
                            .thenComparing(SpecTransition::toString));
            if (taken.isPresent()) {
                String name = taken.get().action();
                return new ActionStep(
                        replaced.getOrDefault(name, name),
                        name,
                        taken.get().arguments().stream().map(SpecValue::toJava).toList(),
                        plain(from),
                        plain(to));
            }
        } catch (IllegalArgumentException | SpecEvaluationException e) {
            // Then it is told with what TLC printed.
        }
        return new ActionStep(after.action(), after.action(), List.of(), printed(before), printed(after));
    }

    private SpecState state(Counterexample.Step step) {
        Map<String, SpecValue> variables = new LinkedHashMap<>();
        PrintedValue.state(step.state()).forEach((name, value) -> variables.put(name, spec.value(value)));
        return spec.state(variables);
    }

    private Map<String, Object> plain(SpecState state) {
        Map<String, Object> variables = new LinkedHashMap<>();
        spec.variables().forEach(name -> variables.put(name, state.get(name).toJava()));
        return variables;
    }

    private static Map<String, Object> printed(Counterexample.Step step) {
        try {
            return PrintedValue.state(step.state());
        } catch (IllegalArgumentException e) {
            return Map.of("state", step.state());
        }
    }
}
