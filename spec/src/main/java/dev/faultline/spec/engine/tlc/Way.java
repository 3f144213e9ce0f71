package dev.faultline.spec.engine.tlc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.APSubstInNode;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpArgNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.Subst;
import tla2sany.semantic.SubstInNode;
import tla2sany.semantic.SymbolNode;
import tlc2.tool.Action;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.ToolGlobals;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;

/**
 * A way from the next-state relation to a call of an action: through disjunctions, conjunctions, conditions, quantifiers,
 * definitions that are not recursive, and instances. It is found in the text, without a state.
 *
 * <p>Seen from the root module, an action of an instance with parameters has these before its own: {@code Low(k)!Go(f)} is
 * the action {@code Low!Go} with the arguments k and f. Those of the instance are given where it is entered.
 *
 * @param turns what is gone through, from the outside
 * @param call the call; none if the action is the next-state relation itself
 * @param outer how many of the action's arguments are given before the call, by the instances that are entered
 * @param given which bound symbols are nothing but an argument of the action, and which one: they need not be searched for
 */
record Way(List<Turn> turns, @Nullable OpApplNode call, int outer, Map<SymbolNode, Integer> given) {
    /** One thing that is gone through. */
    sealed interface Turn {
        /** Returns what is gone through, as a whole. */
        SemanticNode node();
    }

    /** Into the body of a quantifier. */
    record Choose(OpApplNode node) implements Turn {}

    /** Into one of the conjuncts; the others are to hold as well. */
    record Both(OpApplNode node, int taken) implements Turn {}

    /** Into a branch of IF or CASE; its conditions, in their order, are to be false but for the last. */
    record When(OpApplNode node, List<ExprOrOpArgNode> conditions, boolean last) implements Turn {}

    /**
     * Into a definition.
     *
     * @param outer how many of the action's arguments are given before, by the instances that are entered
     * @param inner how many of them the first arguments here are: those of the instance that the definition is one of
     */
    record Enter(OpApplNode node, int outer, int inner) implements Turn {}

    /** Into a module that is instantiated. */
    record Instance(SemanticNode node, List<Subst> substitutions) implements Turn {}

    /** Returns all ways to an action of that name. */
    static List<Way> to(String action, Action next, Tool tool) {
        if (next.getOpDef() != null && next.getOpDef().getName().toString().equals(action)) {
            return List.of(new Way(List.of(), null, 0, Map.of()));
        }
        Search search = new Search(action, tool);
        search.go(next.pred, Module.ROOT, List.of(), Map.of());
        return search.found;
    }

    /**
     * The module that a search is in.
     *
     * @param prefix what its names begin with, seen from the root module
     * @param outer how many parameters the instances have that lead to it
     * @param given which bound symbols are nothing but the argument for one of these parameters, and which
     */
    private record Module(String prefix, int outer, Map<SymbolNode, Integer> given) {
        static final Module ROOT = new Module("", 0, Map.of());
    }

    private static final class Search {
        private final String action;
        private final Tool tool;
        private final List<Way> found = new ArrayList<>();
        private final Set<String> inVain = new HashSet<>();

        Search(String action, Tool tool) {
            this.action = action;
            this.tool = tool;
        }

        private static <T> List<T> with(List<T> some, T more) {
            List<T> all = new ArrayList<>(some);
            all.add(more);
            return all;
        }

        /**
         * Goes down.
         *
         * @param bound what was given for parameters on the way
         */
        void go(
                @Nullable SemanticNode node,
                Module module,
                List<Turn> turns,
                Map<FormalParamNode, ExprOrOpArgNode> bound) {
            if (node instanceof LetInNode let) {
                go(let.getBody(), module, turns, bound);
            } else if (node instanceof LabelNode label) {
                go(label.getBody(), module, turns, bound);
            } else if (node instanceof SubstInNode subst) {
                go(subst.getBody(), module, with(turns, new Instance(node, List.of(subst.getSubsts()))), bound);
            } else if (node instanceof APSubstInNode subst) {
                go(subst.getBody(), module, with(turns, new Instance(node, List.of(subst.getSubsts()))), bound);
            } else if (node instanceof OpApplNode application) {
                apply(application, module, turns, bound);
            }
        }

        private void apply(
                OpApplNode node, Module module, List<Turn> turns, Map<FormalParamNode, ExprOrOpArgNode> bound) {
            ExprOrOpArgNode[] args = node.getArgs();
            switch (BuiltInOPs.getOpCode(node.getOperator().getName())) {
                case ToolGlobals.OPCODE_dl, ToolGlobals.OPCODE_lor -> {
                    for (ExprOrOpArgNode disjunct : args) {
                        go(disjunct, module, turns, bound);
                    }
                }
                case ToolGlobals.OPCODE_cl, ToolGlobals.OPCODE_land -> {
                    for (int i = 0; i < args.length; i++) {
                        go(args[i], module, with(turns, new Both(node, i)), bound);
                    }
                }
                case ToolGlobals.OPCODE_be -> go(args[0], module, with(turns, new Choose(node)), bound);
                case ToolGlobals.OPCODE_ite -> {
                    go(args[1], module, with(turns, new When(node, List.of(args[0]), true)), bound);
                    go(args[2], module, with(turns, new When(node, List.of(args[0]), false)), bound);
                }
                case ToolGlobals.OPCODE_case -> {
                    List<ExprOrOpArgNode> conditions = List.of();
                    for (ExprOrOpArgNode arm : args) {
                        ExprOrOpArgNode[] pair = ((OpApplNode) arm).getArgs();
                        boolean other = pair[0] == null;
                        conditions = other ? conditions : with(conditions, pair[0]);
                        go(pair[1], module, with(turns, new When(node, conditions, !other)), bound);
                    }
                }
                case ToolGlobals.OPCODE_sa, ToolGlobals.OPCODE_nop -> go(args[0], module, turns, bound);
                case 0 -> call(node, module, turns, bound);
                default -> {
                    // Nothing else leads to a step of a part.
                }
            }
        }

        private void call(
                OpApplNode node, Module module, List<Turn> turns, Map<FormalParamNode, ExprOrOpArgNode> bound) {
            SymbolNode symbol = node.getOperator();
            if (symbol instanceof FormalParamNode parameter && bound.get(parameter) instanceof OpArgNode operator) {
                symbol = operator.getOp();
            }
            if (!(tool.lookup(symbol, Context.Empty, false) instanceof OpDefNode called)
                    || called.getInRecursive()
                    || BuiltInOPs.getOpCode(called.getName()) != 0) {
                return;
            }
            String name = module.prefix() + symbol.getName();
            if (name.equals(action) || (module.prefix() + called.getName()).equals(action)) {
                found.add(new Way(turns, node, module.outer(), given(node, node.getArgs().length, module, bound)));
                return;
            }
            String place = name + "@" + System.identityHashCode(called);
            boolean plain = isFirstOrder(called);
            if (plain && inVain.contains(place)) {
                return;
            }
            int before = found.size();
            Map<FormalParamNode, ExprOrOpArgNode> inner = new HashMap<>(bound);
            for (int i = 0; i < called.getParams().length && i < node.getArgs().length; i++) {
                inner.put(called.getParams()[i], node.getArgs()[i]);
            }
            // A definition of an instance has the parameters of the instance, and then those that it has in its module.
            int ofInstance = called.getParams().length - called.getSource().getParams().length;
            Module entered = new Module(
                    name.substring(0, name.lastIndexOf('!') + 1),
                    module.outer() + ofInstance,
                    given(node, ofInstance, module, bound));
            go(called.getBody(), entered, with(turns, new Enter(node, module.outer(), ofInstance)), inner);
            if (plain && found.size() == before) {
                inVain.add(place);
            }
        }

        private static boolean isFirstOrder(OpDefNode called) {
            for (FormalParamNode parameter : called.getParams()) {
                if (parameter.getArity() > 0) {
                    return false;
                }
            }
            return true;
        }

        /** Returns what is given with the module, and with the first arguments of a call in it. */
        private static Map<SymbolNode, Integer> given(
                OpApplNode call, int arguments, Module module, Map<FormalParamNode, ExprOrOpArgNode> bound) {
            Map<SymbolNode, Integer> given = new HashMap<>(module.given());
            for (int i = 0; i < arguments; i++) {
                SemanticNode argument = call.getArgs()[i];
                while (argument instanceof OpApplNode name
                        && name.getArgs().length == 0
                        && name.getOperator() instanceof FormalParamNode parameter) {
                    argument = bound.get(parameter);
                    if (argument == null) {
                        given.putIfAbsent(parameter, module.outer() + i);
                    }
                }
            }
            return given;
        }
    }
}
