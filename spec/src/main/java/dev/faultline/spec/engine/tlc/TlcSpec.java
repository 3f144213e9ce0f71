package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.Conjunct;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecTransition;
import dev.faultline.spec.engine.SpecValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.ModuleNode;
import tla2sany.semantic.OpDeclNode;
import tla2sany.semantic.OpDefNode;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.util.Context;
import tlc2.value.impl.Value;

/** A specification in the TLC of this class loader. */
public final class TlcSpec implements LoadedSpec {
    private static final int FEW = 64;

    private final Variables variables;
    private final Sources sources;
    private final List<String> invariants;
    private final Map<String, Operator> operators = new LinkedHashMap<>();
    private final Map<String, TlcAction> actions = new LinkedHashMap<>();
    private final Map<String, List<Way>> ways = new HashMap<>();
    private @Nullable FastTool tool;

    /**
     * Loads the specification; see {@link LoadedSpec#load}. Called once per class loader, by reflection.
     *
     * @throws dev.faultline.spec.engine.SpecLoadException if a file is missing or wrong, in one line
     */
    public TlcSpec(Path module, Path config, List<Path> libraries) {
        Loading.Loaded all = Loading.load(module, config, libraries);
        FastTool loaded = all.tool();
        tool = loaded;
        sources = all.sources();
        invariants = List.of(loaded.getInvNames());
        ModuleNode root = loaded.getSpecProcessor().getRootModule();
        variables = new Variables(root.getVariableDecls());
        for (OpDeclNode constant : root.getConstantDecls()) {
            operators.put(constant.getName().toString(), new Operator(constant, loaded, sources));
        }
        for (OpDeclNode variable : root.getVariableDecls()) {
            operators.put(variable.getName().toString(), new Operator(variable, loaded, sources));
        }
        for (OpDefNode definition : root.getOpDefs()) {
            Operator operator = new Operator(definition, loaded, sources);
            operators.put(operator.name, operator);
            if (operator.definition != null && isAction(operator.definition)) {
                actions.put(operator.name, new TlcAction(operator, operator.definition));
            }
        }
    }

    private static boolean isAction(OpDefNode definition) {
        for (FormalParamNode parameter : definition.getParams()) {
            if (parameter.getArity() > 0) {
                return false;
            }
        }
        return definition.getLevel() == LevelConstants.ActionLevel;
    }

    private FastTool tool() {
        FastTool open = tool;
        if (open == null) {
            throw new IllegalStateException("the specification is closed");
        }
        return open;
    }

    @Override
    public List<String> variables() {
        return variables.names();
    }

    @Override
    public List<SpecAction> actions() {
        return List.copyOf(actions.values());
    }

    @Override
    public SpecAction action(String name) {
        TlcAction action = actions.get(name);
        if (action == null) {
            throw new NoSuchElementException(
                    "no action " + name + "; there are " + String.join(", ", actions.keySet()));
        }
        return action;
    }

    @Override
    public List<String> invariants() {
        return invariants;
    }

    private Operator operator(String name) {
        tool();
        Operator operator = operators.get(name);
        if (operator == null) {
            throw new NoSuchElementException("no operator, constant or variable " + name);
        }
        return operator;
    }

    private static TlcAction own(SpecAction action) {
        if (action instanceof TlcAction ours) {
            return ours;
        }
        throw new IllegalArgumentException("the action " + action.name() + " belongs to another specification");
    }

    @Override
    public List<Conjunct> conjuncts() {
        return Arrays.stream(tool().getSpecProcessor().getRootModule().getOpDefs())
                .filter(sources::has)
                .flatMap(definition -> Conjuncts.of(definition, sources).stream())
                .toList();
    }

    @Override
    public List<SpecState> initialStates() {
        FastTool open = tool();
        try {
            return states(open.getInitStates(), null, "the initial predicate");
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(e, "the initial predicate");
        }
    }

    @Override
    public List<SpecState> successors(SpecState state, SpecAction action, SpecValue... arguments) {
        TlcAction ours = own(action);
        TlcState before = variables.own(state);
        Context context = ours.operator.bind(arguments);
        FastTool open = tool();
        try {
            StateVec found = open.getNextStates(ours.action, context, before.state);
            return found.size() == 0 ? List.of() : states(found, before, ours.name());
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(
                    e,
                    explain(before.state, TLCState.Empty.createEmpty(), ours, arguments)
                            .flatMap(TlcSpec::failing)
                            .orElse(ours.name()));
        }
    }

    private static Optional<String> failing(Denial denial) {
        return denial.refusals().stream()
                .filter(refusal -> refusal.error().isPresent())
                .findFirst()
                .map(refusal -> denial.call() + ", `" + refusal.part() + "` at " + refusal.place() + ",");
    }

    private static SpecEvaluationException failure(Throwable thrown, String what) {
        return thrown instanceof SpecEvaluationException known
                ? known
                : new SpecEvaluationException(what + " cannot be evaluated: " + Messages.of(thrown), thrown);
    }

    private List<SpecState> states(StateVec found, @Nullable TlcState before, String origin) {
        if (found.size() == 1) {
            return List.of(complete(found.elementAt(0), before, origin));
        }
        List<SpecState> all = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            all.add(complete(found.elementAt(i), before, origin));
        }
        return distinct(all);
    }

    /** Returns each once, in order. A few differ early: to compare them costs less than to make a hash code of each. */
    private static <T> List<T> distinct(List<T> all) {
        if (all.size() > FEW) {
            return List.copyOf(new LinkedHashSet<>(all));
        }
        List<T> distinct = new ArrayList<>(all.size());
        for (T one : all) {
            if (!distinct.contains(one)) {
                distinct.add(one);
            }
        }
        return List.copyOf(distinct);
    }

    private SpecState complete(TLCState state, @Nullable TlcState before, String origin) {
        for (int i = 0; i < variables.count(); i++) {
            Value value = (Value) state.lookup(variables.id(i));
            if (value == null) {
                throw new SpecEvaluationException(
                        origin + " gives no value to " + String.join(", ", variables.missing(state)), null);
            }
            if (before == null || value != before.value(i)) {
                state.bind(variables.id(i), Values.canonical(value));
            }
        }
        return new TlcState(state, variables, before);
    }

    private Action nextAction() {
        Action next = tool().getNextStateSpec();
        if (next == null) {
            throw new SpecEvaluationException("the configuration names no next-state relation", null);
        }
        return next;
    }

    @Override
    public boolean isTaken(SpecAction action) {
        return !ways(own(action)).isEmpty();
    }

    private List<Way> ways(TlcAction action) {
        Action next = nextAction();
        return ways.computeIfAbsent(action.name(), name -> Way.to(name, next, tool()));
    }

    @Override
    public List<SpecState> steps(SpecState state, SpecAction action) {
        return steps(variables.own(state), own(action), null);
    }

    @Override
    public List<SpecState> steps(SpecState state, SpecAction action, List<SpecValue> arguments) {
        TlcAction ours = own(action);
        ours.operator.bind(arguments.toArray(SpecValue[]::new));
        return steps(variables.own(state), ours, arguments);
    }

    private List<SpecState> steps(TlcState before, TlcAction action, @Nullable List<SpecValue> arguments) {
        List<SpecState> after = new ArrayList<>();
        Taking taking = taking(before.state, arguments, state -> after.add(complete(state, before, action.name())));
        Throwable thrown = taking.take(ways(action));
        if (thrown != null) {
            throw failure(thrown, action.name());
        }
        return distinct(after);
    }

    private Taking taking(TLCState before, @Nullable List<SpecValue> arguments, Consumer<TLCState> found) {
        Value[] values =
                arguments == null ? null : arguments.stream().map(Operator::own).toArray(Value[]::new);
        return new Taking(tool(), sources, variables, nextAction(), before, values, found);
    }

    @Override
    public Optional<Denial> explainSteps(SpecState state, SpecAction action, List<SpecValue> arguments) {
        TlcState before = variables.own(state);
        List<TLCState> found = new ArrayList<>();
        Taking taking = taking(before.state, arguments, found::add);
        Throwable thrown = taking.take(ways(own(action)));
        if (thrown == null && !found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Denial> byAction = taking.isDeniedByAction()
                ? explain(state, action, arguments.toArray(SpecValue[]::new))
                : Optional.empty();
        return byAction.isPresent()
                ? byAction
                : taking.denial(new SpecTransition(action.name(), arguments, state).toString());
    }

    @Override
    public List<SpecTransition> next(SpecState state) {
        TlcState before = variables.own(state);
        FastTool open = tool();
        Action next = nextAction();
        try {
            List<SpecTransition> steps = new ArrayList<>();
            for (Branches.Branch branch : Branches.of(next, open, before.state)) {
                String name = branch.operator().getName().toString();
                List<SpecState> after = states(open.getNextStates(branch.action(), before.state), before, name);
                if (!after.isEmpty()) {
                    List<SpecValue> arguments = branch.arguments(open, before.state);
                    after.forEach(one -> steps.add(new SpecTransition(name, arguments, one)));
                }
            }
            return distinct(steps);
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(e, "the next-state relation");
        }
    }

    @Override
    public boolean holds(SpecState state, String operator, SpecValue... arguments) {
        return operator(operator).holds(variables.own(state).state, TLCState.Empty, arguments);
    }

    @Override
    public boolean holds(SpecState before, SpecState after, String operator, SpecValue... arguments) {
        return operator(operator).holds(variables.own(before).state, variables.own(after).state, arguments);
    }

    @Override
    public SpecValue evaluate(SpecState state, String operator, SpecValue... arguments) {
        return new TlcValue(
                Values.canonical(operator(operator).evaluate(variables.own(state).state, TLCState.Empty, arguments)));
    }

    @Override
    public Optional<Denial> explain(SpecState state, SpecAction action, SpecValue... arguments) {
        return explain(variables.own(state).state, TLCState.Empty.createEmpty(), own(action), arguments);
    }

    @Override
    public Optional<Denial> explain(SpecState before, SpecState after, SpecAction action, SpecValue... arguments) {
        return explain(variables.own(before).state, variables.own(after).state, own(action), arguments);
    }

    private Optional<Denial> explain(TLCState before, TLCState after, TlcAction action, SpecValue... arguments) {
        Context context = action.operator.bind(arguments);
        SpecTransition call = new SpecTransition(action.name(), List.of(arguments), new TlcState(before, variables));
        return new Explainer(tool(), sources, variables, before, after).explain(action, context, call.toString());
    }

    @Override
    public SpecValue value(Object plain) {
        return new TlcValue(Values.fromJava(plain));
    }

    @Override
    public SpecValue modelValue(String name) {
        try {
            return new TlcValue(Values.modelValue(name));
        } catch (IllegalArgumentException e) {
            throw new NoSuchElementException(e.getMessage());
        }
    }

    @Override
    public SpecState state(Map<String, ? extends SpecValue> values) {
        TLCState state = TLCState.Empty.createEmpty();
        values.forEach((name, value) -> {
            if (!variables.names().contains(name)) {
                throw new IllegalArgumentException("no variable " + name);
            }
            state.bind(variables.id(variables.index(name)), Operator.own(value));
        });
        if (!state.allAssigned()) {
            throw new IllegalArgumentException("no value for " + String.join(", ", variables.missing(state)));
        }
        return new TlcState(state, variables);
    }

    @Override
    public SpecState with(SpecState state, Map<String, ? extends SpecValue> values) {
        return variables.own(state).with(values);
    }

    @Override
    public void close() {
        tool = null;
        operators.clear();
    }
}
