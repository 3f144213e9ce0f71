package dev.faultline.spec.engine.tlc;

import java.util.Set;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SymbolNode;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.EvalControl;
import tlc2.tool.IContextEnumerator;
import tlc2.tool.TLCState;
import tlc2.tool.ToolGlobals;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.LazyValue;

/**
 * Finds the innermost part of an expression that TLC fails to evaluate, for TLC itself does not say. It evaluates the
 * parts in TLC's order, so that the first one to fail is the one that TLC failed on.
 *
 * @param tool TLC
 * @param before the state
 * @param after the next state, as far as there is one
 */
record Culprit(Tool tool, TLCState before, TLCState after) {
    private static final Set<Integer> EVALUATES_OPERANDS_IN_ORDER = Set.of(
            ToolGlobals.OPCODE_cl,
            ToolGlobals.OPCODE_land,
            ToolGlobals.OPCODE_dl,
            ToolGlobals.OPCODE_lor,
            ToolGlobals.OPCODE_lnot,
            ToolGlobals.OPCODE_implies,
            ToolGlobals.OPCODE_equiv,
            ToolGlobals.OPCODE_eq,
            ToolGlobals.OPCODE_noteq,
            ToolGlobals.OPCODE_in,
            ToolGlobals.OPCODE_notin,
            ToolGlobals.OPCODE_subseteq,
            ToolGlobals.OPCODE_cup,
            ToolGlobals.OPCODE_cap,
            ToolGlobals.OPCODE_setdiff,
            ToolGlobals.OPCODE_subset,
            ToolGlobals.OPCODE_union,
            ToolGlobals.OPCODE_domain,
            ToolGlobals.OPCODE_fa,
            ToolGlobals.OPCODE_rs,
            ToolGlobals.OPCODE_se,
            ToolGlobals.OPCODE_tup);

    /** Returns the innermost part that fails of an expression that does. */
    SemanticNode find(SemanticNode failing, Context context) {
        if (failing instanceof LetInNode let) {
            return find(let.getBody(), context);
        }
        return failing instanceof OpApplNode node ? findIn(node, context) : failing;
    }

    private SemanticNode findIn(OpApplNode node, Context context) {
        SymbolNode symbol = node.getOperator();
        ExprOrOpArgNode[] args = node.getArgs();
        int opcode = BuiltInOPs.getOpCode(symbol.getName());
        if (opcode == 0) {
            Object meaning = tool.lookup(symbol, context, before, false);
            if (meaning instanceof LazyValue lazy) {
                return find(lazy.expr, lazy.con);
            } else if (meaning instanceof OpDefNode called && BuiltInOPs.getOpCode(called.getName()) == 0) {
                return find(called.getBody(), tool.getOpContext(called, args, context, true));
            }
        } else if (opcode == ToolGlobals.OPCODE_ite) {
            return find(fails(args[0], context) ? args[0] : args[isTrue(args[0], context) ? 1 : 2], context);
        } else if (node.getBdedQuantBounds().length > 0) {
            return findInQuantified(node, context);
        }
        if (opcode == 0 || EVALUATES_OPERANDS_IN_ORDER.contains(opcode)) {
            for (ExprOrOpArgNode arg : args) {
                if (fails(arg, context)) {
                    return find(arg, context);
                }
            }
        }
        return node;
    }

    private SemanticNode findInQuantified(OpApplNode node, Context context) {
        for (SemanticNode bound : node.getBdedQuantBounds()) {
            if (fails(bound, context)) {
                return find(bound, context);
            }
        }
        SemanticNode body = node.getArgs()[0];
        try {
            IContextEnumerator elements = tool.contexts(node, context, before, after, EvalControl.Clear);
            for (Context inner = elements.nextElement(); inner != null; inner = elements.nextElement()) {
                if (fails(body, inner)) {
                    return find(body, inner);
                }
            }
        } catch (RuntimeException notEnumerable) {
            return node;
        }
        return node;
    }

    private boolean fails(SemanticNode node, Context context) {
        try {
            tool.eval(node, context, before, after, EvalControl.Clear, CostModel.DO_NOT_RECORD);
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return true;
        }
    }

    private boolean isTrue(SemanticNode node, Context context) {
        return tool.eval(node, context, before, after, EvalControl.Clear, CostModel.DO_NOT_RECORD)
                        instanceof BoolValue bool
                && bool.val;
    }
}
