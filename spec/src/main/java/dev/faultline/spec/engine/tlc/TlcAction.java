package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecAction;
import java.util.Arrays;
import java.util.List;
import tla2sany.semantic.OpDefNode;
import tlc2.tool.Action;
import tlc2.util.Context;

/** An action with what TLC needs to take it. */
final class TlcAction implements SpecAction {
    final Operator operator;
    final OpDefNode definition;
    final Action action;
    private final List<String> parameters;

    TlcAction(Operator operator, OpDefNode definition) {
        this.operator = operator;
        this.definition = definition;
        action = new Action(definition.getBody(), Context.Empty, definition);
        parameters = Arrays.stream(operator.parameters())
                .map(parameter -> parameter.getName().toString())
                .toList();
    }

    @Override
    public String name() {
        return operator.name;
    }

    @Override
    public List<String> parameters() {
        return parameters;
    }

    @Override
    public String module() {
        return definition.getLocation().source();
    }

    @Override
    public int line() {
        return definition.getLocation().beginLine();
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? name() : name() + "(" + String.join(", ", parameters) + ")";
    }
}
