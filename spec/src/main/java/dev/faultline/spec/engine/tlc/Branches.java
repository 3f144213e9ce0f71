package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.List;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SymbolNode;
import tlc2.tool.Action;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.EvalControl;
import tlc2.tool.IContextEnumerator;
import tlc2.tool.TLCState;
import tlc2.tool.ToolGlobals;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.impl.LazyValue;
import tlc2.value.impl.Value;

/**
 * Splits the next-state relation into the calls that it consists of in a given state, by going down through nothing but
 * disjunctions, quantifiers, definitions and calls. TLC does so too, but only as far as constants reach.
 */
final class Branches {
    private final Tool tool;
    private final TLCState before;
    private final List<Branch> found = new ArrayList<>();

    /**
     * One way to take a step.
     *
     * @param operator the innermost operator entered
     * @param parameters binds that operator's parameters
     * @param action what is to hold, with everything that is bound around it
     */
    record Branch(OpDefNode operator, Context parameters, Action action) {
        List<SpecValue> arguments(Tool tool, TLCState before) {
            List<SpecValue> values = new ArrayList<>();
            for (FormalParamNode parameter : operator.getParams()) {
                Object bound = parameters.lookup(parameter);
                Value value = bound instanceof LazyValue lazy
                        ? (Value) tool.eval(lazy.expr, lazy.con, before)
                        : (Value) bound;
                values.add(new TlcValue(Values.canonical(value)));
            }
            return values;
        }
    }

    private Branches(Tool tool, TLCState before) {
        this.tool = tool;
        this.before = before;
    }

    static List<Branch> of(Action next, Tool tool, TLCState before) {
        Branches branches = new Branches(tool, before);
        branches.split(next.pred, next.con, next.getOpDef(), next.con);
        return branches.found;
    }

    private void split(SemanticNode node, Context context, OpDefNode operator, Context parameters) {
        if (node instanceof LetInNode let) {
            split(let.getBody(), context, operator, parameters);
        } else if (node instanceof LabelNode label) {
            split(label.getBody(), context, operator, parameters);
        } else if (!(node instanceof OpApplNode application)
                || !splitApplication(application, context, operator, parameters)) {
            found.add(new Branch(operator, parameters, new Action(node, context, operator)));
        }
    }

    private boolean splitApplication(OpApplNode node, Context context, OpDefNode operator, Context parameters) {
        SymbolNode symbol = node.getOperator();
        ExprOrOpArgNode[] args = node.getArgs();
        switch (BuiltInOPs.getOpCode(symbol.getName())) {
            case ToolGlobals.OPCODE_dl, ToolGlobals.OPCODE_lor -> {
                for (ExprOrOpArgNode disjunct : args) {
                    split(disjunct, context, operator, parameters);
                }
                return true;
            }
            case ToolGlobals.OPCODE_be -> {
                IContextEnumerator elements = tool.contexts(node, context, before, TLCState.Empty, EvalControl.Clear);
                for (Context inner = elements.nextElement(); inner != null; inner = elements.nextElement()) {
                    split(args[0], inner, operator, parameters);
                }
                return true;
            }
            case 0 -> {
                if (tool.lookup(symbol, context, false) instanceof OpDefNode called && isPlain(called, args)) {
                    Context inner = tool.getOpContext(called, args, context, true);
                    split(called.getBody(), inner, called, inner);
                    return true;
                }
                return false;
            }
            default -> {
                return false;
            }
        }
    }

    /** A recursive call need not end, and an argument that speaks of the next state has no value yet. */
    private static boolean isPlain(OpDefNode called, ExprOrOpArgNode[] args) {
        boolean plain = !called.getInRecursive() && BuiltInOPs.getOpCode(called.getName()) == 0;
        for (ExprOrOpArgNode arg : args) {
            plain &= arg.getLevel() < 2 && arg instanceof tla2sany.semantic.ExprNode;
        }
        return plain;
    }
}
