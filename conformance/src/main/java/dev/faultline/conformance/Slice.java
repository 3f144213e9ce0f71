package dev.faultline.conformance;

import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One segment's part of a trace: the states that the spec can be in, given the events so far. Never empty.
 *
 * <p>When storage performs an I/O is not in the events of a running system. The spec's Perform steps are therefore
 * searched for, as late as possible: when an I/O completes it must have been performed, and the I/Os that overlap it on
 * the same block may have been performed before it, in any order. An I/O whose turn has not come stays as it is.
 */
final class Slice {
    private List<SpecState> believed;

    Slice(List<SpecState> believed) {
        this.believed = believed;
    }

    /** Returns a slice that believes the same. */
    Slice fork() {
        return new Slice(believed);
    }

    int size() {
        return believed.size();
    }

    /** Takes a step; returns the reason if no believed state allows it, and then believes what it did before. */
    Optional<Denial> step(LoadedSpec spec, SpecAction action, SpecValue[] arguments) {
        List<SpecState> after = successors(spec, believed, action, arguments);
        return after.isEmpty() ? Optional.of(deny(spec, believed, action, arguments)) : accept(after);
    }

    /**
     * Takes a Complete step, before which storage may have performed I/Os that the trace does not tell of.
     *
     * @param host the host whose I/O completes
     * @param overlapping the hosts whose I/Os are at storage too, for the same block
     */
    Optional<Denial> complete(
            LoadedSpec spec,
            SpecAction complete,
            SpecValue[] arguments,
            SpecAction perform,
            SpecValue host,
            List<SpecValue> overlapping) {
        Set<SpecState> performed = new LinkedHashSet<>();
        for (SpecState state : believed) {
            if (spec.successors(state, perform, host).isEmpty()) {
                performed.add(state);
            } else {
                search(spec, state, perform, host, overlapping, performed);
            }
        }
        List<SpecState> candidates = new ArrayList<>(performed);
        List<SpecState> after = successors(spec, candidates, complete, arguments);
        return after.isEmpty() ? Optional.of(deny(spec, candidates, complete, arguments)) : accept(after);
    }

    private static void search(
            LoadedSpec spec,
            SpecState state,
            SpecAction perform,
            SpecValue host,
            List<SpecValue> others,
            Set<SpecState> performed) {
        performed.addAll(spec.successors(state, perform, host));
        for (SpecValue other : others) {
            List<SpecValue> rest = new ArrayList<>(others);
            rest.remove(other);
            for (SpecState next : spec.successors(state, perform, other)) {
                search(spec, next, perform, host, rest, performed);
            }
        }
    }

    private Optional<Denial> accept(List<SpecState> after) {
        believed = after;
        return Optional.empty();
    }

    private static List<SpecState> successors(
            LoadedSpec spec, List<SpecState> states, SpecAction action, SpecValue[] arguments) {
        if (states.size() == 1) {
            return spec.successors(states.get(0), action, arguments);
        }
        Set<SpecState> after = new LinkedHashSet<>();
        for (SpecState state : states) {
            after.addAll(spec.successors(state, action, arguments));
        }
        return List.copyOf(after);
    }

    private static Denial deny(LoadedSpec spec, List<SpecState> states, SpecAction action, SpecValue[] arguments) {
        return states.stream()
                .flatMap(state -> spec.explain(state, action, arguments).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(action + " has no successor and no reason for it"));
    }
}
