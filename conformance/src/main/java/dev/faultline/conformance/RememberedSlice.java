package dev.faultline.conformance;

import dev.faultline.conformance.Transitions.Believed;
import dev.faultline.conformance.Transitions.Outcome;
import dev.faultline.spec.engine.Denial;
import dev.faultline.trace.TraceHeader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A slice that knows its states with tokens in them, and the names that the tokens stand for. */
final class RememberedSlice implements Slice {
    private final Transitions transitions;
    private Believed believed;
    private KnownNames names;

    private RememberedSlice(Transitions transitions, Believed believed, KnownNames names) {
        this.transitions = transitions;
        this.believed = believed;
        this.names = names;
    }

    /** Returns a slice of which there is no event yet. */
    static Slice first(Transitions transitions, TraceHeader header) {
        KnownNames names = KnownNames.first(header);
        Outcome first = transitions.first(names);
        return new RememberedSlice(
                transitions,
                Objects.requireNonNull(first.after()),
                names.after(first.renaming(), new Tokens(header, new Versions(), 0, names)));
    }

    @Override
    public Slice fork() {
        return new RememberedSlice(transitions, believed, names);
    }

    @Override
    public int size() {
        return believed.size();
    }

    @Override
    public Optional<Denial> step(Claim claim, Naming naming) {
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
