package dev.faultline.conformance;

import dev.faultline.conformance.Transitions.Believed;
import dev.faultline.conformance.Transitions.Outcome;
import dev.faultline.spec.engine.Denial;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One segment's part of a trace: the states that the spec can be in, given the events so far, with tokens in them, and
 * the names that the tokens stand for. There is always a state.
 */
final class Slice {
    private final Transitions transitions;
    private Believed believed;
    private KnownNames names;

    Slice(Transitions transitions, Believed believed, KnownNames names) {
        this.transitions = transitions;
        this.believed = believed;
        this.names = names;
    }

    /** Returns a slice that believes the same. */
    Slice fork() {
        return new Slice(transitions, believed, names);
    }

    int size() {
        return believed.size();
    }

    /**
     * Takes a step; returns the reason if no believed state allows it, and then believes what it did before.
     *
     * @param naming the event's own names, in this segment
     */
    Optional<Denial> step(Claim claim, Naming naming) {
        Tokens tokens = naming.tokens(names);
        List<Object> arguments = claim.arguments().apply(tokens);
        Outcome outcome = transitions.step(believed, names, claim.action(), arguments);
        @Nullable Believed after = outcome.after();
        if (after == null) {
            return Optional.of(transitions.deny(
                    believed, names, claim.action(), claim.arguments().apply(naming)));
        }
        believed = after;
        names = names.after(outcome.renaming(), tokens);
        return Optional.empty();
    }
}
