package dev.faultline.conformance;

import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Asks the spec for the steps of a slice. For the thread of the spec.
 *
 * <p>When storage performs an I/O is not in the events of a running system. The spec's Perform steps are therefore
 * searched for, as late as possible: when an I/O completes it must have been performed, and the I/Os that overlap it on
 * the same block may have been performed before it, in any order. An I/O whose turn has not come stays as it is.
 */
final class Steps {
    private static final String COMPLETE = "Complete";

    private final LoadedSpec spec;
    private final SpecAction perform;

    Steps(LoadedSpec spec) {
        this.spec = spec;
        perform = spec.action("Perform");
    }

    /** Returns the states that the spec can be in after a step from one of the given states; none if it is denied. */
    Set<SpecState> after(Collection<SpecState> states, SpecAction action, SpecValue[] arguments) {
        Set<SpecState> after = new LinkedHashSet<>();
        for (SpecState state : beforeStep(states, action, arguments)) {
            after.addAll(spec.successors(state, action, arguments));
        }
        return after;
    }

    /** Returns why a step is denied that is. */
    Denial deny(Collection<SpecState> states, SpecAction action, SpecValue[] arguments) {
        return beforeStep(states, action, arguments).stream()
                .flatMap(state -> spec.explain(state, action, arguments).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(action + " has no successor and no reason for it"));
    }

    private Collection<SpecState> beforeStep(Collection<SpecState> states, SpecAction action, SpecValue[] arguments) {
        if (!action.name().equals(COMPLETE)) {
            return states;
        }
        SpecValue host = arguments[0];
        Set<SpecState> performed = new LinkedHashSet<>();
        for (SpecState state : states) {
            if (spec.successors(state, perform, host).isEmpty()) {
                performed.add(state);
            } else {
                search(state, host, overlapping(state, host), performed);
            }
        }
        return performed;
    }

    /** Collects the states in which the host's I/O has been performed, after any others of those that overlap it. */
    private void search(SpecState state, SpecValue host, List<SpecValue> others, Set<SpecState> performed) {
        performed.addAll(spec.successors(state, perform, host));
        for (SpecValue other : others) {
            List<SpecValue> rest = new ArrayList<>(others);
            rest.remove(other);
            for (SpecState next : spec.successors(state, perform, other)) {
                search(next, host, rest, performed);
            }
        }
    }

    /** Returns the other hosts whose I/Os are for the same block at the same location. */
    private List<SpecValue> overlapping(SpecState state, SpecValue host) {
        Map<?, ?> ios = (Map<?, ?>) state.get("ios").toJava();
        Map<?, ?> mine = io(ios, host.toJava());
        List<SpecValue> others = new ArrayList<>();
        for (Object other : ios.keySet()) {
            Map<?, ?> io = io(ios, other);
            if (io != mine
                    && Objects.equals(io.get("location"), mine.get("location"))
                    && Objects.equals(io.get("block"), mine.get("block"))) {
                others.add(spec.value(other));
            }
        }
        return others;
    }

    private static Map<?, ?> io(Map<?, ?> ios, Object host) {
        if (ios.get(host) instanceof Map<?, ?> io) {
            return io;
        }
        throw new IllegalStateException("no I/O of " + host + " in " + ios);
    }
}
