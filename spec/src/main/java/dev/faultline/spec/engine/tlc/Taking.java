package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.SpecEvaluationException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.ExprNode;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tlc2.tool.Action;
import tlc2.tool.EvalControl;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.Enumerable;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import tlc2.value.impl.ValueEnumeration;

/**
 * Takes the steps of the next-state relation that lead through a call of an action, along the {@link Way ways} there are.
 *
 * <p>As long as nothing but disjunctions, quantifiers, conditions and definitions are gone through, nothing is known of the
 * next state. At the first conjunction, or at the call, TLC makes the next states; from there on, what is gone through is
 * held against each of them. Serves one question, and remembers what ended the way that was gone furthest.
 */
final class Taking {
    private final Tool tool;
    private final Sources sources;
    private final Variables variables;
    private final Action next;
    private final TLCState before;
    private final Value @Nullable [] arguments;
    private final Consumer<TLCState> found;
    private final Refusals refusals;
    private @Nullable Throwable failure;

    /**
     * Prepares.
     *
     * @param arguments those of the call; with none given, any will do
     * @param found is given each next state, some more than once
     */
    Taking(
            Tool tool,
            Sources sources,
            Variables variables,
            Action next,
            TLCState before,
            Value @Nullable [] arguments,
            Consumer<TLCState> found) {
        this.tool = tool;
        this.sources = sources;
        this.variables = variables;
        this.next = next;
        this.before = before;
        this.arguments = arguments;
        this.found = found;
        refusals = new Refusals();
    }

    /**
     * Takes the steps.
     *
     * @return what TLC failed on first; none if it did not
     */
    @Nullable
    Throwable take(Iterable<Way> ways) {
        OpDefNode operator = next.getOpDef();
        Scope scope = Scope.of(operator == null ? "Next" : operator.getName().toString());
        for (Way way : ways) {
            new Walk(way).go(new Place(0, next.con, scope, null));
        }
        return failure;
    }

    /** Returns whether it was the action alone that denied the step, with nothing but its arguments given. */
    boolean isDeniedByAction() {
        return refusals.byAction;
    }

    /** Returns why the way that was gone furthest ended, or the first on which TLC failed; none if none did. */
    Optional<Denial> denial(String call) {
        return refusals.furthest.apply(call);
    }

    private Value eval(SemanticNode node, Place place) {
        TLCState then = place.after == null ? TLCState.Empty : place.after;
        return tool.eval(node, place.context, before, then, EvalControl.Clear, CostModel.DO_NOT_RECORD);
    }

    private boolean isTrue(SemanticNode node, Place place) {
        if (eval(node, place) instanceof BoolValue bool) {
            return bool.val;
        }
        throw new SpecEvaluationException("`" + sources.text(node) + "` is neither true nor false", null);
    }

    /**
     * Where a walk is.
     *
     * @param depth how many turns are behind
     * @param after the next state; none as long as it is not known
     */
    private record Place(
            int depth,
            Context context,
            Scope scope,
            @Nullable TLCState after) {
        Place into(Context inner) {
            return new Place(depth + 1, inner, scope, after);
        }

        Place in(Scope inner) {
            return new Place(depth, context, inner, after);
        }

        Place at(TLCState made) {
            return new Place(depth, context, scope, made);
        }
    }

    /** What ended a way, of those that were gone furthest the first. */
    private final class Refusals {
        private int deepest = -1;
        private boolean byAction;
        private Function<String, Optional<Denial>> furthest = call -> Optional.empty();

        private void note(int depth, boolean action, Function<String, Optional<Denial>> why) {
            if (depth > deepest) {
                deepest = depth;
                byAction = action;
                furthest = why;
            }
        }

        private TLCState after(Place place) {
            return place.after == null ? TLCState.Empty.createEmpty() : place.after;
        }

        /** An expression is false, or no next state makes it true. */
        void isFalse(SemanticNode node, Place place, int depth, boolean action) {
            note(
                    depth,
                    action,
                    call -> new Explainer(tool, sources, variables, before, after(place))
                            .explain(node, place.context, place.scope, call));
        }

        /** TLC fails; that is told before all others. */
        void fails(SemanticNode node, Place place, String message) {
            note(Integer.MAX_VALUE, false, call -> {
                Attempts attempts = new Attempts(tool, sources, before);
                Goal goal = new Goal(node, place.context, place.scope, Goal.Claim.HOLDS, null);
                attempts.end(goal, 0, after(place), message);
                return Optional.of(attempts.denial(call));
            });
        }

        /** Something is false that does not stand in the module word by word. */
        void isFalse(String claim, SemanticNode node, Place place, Map<String, String> values) {
            note(place.depth, false, call -> {
                Map<String, String> shown = new TreeMap<>(values);
                shown.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
                Denial.Refusal refusal = new Denial.Refusal(
                        claim,
                        claim,
                        node.getLocation().source(),
                        node.getLocation().beginLine(),
                        node.getLocation().beginColumn(),
                        place.scope.path(),
                        Map.of(),
                        shown,
                        place.scope.conditions(sources),
                        Optional.empty(),
                        List.of());
                return Optional.of(new Denial(call, List.of(refusal), 0));
            });
        }
    }

    /** Goes one way, with all values that are possible. */
    private final class Walk {
        private final Way way;

        Walk(Way way) {
            this.way = way;
        }

        void go(Place place) {
            SemanticNode node = node(place.depth);
            try {
                if (place.depth == way.turns().size()) {
                    call(node, place);
                } else if (place.after == null && isMadeAt(way.turns().get(place.depth), place)) {
                    make(node, place);
                } else {
                    turn(way.turns().get(place.depth), place);
                }
            } catch (RuntimeException | StackOverflowError e) {
                if (failure == null) {
                    refusals.fails(node, place, Messages.of(e));
                    failure = e;
                }
            }
        }

        private SemanticNode node(int depth) {
            if (depth < way.turns().size()) {
                return way.turns().get(depth).node();
            }
            OpApplNode call = way.call();
            return call == null ? next.pred : call;
        }

        private boolean isMadeAt(Way.Turn turn, Place place) {
            if (turn instanceof Way.When when) {
                return when.conditions().stream().anyMatch(condition -> speaksOfNext(condition, place));
            } else if (turn instanceof Way.Choose choose) {
                for (ExprNode bound : choose.node().getBdedQuantBounds()) {
                    if (speaksOfNext(bound, place)) {
                        return true;
                    }
                }
                return false;
            }
            return turn instanceof Way.Both
                    || (turn instanceof Way.Enter enter
                            && arguments != null
                            && Arrays.stream(enter.node().getArgs(), 0, enter.inner())
                                    .anyMatch(argument -> speaksOfNext(argument, place)));
        }

        private boolean speaksOfNext(SemanticNode node, Place place) {
            return tool.getLevelBound(node, place.context, tool.getId()) >= LevelConstants.ActionLevel;
        }

        /** Has TLC make the next states from here, and holds the rest of the way against each. */
        private void make(SemanticNode node, Place place) {
            StateVec made = tool.getNextStates(new Action(node, place.context, next.getOpDef()), before);
            if (made.size() == 0) {
                refusals.isFalse(node, place, place.depth, false);
            }
            for (int i = 0; i < made.size(); i++) {
                TLCState state = made.elementAt(i);
                if (!state.allAssigned()) {
                    throw new SpecEvaluationException(
                            "no next value for " + String.join(", ", variables.missing(state)), null);
                }
                go(place.at(state));
            }
        }

        private void turn(Way.Turn turn, Place place) {
            Context context = place.context;
            if (turn instanceof Way.Choose choose) {
                choose(choose.node(), 0, context, place);
            } else if (turn instanceof Way.Both both) {
                ExprOrOpArgNode[] conjuncts = both.node().getArgs();
                for (int i = 0; i < conjuncts.length; i++) {
                    if (i != both.taken() && !isTrue(conjuncts[i], place)) {
                        refusals.isFalse(conjuncts[i], place, place.depth, false);
                        return;
                    }
                }
                go(place.into(context));
            } else if (turn instanceof Way.When when) {
                when(when, place);
            } else if (turn instanceof Way.Enter enter) {
                if (!areGiven(enter.node(), enter.outer(), enter.inner(), place)) {
                    return;
                }
                OpDefNode called = (OpDefNode) tool.lookup(enter.node().getOperator(), context, false);
                Context inner = tool.getOpContext(called, enter.node().getArgs(), context, true);
                go(place.into(inner).in(new Scope(place.scope, called.getName().toString(), null, false, null)));
            } else if (turn instanceof Way.Instance instance) {
                go(place.into(Explainer.substitute(tool, instance.substitutions(), context)));
            }
        }

        private void when(Way.When when, Place place) {
            Scope scope = place.scope;
            for (int i = 0; i < when.conditions().size(); i++) {
                ExprOrOpArgNode condition = when.conditions().get(i);
                boolean wanted = when.last() && i == when.conditions().size() - 1;
                boolean truth = isTrue(condition, place);
                if (truth != wanted) {
                    String text = sources.text(condition);
                    refusals.isFalse(wanted ? text : "~(" + text + ")", condition, place.in(scope), Map.of());
                    return;
                }
                scope = scope.decide(condition, truth);
            }
            go(place.in(scope).into(place.context));
        }

        /** Binds what the quantifier binds, from some list of symbols on. */
        private void choose(OpApplNode node, int list, Context inner, Place place) {
            if (list == node.getBdedQuantBounds().length) {
                go(place.into(inner));
            } else {
                choose(node, list, 0, eval(node.getBdedQuantBounds()[list], place), inner, place);
            }
        }

        private void choose(OpApplNode node, int list, int symbol, Value set, Context inner, Place place) {
            FormalParamNode[] symbols = node.getBdedQuantSymbolLists()[list];
            boolean tuple = node.isBdedQuantATuple()[list];
            if (symbol == symbols.length || (tuple && symbol > 0)) {
                choose(node, list + 1, inner, place);
                return;
            }
            FormalParamNode name = symbols[symbol];
            Integer given = tuple ? null : way.given().get(name);
            if (arguments != null && given != null) {
                if (isMember(arguments[given], set)) {
                    choose(node, list, symbol + 1, set, inner.cons(name, arguments[given]), place);
                } else {
                    ExprNode bound = node.getBdedQuantBounds()[list];
                    String text = sources.text(bound);
                    Map<String, String> values = Map.of(
                            name.getName().toString(),
                            Text.brief(arguments[given]),
                            text,
                            Messages.fold(set.toString()));
                    refusals.isFalse(name.getName() + " \\in " + text, bound, place, values);
                }
                return;
            }
            if (!(set instanceof Enumerable enumerable)) {
                throw new SpecEvaluationException(
                        "`" + sources.text(node.getBdedQuantBounds()[list]) + "` cannot be enumerated", null);
            }
            ValueEnumeration elements = enumerable.elements();
            for (Value each = elements.nextElement(); each != null; each = elements.nextElement()) {
                Context bound = inner;
                if (tuple) {
                    Value[] parts = ((TupleValue) each.toTuple()).elems;
                    for (int i = 0; i < symbols.length; i++) {
                        bound = bound.cons(symbols[i], parts[i]);
                    }
                } else {
                    bound = bound.cons(name, each);
                }
                choose(node, list, symbol + 1, set, bound, place);
            }
        }

        private boolean isMember(Value value, Value set) {
            try {
                return set.member(value);
            } catch (RuntimeException ofAnotherKind) {
                return false;
            }
        }

        /** Returns whether the first arguments of a call are those of the action from some place on. */
        private boolean areGiven(OpApplNode call, int from, int count, Place place) {
            for (int i = 0; arguments != null && i < count; i++) {
                ExprOrOpArgNode argument = call.getArgs()[i];
                Value value = Values.canonical(eval(argument, place));
                if (!Values.same(value, arguments[from + i])) {
                    String text = sources.text(argument);
                    String claim = text + " = " + Text.brief(arguments[from + i]);
                    refusals.isFalse(claim, argument, place, Map.of(text, Text.brief(value)));
                    return false;
                }
            }
            return true;
        }

        private void call(SemanticNode node, Place place) {
            OpApplNode call = way.call();
            if (call != null && arguments != null) {
                if (place.after == null
                        && Arrays.stream(call.getArgs()).anyMatch(argument -> speaksOfNext(argument, place))) {
                    make(node, place);
                    return;
                } else if (!areGiven(call, way.outer(), call.getArgs().length, place)) {
                    return;
                }
            }
            if (place.after == null) {
                StateVec made = tool.getNextStates(new Action(node, place.context, next.getOpDef()), before);
                if (made.size() == 0) {
                    refusals.isFalse(node, place, place.depth + 1, true);
                }
                for (int i = 0; i < made.size(); i++) {
                    found.accept(made.elementAt(i));
                }
            } else if (isTrue(node, place)) {
                found.accept(place.after);
            } else {
                refusals.isFalse(node, place, place.depth + 1, false);
            }
        }
    }
}
