package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.tlc.Goal.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.APSubstInNode;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.Subst;
import tla2sany.semantic.SubstInNode;
import tla2sany.semantic.SymbolNode;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.EvalControl;
import tlc2.tool.IContextEnumerator;
import tlc2.tool.TLCState;
import tlc2.tool.ToolGlobals;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.IValue;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.Enumerable;
import tlc2.value.impl.LazyValue;
import tlc2.value.impl.Value;
import tlc2.value.impl.ValueEnumeration;

/**
 * Takes an action the way TLC's {@code getNextStates} does, in the same order and with the same partially assigned next
 * state, but remembers where each attempt ends. Serves one explanation.
 */
final class Explainer {
    private final Tool tool;
    private final Sources sources;
    private final Variables variables;
    private final TLCState before;
    private final TLCState after;
    private final Attempts attempts;

    /** Prepares for an action that leads to a given state or, if that has no values, to any. */
    Explainer(Tool tool, Sources sources, Variables variables, TLCState before, TLCState after) {
        this.tool = tool;
        this.sources = sources;
        this.variables = variables;
        this.before = before;
        this.after = after;
        attempts = new Attempts(tool, sources, before);
    }

    Optional<Denial> explain(TlcAction action, Context context, String call) {
        return explain(action.definition.getBody(), context, Scope.of(action.name()), call);
    }

    /** Explains an expression that is to hold of the step, and to which the scope leads. */
    Optional<Denial> explain(SemanticNode node, Context context, Scope scope, String call) {
        Goal complete = new Goal(node, context, scope, Claim.COMPLETE, null);
        Goal holds = complete.claiming(Claim.HOLDS).before(complete, complete.node(), context);
        return reach(holds, 0) ? Optional.empty() : Optional.of(attempts.denial(call));
    }

    private boolean end(Goal goal, int held, @Nullable String error) {
        return attempts.end(goal, held, after, error);
    }

    /** Returns whether some attempt to reach the goal and all that follow succeeds. */
    private boolean reach(Goal goal, int held) {
        try {
            return switch (goal.claim()) {
                case HOLDS -> isStateLevel(goal) && isTrue(goal) ? reach(goal.next(), held + 1) : walk(goal, held);
                case UNCHANGED -> unchanged(goal, held);
                case CHANGED -> isSameAfter(goal) ? end(goal, held, null) : reach(goal.next(), held + 1);
                case COMPLETE ->
                    after.allAssigned()
                            || end(goal, held, "no next value for " + String.join(", ", variables.missing(after)));
            };
        } catch (RuntimeException | StackOverflowError e) {
            return end(goal, held, Messages.of(e));
        }
    }

    private boolean walk(Goal goal, int held) {
        SemanticNode node = goal.node();
        if (node instanceof OpApplNode application) {
            return apply(goal, application, held);
        } else if (node instanceof LetInNode let) {
            return reach(goal.part(let.getBody()), held);
        } else if (node instanceof LabelNode label) {
            return reach(goal.part(label.getBody()), held);
        } else if (node instanceof SubstInNode subst) {
            return reach(
                    goal.part(subst.getBody(), substitute(tool, List.of(subst.getSubsts()), goal.context())), held);
        } else if (node instanceof APSubstInNode subst) {
            return reach(
                    goal.part(subst.getBody(), substitute(tool, List.of(subst.getSubsts()), goal.context())), held);
        }
        return end(goal, held, "not a boolean expression");
    }

    /** Binds what a module that is instantiated has in place of its constants and variables. */
    static Context substitute(Tool tool, List<Subst> substitutions, Context context) {
        Context inner = context;
        for (Subst substitution : substitutions) {
            inner = inner.cons(substitution.getOp(), tool.getVal(substitution.getExpr(), context, false));
        }
        return inner;
    }

    private boolean apply(Goal outer, OpApplNode node, int held) {
        SymbolNode symbol = node.getOperator();
        ExprOrOpArgNode[] args = node.getArgs();
        int opcode = BuiltInOPs.getOpCode(symbol.getName());
        Object meaning = opcode == 0 ? tool.lookup(symbol, outer.context(), before, false) : symbol;
        if (meaning instanceof OpDefNode called && opcode == 0) {
            opcode = BuiltInOPs.getOpCode(called.getName());
            if (opcode == 0) {
                Context inner = tool.getOpContext(called, args, outer.context(), true);
                Scope scope = outer.scope().enter(nameOf(symbol, called), node);
                return reach(outer.part(called.getBody(), inner).in(scope), held);
            }
        } else if (meaning instanceof LazyValue lazy) {
            return reach(outer.part(lazy.expr, lazy.con).in(outer.scope().in(node)), held);
        }
        boolean guard = opcode != ToolGlobals.OPCODE_cl && opcode != ToolGlobals.OPCODE_land && isStateLevel(outer);
        Goal goal = guard ? outer.in(outer.scope().in(node)) : outer;
        return switch (opcode) {
            case ToolGlobals.OPCODE_cl, ToolGlobals.OPCODE_land -> reach(goal.parts(args), held);
            case ToolGlobals.OPCODE_dl, ToolGlobals.OPCODE_lor -> reachAny(goal, args, held);
            case ToolGlobals.OPCODE_be -> exists(goal, node, held);
            case ToolGlobals.OPCODE_bf -> reach(forAll(goal, node), held);
            case ToolGlobals.OPCODE_ite -> {
                boolean truth = truth(args[0], goal.context());
                yield reach(goal.part(args[truth ? 1 : 2]).in(goal.scope().decide(args[0], truth)), held);
            }
            case ToolGlobals.OPCODE_case -> choose(goal, args, held);
            case ToolGlobals.OPCODE_implies ->
                truth(args[0], goal.context())
                        ? reach(goal.part(args[1]).in(goal.scope().decide(args[0], true)), held)
                        : reach(goal.next(), held + 1);
            case ToolGlobals.OPCODE_unchanged -> reach(goal.part(args[0]).claiming(Claim.UNCHANGED), held);
            case ToolGlobals.OPCODE_aa -> {
                Goal changed = goal.part(args[1]).claiming(Claim.CHANGED);
                yield reach(goal.before(changed, args[0], goal.context()), held);
            }
            case ToolGlobals.OPCODE_sa ->
                reach(goal.part(args[0]), held) || reach(goal.part(args[1]).claiming(Claim.UNCHANGED), held);
            case ToolGlobals.OPCODE_nop -> reach(goal.part(args[0]), held);
            case ToolGlobals.OPCODE_eq, ToolGlobals.OPCODE_in -> {
                SymbolNode variable = tool.getPrimedVar(args[0], goal.context(), false);
                boolean assigns = variable != null && after.lookup(variable.getName()) == null;
                yield assigns ? assign(goal, variable, opcode, args[1], held) : leaf(goal, held);
            }
            default -> leaf(goal, held);
        };
    }

    private static String nameOf(SymbolNode symbol, OpDefNode called) {
        String name = symbol.getName().toString();
        return symbol.equals(called) ? name : name + " <- " + called.getName();
    }

    private boolean reachAny(Goal goal, ExprOrOpArgNode[] disjuncts, int held) {
        for (ExprOrOpArgNode disjunct : disjuncts) {
            if (reach(goal.part(disjunct), held)) {
                return true;
            }
        }
        return false;
    }

    private boolean exists(Goal goal, OpApplNode node, int held) {
        IContextEnumerator elements = tool.contexts(node, goal.context(), before, after, EvalControl.Clear);
        Context inner = elements.nextElement();
        if (inner == null) {
            return end(goal, held, null);
        }
        for (; inner != null; inner = elements.nextElement()) {
            if (reach(goal.part(node.getArgs()[0], inner), held)) {
                return true;
            }
        }
        return false;
    }

    /** Of the elements, those that are known to be fine are left out, for each goal takes some stack. */
    private Goal forAll(Goal goal, OpApplNode node) {
        SemanticNode body = node.getArgs()[0];
        List<Context> open = new ArrayList<>();
        IContextEnumerator elements = tool.contexts(node, goal.context(), before, after, EvalControl.Clear);
        for (Context inner = elements.nextElement(); inner != null; inner = elements.nextElement()) {
            Goal one = goal.part(body, inner);
            if (!isStateLevel(one) || !isTrue(one)) {
                open.add(inner);
            }
        }
        Goal all = goal.next();
        for (int i = open.size() - 1; i >= 0; i--) {
            all = goal.before(all, body, open.get(i));
        }
        return all;
    }

    private boolean choose(Goal goal, ExprOrOpArgNode[] arms, int held) {
        Scope scope = goal.scope();
        for (ExprOrOpArgNode arm : arms) {
            ExprOrOpArgNode[] pair = ((OpApplNode) arm).getArgs();
            boolean other = pair[0] == null;
            boolean truth = other || truth(pair[0], goal.context());
            scope = other ? scope : scope.decide(pair[0], truth);
            if (truth) {
                return reach(goal.part(pair[1]).in(scope), held);
            }
        }
        return end(goal.in(scope), held, "no condition of the CASE is true");
    }

    private boolean assign(Goal goal, SymbolNode variable, int opcode, SemanticNode right, int held) {
        Value value = eval(right, goal.context());
        if (opcode == ToolGlobals.OPCODE_eq) {
            return reachWith(variable, value, goal.next(), held);
        } else if (!(value instanceof Enumerable set)) {
            return end(goal, held, "the right side of \\in cannot be enumerated");
        } else {
            ValueEnumeration elements = set.elements();
            Value element = elements.nextElement();
            if (element == null) {
                return end(goal, held, null);
            }
            for (; element != null; element = elements.nextElement()) {
                if (reachWith(variable, element, goal.next(), held)) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean reachWith(SymbolNode variable, IValue value, Goal next, int held) {
        after.bind(variable.getName(), value);
        try {
            return reach(next, held + 1);
        } finally {
            after.unbind(variable.getName());
        }
    }

    private boolean unchanged(Goal goal, int held) {
        SymbolNode variable = tool.getVar(goal.node(), goal.context(), false, tool.getId());
        if (variable != null && after.lookup(variable.getName()) == null) {
            return reachWith(variable, before.lookup(variable.getName()), goal.next(), held);
        } else if (variable == null && goal.node() instanceof OpApplNode node) {
            SymbolNode symbol = node.getOperator();
            ExprOrOpArgNode[] args = node.getArgs();
            if (BuiltInOPs.getOpCode(symbol.getName()) == ToolGlobals.OPCODE_tup) {
                return reach(goal.parts(args), held);
            } else if (args.length == 0 && tool.lookup(symbol, goal.context(), false) instanceof OpDefNode named) {
                return reach(goal.part(named.getBody()), held);
            }
        }
        return isSameAfter(goal) ? reach(goal.next(), held + 1) : end(goal, held, null);
    }

    private boolean isSameAfter(Goal goal) {
        return tool.eval(goal.node(), goal.context(), before).equals(tool.eval(goal.node(), goal.context(), after));
    }

    private boolean leaf(Goal goal, int held) {
        return truth(goal.node(), goal.context()) ? reach(goal.next(), held + 1) : end(goal, held, null);
    }

    private boolean isStateLevel(Goal goal) {
        return tool.getLevelBound(goal.node(), goal.context(), tool.getId()) < 2;
    }

    private boolean isTrue(Goal goal) {
        try {
            return eval(goal.node(), goal.context()) instanceof BoolValue bool && bool.val;
        } catch (RuntimeException | StackOverflowError e) {
            return false; // on the way down it will turn out which part failed
        }
    }

    private boolean truth(SemanticNode node, Context context) {
        if (eval(node, context) instanceof BoolValue bool) {
            return bool.val;
        }
        throw new SpecEvaluationException("`" + sources.text(node) + "` is neither true nor false", null);
    }

    private Value eval(SemanticNode node, Context context) {
        return tool.eval(node, context, before, after, EvalControl.Clear, CostModel.DO_NOT_RECORD);
    }
}
