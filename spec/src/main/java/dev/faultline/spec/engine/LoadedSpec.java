package dev.faultline.spec.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A specification loaded into this JVM. Several can be loaded at once and do not disturb each other, but each one, with
 * its states and values, is for one thread at a time: the caller sees to that, nothing here is synchronized.
 *
 * <p>Whatever computes something throws {@link IllegalStateException} once the specification is closed, and
 * {@link IllegalArgumentException} for an action, state or value that belongs to another specification (values are
 * converted instead) and for a number of arguments that does not fit the operator.
 */
public interface LoadedSpec extends AutoCloseable {
    /**
     * Loads a module with TLC's configuration for it. Nothing is printed. The system property
     * {@code faultline.tlatools} names the jar of the TLA+ tools to use in place of the one on the class path.
     *
     * @param module the {@code .tla} file; what it extends or instantiates is looked for in its own folder, in the
     *     libraries, among TLC's standard modules, and on the class path
     * @param config the {@code .cfg} file
     * @param libraries further folders, or jars, with modules, in order of preference
     * @throws SpecLoadException if a file is missing or wrong, in one line
     */
    static LoadedSpec load(Path module, Path config, Path... libraries) {
        return IsolatedLoader.load(module, config, List.of(libraries));
    }

    /** Returns the names of the variables in the order of declaration. */
    List<String> variables();

    /**
     * Returns the actions: every operator, of this module and of those it extends or instantiates, that speaks of the
     * next state and whose parameters are all plain values. Operators that the configuration replaces keep their name
     * and take the meaning of the replacement.
     */
    List<SpecAction> actions();

    /**
     * Returns the action of that name.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    SpecAction action(String name);

    /**
     * Returns the initial states, each once.
     *
     * @throws SpecEvaluationException if TLC cannot compute them
     */
    List<SpecState> initialStates();

    /** Returns the conjuncts of all definitions of the specification's own modules, in the order of the modules' definitions. */
    List<Conjunct> conjuncts();

    /**
     * Returns the states that a step of the action leads to, each once; none if the action is not enabled.
     *
     * @throws SpecEvaluationException if TLC cannot compute them, or one leaves a variable unassigned
     */
    List<SpecState> successors(SpecState state, SpecAction action, SpecValue... arguments);

    /**
     * Returns every step that the next-state relation of the configuration allows, each once.
     *
     * @throws SpecEvaluationException as {@link #successors}, and if the configuration names no next-state relation
     */
    List<SpecTransition> next(SpecState state);

    /**
     * Returns whether the next-state relation leads to the action at all: through disjunctions, conjunctions, conditions,
     * quantifiers, instances, and definitions that are not recursive.
     *
     * @throws SpecEvaluationException if the configuration names no next-state relation
     */
    boolean isTaken(SpecAction action);

    /**
     * Returns the states that a step of the next-state relation leads to which takes the action, whatever its arguments,
     * each once. That is fewer than the action alone allows: where it is taken, more may be asked for.
     *
     * @throws SpecEvaluationException as {@link #successors}, and if the configuration names no next-state relation
     */
    List<SpecState> steps(SpecState state, SpecAction action);

    /**
     * Returns the states that a step of the next-state relation leads to which takes the action with these arguments, each
     * once. What a quantifier binds is not searched for if it is an argument: a set that TLC cannot enumerate will do.
     *
     * @throws SpecEvaluationException as above
     */
    List<SpecState> steps(SpecState state, SpecAction action, List<SpecValue> arguments);

    /**
     * Returns why no step of the next-state relation takes the action with these arguments: what is false in the action, or
     * where it is taken; empty if one does, or if the relation does not lead to the action at all.
     *
     * @throws SpecEvaluationException if the configuration names no next-state relation
     */
    Optional<Denial> explainSteps(SpecState state, SpecAction action, List<SpecValue> arguments);

    /** Returns the names of the invariants of the configuration, in its order. */
    List<String> invariants();

    /**
     * Returns whether an operator that speaks of one state holds.
     *
     * @throws java.util.NoSuchElementException if the module has no such operator
     * @throws SpecEvaluationException if TLC cannot evaluate it or it is neither true nor false
     */
    boolean holds(SpecState state, String operator, SpecValue... arguments);

    /**
     * Returns whether an operator that speaks of a step, such as {@code Step == [Next]_vars}, holds for a pair of
     * states.
     *
     * @throws java.util.NoSuchElementException if the module has no such operator
     * @throws SpecEvaluationException if TLC cannot evaluate it or it is neither true nor false
     */
    boolean holds(SpecState before, SpecState after, String operator, SpecValue... arguments);

    /**
     * Returns the value of an operator, constant or variable in a state.
     *
     * @throws java.util.NoSuchElementException if the module has none of that name
     * @throws SpecEvaluationException if TLC cannot evaluate it
     */
    SpecValue evaluate(SpecState state, String operator, SpecValue... arguments);

    /** Returns why the action has no successor in the state; empty if it has one. */
    Optional<Denial> explain(SpecState state, SpecAction action, SpecValue... arguments);

    /** Returns why the action does not lead from one state to the other; empty if it does. */
    Optional<Denial> explain(SpecState before, SpecState after, SpecAction action, SpecValue... arguments);

    /**
     * Makes a value from plain Java: {@link Boolean}, {@link Integer} and the other whole numbers in its range,
     * {@link CharSequence}, {@link ModelValue}, {@link List} (a tuple), {@link java.util.Set}, {@link Map} (a record,
     * which is the function over its field names, if all keys are strings, else a function), nested as one likes, and
     * any {@link SpecValue} among them.
     *
     * @throws IllegalArgumentException if something else is found, or a model value that the configuration does not
     *     know, or a set or function whose elements TLC cannot compare
     */
    SpecValue value(Object plain);

    /**
     * Returns the model value of that name.
     *
     * @throws java.util.NoSuchElementException if the configuration has none
     */
    SpecValue modelValue(String name);

    /**
     * Makes a state.
     *
     * @param variables a value for every variable
     * @throws IllegalArgumentException if a variable is missing or unknown
     */
    SpecState state(Map<String, ? extends SpecValue> variables);

    /**
     * Returns a state that differs from the given one in these variables at most.
     *
     * @param values the values that these variables have instead
     * @throws java.util.NoSuchElementException if the specification has no such variable
     */
    SpecState with(SpecState state, Map<String, ? extends SpecValue> values);

    /** Returns a state that differs from the given one in one variable at most, as above. */
    default SpecState with(SpecState state, String variable, SpecValue value) {
        return with(state, Map.of(variable, value));
    }

    /**
     * Ends the use of the specification; states and values stay readable. Its memory is free once nothing refers to it
     * nor to any of those. Doing it twice does nothing.
     */
    @Override
    void close();
}
