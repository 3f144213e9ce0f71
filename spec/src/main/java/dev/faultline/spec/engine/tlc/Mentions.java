package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.Denial.Read;
import dev.faultline.spec.engine.SpecState.Difference;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.ASTConstants;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SymbolNode;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.EvalControl;
import tlc2.tool.TLCState;
import tlc2.tool.ToolGlobals;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.impl.Value;
import util.UniqueString;

/** Collects what an expression mentions, with the values that help to see why it is false. */
final class Mentions {
    private static final Set<UniqueString> COMPARISONS = Set.of(
            ToolGlobals.OP_eq,
            ToolGlobals.OP_noteq,
            ToolGlobals.OP_in,
            ToolGlobals.OP_notin,
            ToolGlobals.OP_subseteq,
            ToolGlobals.OP_lt,
            ToolGlobals.OP_leq,
            ToolGlobals.OP_gt,
            ToolGlobals.OP_geq);

    private static final int MOST_DIFFERENCES = 8;

    private final Tool tool;
    private final Sources sources;
    private final TLCState before;
    private final TLCState after;
    private final Map<String, String> bindings = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Read> reads = new LinkedHashMap<>();
    private final Set<SymbolNode> boundInside = new HashSet<>();
    private boolean variableSeen;

    private Mentions(Tool tool, Sources sources, TLCState before, TLCState after) {
        this.tool = tool;
        this.sources = sources;
        this.before = before;
        this.after = after;
    }

    static Mentions of(Goal goal, Tool tool, Sources sources, TLCState before, TLCState after) {
        Mentions mentions = new Mentions(tool, sources, before, after);
        SemanticNode node = goal.node();
        Context context = goal.context();
        if (goal.claim() == Goal.Claim.UNCHANGED) {
            Value now = mentions.tryEval(node, context, before, after);
            Value then = mentions.tryEval(node, context, after, TLCState.Empty);
            if (now != null && then != null) {
                mentions.compare(sources.text(node), now, then);
            }
        } else if (goal.claim() != Goal.Claim.COMPLETE) {
            mentions.visit(node, context);
            mentions.noteCalls(node, new HashSet<>());
            if (!mentions.variableSeen) {
                mentions.visitDefinitions(node, context);
            }
        }
        return mentions;
    }

    Map<String, String> bindings() {
        return bindings;
    }

    Map<String, String> values() {
        return values;
    }

    List<Read> reads() {
        return List.copyOf(reads.values());
    }

    /** Looks into the definitions of what is called, one level deep: there are the variables that it is about. */
    private void visitDefinitions(SemanticNode node, Context context) {
        if (isCall(node)
                && node instanceof OpApplNode call
                && tool.lookup(call.getOperator(), context, before, false) instanceof OpDefNode called) {
            visit(called.getBody(), tool.getOpContext(called, call.getArgs(), context, true));
        } else if (node instanceof OpApplNode application) {
            each(application.getArgs()).forEach(arg -> visitDefinitions(arg, context));
        }
    }

    private void visit(@Nullable SemanticNode node, Context context) {
        if (node instanceof LetInNode let) {
            visit(let.getBody(), context);
        } else if (node instanceof OpApplNode application) {
            visitApplication(application, context);
        }
    }

    private void visitApplication(OpApplNode node, Context context) {
        each(node.getUnbdedQuantSymbols()).forEach(boundInside::add);
        each(node.getBdedQuantSymbolLists()).flatMap(Arrays::stream).forEach(boundInside::add);
        each(node.getBdedQuantBounds()).forEach(bound -> visitOperand(bound, context));
        SymbolNode symbol = node.getOperator();
        int opcode = BuiltInOPs.getOpCode(symbol.getName());
        ExprOrOpArgNode[] args = node.getArgs();
        if (isName(symbol)) {
            observeName(node, context);
        } else if (isSelection(opcode)) {
            visitSelection(node, context);
        } else if (opcode == ToolGlobals.OPCODE_eq) {
            visitEquality(args, context);
        } else {
            boolean operands = COMPARISONS.contains(symbol.getName());
            for (ExprOrOpArgNode arg : args) {
                if (operands || isCall(arg)) {
                    visitOperand(arg, context);
                } else {
                    visit(arg, context);
                }
            }
        }
    }

    /** SANY has null where there is nothing. */
    private static <T> Stream<T> each(T @Nullable [] some) {
        return some == null ? Stream.of() : Arrays.stream(some).filter(Objects::nonNull);
    }

    private static boolean isName(SymbolNode symbol) {
        return switch (symbol.getKind()) {
            case ASTConstants.VariableDeclKind, ASTConstants.FormalParamKind, ASTConstants.BoundSymbolKind ->
                symbol.getArity() == 0;
            default -> false;
        };
    }

    private static boolean isSelection(int opcode) {
        return switch (opcode) {
            case ToolGlobals.OPCODE_fa, ToolGlobals.OPCODE_rs, ToolGlobals.OPCODE_prime, ToolGlobals.OPCODE_domain ->
                true;
            default -> false;
        };
    }

    private void visitOperand(SemanticNode node, Context context) {
        if (!(node instanceof OpApplNode name && isName(name.getOperator()))) {
            observe(node, context);
        }
        visit(node, context);
    }

    private static boolean isCall(SemanticNode node) {
        return node instanceof OpApplNode call
                && call.getOperator().getKind() == ASTConstants.UserDefinedOpKind
                && call.getLevel() > 0;
    }

    private void observeName(OpApplNode node, Context context) {
        SymbolNode symbol = node.getOperator();
        if (symbol.getKind() == ASTConstants.VariableDeclKind) {
            variableSeen = true;
            observe(node, context);
            note(node, symbol, List.of());
        } else if (!boundInside.contains(symbol)) {
            Value value = tryEval(node, context);
            if (value != null) {
                bindings.put(symbol.getName().toString(), Text.brief(value));
            }
        }
    }

    /** Of {@code ios[h].phase} the whole is worth a look, and what selects, but not {@code ios}. */
    private void visitSelection(OpApplNode node, Context context) {
        SemanticNode root = node;
        while (root instanceof OpApplNode step
                && isSelection(BuiltInOPs.getOpCode(step.getOperator().getName()))) {
            for (int i = 1; i < step.getArgs().length; i++) {
                visit(step.getArgs()[i], context);
            }
            root = step.getArgs()[0];
        }
        if (!observe(node, context)) {
            observePrefix(node, context);
        }
        if (!(root instanceof OpApplNode name && isName(name.getOperator()))) {
            visit(root, context);
        } else if (name.getOperator().getKind() == ASTConstants.VariableDeclKind) {
            variableSeen = true;
            noteSelection(node, name.getOperator(), context);
        } else {
            observeName(name, context);
        }
    }

    /** Notes what a selection reads, as far as what selects has a value: not so what is bound inside. */
    private void noteSelection(OpApplNode whole, SymbolNode variable, Context context) {
        SemanticNode read = whole;
        List<SpecValue> path = new ArrayList<>();
        for (SemanticNode at = whole;
                at instanceof OpApplNode step && step.getArgs().length > 0;
                at = step.getArgs()[0]) {
            Value selector = step.getArgs().length == 1 ? null : tryEval(step.getArgs()[1], context);
            if (selector == null) {
                read = step.getArgs()[0];
                path.clear();
            } else {
                path.add(0, new TlcValue(Values.canonical(selector)));
            }
        }
        note(read, variable, path);
    }

    /** Notes the variables that operators read which are called, as a whole, unless a part of them is known to be read. */
    private void noteCalls(@Nullable SemanticNode node, Set<OpDefNode> seen) {
        if (!(node instanceof OpApplNode application)) {
            if (node instanceof LetInNode let) {
                noteCalls(let.getBody(), seen);
            }
            return;
        }
        SymbolNode symbol = application.getOperator();
        if (symbol instanceof OpDefNode called && isCall(node) && seen.add(called)) {
            noteCalls(called.getBody(), seen);
        } else if (!seen.isEmpty()
                && symbol.getKind() == ASTConstants.VariableDeclKind
                && reads.values().stream()
                        .noneMatch(
                                read -> read.variable().equals(symbol.getName().toString()))) {
            note(node, symbol, List.of());
        }
        each(application.getBdedQuantBounds()).forEach(bound -> noteCalls(bound, seen));
        each(application.getArgs()).forEach(arg -> noteCalls(arg, seen));
    }

    private void note(SemanticNode node, SymbolNode variable, List<SpecValue> path) {
        String text = sources.text(node);
        reads.putIfAbsent(text, new Read(text, variable.getName().toString(), path));
    }

    /** Of a selection that has no value, shows the part that still has one, or its domain if the selector is wrong. */
    private void observePrefix(OpApplNode node, Context context) {
        for (OpApplNode step = node; step.getArgs()[0] instanceof OpApplNode part; step = part) {
            Value value = tryEval(part, context);
            if (value != null && mentionsBoundInside(step)) {
                observe(part, context);
                return;
            } else if (value != null) {
                String name = "DOMAIN " + sources.text(part);
                Values.domain(value).ifPresent(domain -> values.put(name, Text.brief(domain)));
                return;
            } else if (part.getArgs().length == 0) {
                return;
            }
        }
    }

    private boolean mentionsBoundInside(SemanticNode node) {
        return node instanceof OpApplNode application
                && (boundInside.contains(application.getOperator())
                        || each(application.getArgs()).anyMatch(this::mentionsBoundInside));
    }

    private void visitEquality(ExprOrOpArgNode[] sides, Context context) {
        Value left = tryEval(sides[0], context);
        Value right = tryEval(sides[1], context);
        if (left != null && right != null && Differences.areComposite(left, right)) {
            Set<String> elsewhere = Set.copyOf(values.keySet());
            visit(sides[0], context);
            visit(sides[1], context);
            values.keySet().retainAll(elsewhere); // of the sides only the differing parts are worth a look
            compare(sources.text(sides[0]), left, right);
        } else {
            visitOperand(sides[0], context);
            visitOperand(sides[1], context);
        }
    }

    private void compare(String path, Value left, Value right) {
        List<Difference> differences = new ArrayList<>();
        Differences.collect(path, left, right, differences);
        differences.stream()
                .limit(MOST_DIFFERENCES)
                .forEach(one -> values.put(one.path(), one.here() + " ≠ " + one.there()));
    }

    /** Notes the value of an expression unless that tells nothing; returns whether it can be evaluated. */
    private boolean observe(SemanticNode node, Context context) {
        Value value = tryEval(node, context);
        if (value == null) {
            return false;
        }
        String text = sources.text(node);
        String shown = Text.brief(value);
        if (!text.equals(shown)) {
            values.putIfAbsent(text, shown);
        }
        return true;
    }

    private @Nullable Value tryEval(SemanticNode node, Context context) {
        return tryEval(node, context, before, after);
    }

    /** Returns the canonical value; none if the expression has none here, or one that cannot be written down. */
    private @Nullable Value tryEval(SemanticNode node, Context context, TLCState now, TLCState then) {
        try {
            Value value = tool.eval(node, context, now, then, EvalControl.Clear, CostModel.DO_NOT_RECORD);
            return Text.isShort(value) ? value : Values.canonical(value);
        } catch (RuntimeException | StackOverflowError undefinedHere) {
            return null;
        }
    }
}
