package dev.faultline.conformance.slices;

import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * A slice that asks the spec at every step, under the names of the trace: right for traces in which little comes twice.
 * For one thread at a time; holds the monitor of the spec, which slices on other threads may ask, too.
 */
public final class AskingSlice implements Slice {
    private final Plain plain;
    private final Steps steps;
    private Collection<SpecState> states;

    /** Makes a slice that believes these states. */
    public AskingSlice(Plain plain, Steps steps, Collection<SpecState> states) {
        this.plain = plain;
        this.steps = steps;
        this.states = states;
    }

    @Override
    public Slice fork() {
        return new AskingSlice(plain, steps, states);
    }

    @Override
    public int size() {
        return states.size();
    }

    @Override
    public Set<SpecState> believed() {
        synchronized (steps.spec()) {
            return Set.copyOf(states);
        }
    }

    @Override
    public Optional<Denial> step(Claim claim, Naming naming) {
        synchronized (steps.spec()) {
            SpecValue[] arguments = plain.values(claim.arguments().apply(naming));
            Set<SpecState> after = steps.after(states, claim.action(), arguments);
            if (after.isEmpty()) {
                return Optional.of(steps.deny(states, claim.action(), arguments));
            }
            states = after;
            return Optional.empty();
        }
    }
}
