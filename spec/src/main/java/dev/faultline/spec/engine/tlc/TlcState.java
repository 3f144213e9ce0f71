package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tlc2.tool.TLCState;
import tlc2.value.impl.Value;

/** A complete state whose values are canonical; nobody changes TLC's state after it got here. */
final class TlcState implements SpecState {
    final TLCState state;
    private final Variables variables;
    private final TlcValue[] values;
    private int hash;

    TlcState(TLCState complete, Variables variables) {
        this(complete, variables, (@Nullable TlcState) null);
    }

    /** Makes a state that shares with the one before it what it has in common with it, hash codes included. */
    TlcState(TLCState complete, Variables variables, @Nullable TlcState before) {
        state = complete;
        this.variables = variables;
        values = new TlcValue[variables.count()];
        for (int i = 0; i < values.length; i++) {
            Value value = (Value) state.lookup(variables.id(i));
            values[i] = before != null && before.values[i].value == value ? before.values[i] : new TlcValue(value);
        }
    }

    private TlcState(TLCState complete, Variables variables, TlcValue[] values) {
        state = complete;
        this.variables = variables;
        this.values = values;
    }

    /** Returns a state with other values of some variables. */
    TlcState with(Map<String, ? extends SpecValue> others) {
        TLCState changed = state.copy();
        TlcValue[] after = values.clone();
        others.forEach((name, value) -> {
            int variable = variables.index(name);
            after[variable] = value instanceof TlcValue ours ? ours : new TlcValue(Operator.own(value));
            changed.bind(variables.id(variable), after[variable].value);
        });
        return new TlcState(changed, variables, after);
    }

    Value value(int variable) {
        return values[variable].value;
    }

    @Override
    public SpecValue get(String variable) {
        return values[variables.index(variable)];
    }

    @Override
    public Optional<SpecValue> at(String variable, List<SpecValue> path) {
        Value part = value(variables.index(variable));
        for (SpecValue selector : path) {
            part = Values.part(part, Operator.own(selector));
            if (part == null) {
                return Optional.empty();
            }
        }
        return Optional.of(new TlcValue(part));
    }

    @Override
    public Map<String, String> render() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < variables.count(); i++) {
            texts.put(variables.names().get(i), Text.of(value(i)));
        }
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public List<Difference> diff(SpecState other) {
        TlcState that = variables.own(other);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < variables.count(); i++) {
            Differences.collect(variables.names().get(i), value(i), that.value(i), differences);
        }
        return List.copyOf(differences);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        // To make a hash code costs as much as to compare: what is already known is enough.
        if (!(other instanceof TlcState that) || hash != 0 && that.hash != 0 && hash != that.hash) {
            return false;
        }
        for (int i = 0; i < variables.count(); i++) {
            if (!values[i].equals(that.values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int sum = 1;
            for (int i = 0; i < variables.count(); i++) {
                sum = 31 * sum + values[i].hashCode();
            }
            hash = sum;
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        render().forEach((name, value) -> text.append(text.isEmpty() ? "" : "\n")
                .append("/\\ ")
                .append(name)
                .append(" = ")
                .append(value));
        return text.toString();
    }
}
