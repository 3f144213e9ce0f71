package dev.faultline.spec.engine.tlc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.SemanticNode;

/**
 * The way from an action's definition to an expression inside it, innermost step first.
 *
 * @param outer the way so far
 * @param operator the operator entered by this step, if it entered one
 * @param condition the condition of {@code IF}, {@code CASE} or {@code =>} that this step decided, if it did
 * @param held whether that condition held
 * @param conjunct the conjunct of the action's own definition that contains the expression, once it is known
 */
record Scope(
        @Nullable Scope outer,
        @Nullable String operator,
        @Nullable SemanticNode condition,
        boolean held,
        @Nullable SemanticNode conjunct) {
    static Scope of(String action) {
        return new Scope(null, action, null, false, null);
    }

    Scope enter(String called, SemanticNode call) {
        return new Scope(this, called, null, false, conjunct == null ? call : conjunct);
    }

    Scope decide(SemanticNode decided, boolean truth) {
        return new Scope(this, null, decided, truth, conjunct);
    }

    Scope in(SemanticNode guard) {
        return conjunct == null ? new Scope(this, null, null, false, guard) : this;
    }

    List<String> path() {
        List<String> path = outer == null ? new ArrayList<>() : outer.path();
        if (operator != null) {
            path.add(operator);
        }
        return path;
    }

    List<String> conditions(Sources sources) {
        List<String> conditions = outer == null ? new ArrayList<>() : outer.conditions(sources);
        if (condition != null) {
            conditions.add("`" + sources.text(condition) + "` is " + (held ? "TRUE" : "FALSE"));
        }
        return conditions;
    }
}
