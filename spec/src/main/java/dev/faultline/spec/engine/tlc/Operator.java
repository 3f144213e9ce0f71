package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecValue;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SymbolNode;
import tlc2.tool.EvalControl;
import tlc2.tool.TLCState;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.OpValue;
import tlc2.value.impl.Value;

/** A name of the module with the meaning that the configuration gives it: a definition, a value, or a Java method. */
final class Operator {
    final String name;
    final @Nullable OpDefNode definition;
    private final Tool tool;
    private final Sources sources;
    private final Object meaning;
    private final FormalParamNode[] parameters;

    Operator(SymbolNode symbol, Tool tool, Sources sources) {
        this.tool = tool;
        this.sources = sources;
        name = symbol.getName().toString();
        meaning = tool.lookup(symbol);
        definition = meaning instanceof OpDefNode def ? def : null;
        OpDefNode signature = definition != null ? definition : symbol instanceof OpDefNode def ? def : null;
        parameters = signature == null ? new FormalParamNode[0] : signature.getParams();
    }

    FormalParamNode[] parameters() {
        return parameters;
    }

    Context bind(SpecValue... arguments) {
        if (arguments.length != parameters.length) {
            throw new IllegalArgumentException(
                    name + " takes " + parameters.length + " arguments, not " + arguments.length);
        }
        Context context = Context.Empty;
        for (int i = 0; i < arguments.length; i++) {
            context = context.cons(parameters[i], own(arguments[i]));
        }
        return context;
    }

    static Value own(SpecValue value) {
        return value instanceof TlcValue ours ? ours.value : Values.fromJava(value);
    }

    Value evaluate(TLCState before, TLCState after, SpecValue... arguments) {
        Context context = bind(arguments);
        try {
            if (definition != null) {
                return tool.eval(
                        definition.getBody(), context, before, after, EvalControl.Clear, CostModel.DO_NOT_RECORD);
            } else if (meaning instanceof OpValue java) {
                Value[] values = new Value[arguments.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = own(arguments[i]);
                }
                return java.apply(values, EvalControl.Clear);
            }
            return meaning instanceof Value value ? value : (Value) before.lookup(((SymbolNode) meaning).getName());
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(e, context, before, after);
        }
    }

    SpecEvaluationException failure(Throwable thrown, Context context, TLCState before, TLCState after) {
        String place = "";
        if (definition != null) {
            SemanticNode culprit = new Culprit(tool, before, after).find(definition.getBody(), context);
            place = " at " + sources.place(culprit) + ": `" + sources.text(culprit) + "`";
        }
        return new SpecEvaluationException(name + " cannot be evaluated" + place + ": " + Messages.of(thrown), thrown);
    }

    boolean holds(TLCState before, TLCState after, SpecValue... arguments) {
        Value value = evaluate(before, after, arguments);
        if (value instanceof BoolValue bool) {
            return bool.val;
        }
        throw new SpecEvaluationException(
                name + " is neither true nor false but " + Text.of(Values.canonical(value)), null);
    }
}
