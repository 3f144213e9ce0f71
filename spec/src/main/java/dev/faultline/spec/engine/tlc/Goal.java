package dev.faultline.spec.engine.tlc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.SemanticNode;
import tlc2.util.Context;

/**
 * An expression that a step has to satisfy, and after it the others.
 *
 * @param node the expression
 * @param context what is bound in it
 * @param scope how the action led to it
 * @param claim what is claimed of it
 * @param following the goal after this one; none after {@link Claim#COMPLETE}
 */
record Goal(
        SemanticNode node,
        Context context,
        Scope scope,
        Claim claim,
        @Nullable Goal following) {
    enum Claim {
        HOLDS(""),
        UNCHANGED("UNCHANGED "),
        CHANGED("changed "),
        /** Every variable has a next value. */
        COMPLETE("");

        final String prefix;

        Claim(String prefix) {
            this.prefix = prefix;
        }
    }

    Goal next() {
        return Objects.requireNonNull(following);
    }

    /** Returns the goal that a part, or a definition, holds in place of the whole. */
    Goal part(SemanticNode part, Context inner) {
        return new Goal(part, inner, scope, claim, following);
    }

    Goal part(SemanticNode part) {
        return part(part, context);
    }

    /** Returns the goal that all the parts hold in place of the whole. */
    Goal parts(SemanticNode... parts) {
        Goal all = next();
        for (int i = parts.length - 1; i >= 0; i--) {
            all = before(all, parts[i], context);
        }
        return all;
    }

    /** Returns the goal that a part holds, with another goal after it. */
    Goal before(Goal after, SemanticNode part, Context inner) {
        return new Goal(part, inner, scope, claim, after);
    }

    Goal in(Scope inner) {
        return new Goal(node, context, inner, claim, following);
    }

    Goal claiming(Claim other) {
        return new Goal(node, context, scope, other, following);
    }

    /** Returns what is claimed, as it stands in the module. */
    String text(Sources sources) {
        return claim.prefix + sources.text(node);
    }
}
