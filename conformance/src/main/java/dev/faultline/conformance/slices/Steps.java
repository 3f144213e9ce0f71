package dev.faultline.conformance.slices;

import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks the spec for the steps of a slice. For the thread of the spec.
 *
 * <p>When storage performs an I/O is not in the events of a running system. The spec's Perform steps are therefore
 * searched for, as late as possible. When an I/O completes it must have been performed. The writes that overlap it on the
 * same block may have been performed before it, in any order; the reads, before it or one of those writes if they returned
 * what it wrote over, and otherwise it makes no difference when. An I/O whose turn has not come stays as it is. It is also
 * a turn of an I/O when it can be performed for the last time: when its agent is fenced, and when it is abandoned. It may
 * have been performed by then, or not.
 */
public final class Steps {
    private final LoadedSpec spec;
    private final SpecAction perform;
    private final SpecValue read;
    private final SpecValue write;

    public Steps(LoadedSpec spec) {
        this.spec = spec;
        read = spec.value("read");
        write = spec.value("write");
        perform = spec.action("Perform");
    }

    LoadedSpec spec() {
        return spec;
    }

    /**
     * Returns the states that the spec can be in after a step from one of the given states; none if it is denied, as one is
     * that the spec has no meaning for.
     */
    public Set<SpecState> after(Collection<SpecState> states, SpecAction action, SpecValue[] arguments) {
        Set<SpecState> after = new LinkedHashSet<>();
        try {
            for (SpecState state : beforeStep(states, action, arguments)) {
                after.addAll(spec.successors(state, action, arguments));
            }
        } catch (SpecEvaluationException e) {
            return Set.of(); // deny says why
        }
        return after;
    }

    /**
     * Returns why a step is denied that is.
     *
     * @throws SpecEvaluationException if not even that can be evaluated
     */
    public Denial deny(Collection<SpecState> states, SpecAction action, SpecValue[] arguments) {
        return beforeStep(states, action, arguments).stream()
                .flatMap(state -> spec.explain(state, action, arguments).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(action + " has no successor and no reason for it"));
    }

    private Collection<SpecState> beforeStep(Collection<SpecState> states, SpecAction action, SpecValue[] arguments) {
        return switch (action.name()) {
            case "Complete" -> performed(states, arguments[0]);
            case "Abandon" -> performedOrNot(states, arguments[0]);
            case "Fence" -> beforeFence(states, arguments[0]);
            default -> states;
        };
    }

    /** Returns the states in which a host's I/O has been performed, or cannot be. */
    private Set<SpecState> performed(Collection<SpecState> states, SpecValue host) {
        Set<SpecState> performed = new LinkedHashSet<>();
        for (SpecState state : states) {
            if (spec.successors(state, perform, host).isEmpty()) {
                performed.add(state);
            } else {
                new Search(host, spec.holds(state, "Writes", host), performed)
                        .from(state, overlapping(state, host, read), overlapping(state, host, write));
            }
        }
        return performed;
    }

    private Set<SpecState> performedOrNot(Collection<SpecState> states, SpecValue host) {
        Set<SpecState> all = new LinkedHashSet<>(states);
        all.addAll(performed(states, host));
        return all;
    }

    private Set<SpecState> beforeFence(Collection<SpecState> states, SpecValue agent) {
        Set<SpecState> all = new LinkedHashSet<>();
        for (SpecState state : states) {
            Set<SpecState> each = Set.of(state);
            for (SpecValue host : hosts(state, "StartedBy", agent)) {
                each = performedOrNot(each, host);
            }
            all.addAll(each);
        }
        return all;
    }

    /** Returns the other hosts whose I/Os of a kind are at storage, for the same block at the same location. */
    private List<SpecValue> overlapping(SpecState state, SpecValue host, SpecValue kind) {
        return hosts(state, "Overlapping", host, kind);
    }

    private List<SpecValue> hosts(SpecState state, String operator, SpecValue... arguments) {
        Set<?> hosts = (Set<?>) spec.evaluate(state, operator, arguments).toJava();
        return hosts.stream().map(spec::value).toList();
    }

    /** Collects the states in which a host's I/O has been performed, after any others that make a difference to it. */
    private final class Search {
        private final SpecValue host;
        private final boolean writes;
        private final Set<SpecState> performed;

        Search(SpecValue host, boolean writes, Set<SpecState> performed) {
            this.host = host;
            this.writes = writes;
            this.performed = performed;
        }

        /** Goes on from a state in which these reads and writes may be performed, and the host's I/O may be next. */
        void from(SpecState state, List<SpecValue> otherReads, List<SpecValue> otherWrites) {
            if (!writes) {
                performed.addAll(spec.successors(state, perform, host));
            }
            if (writes || !otherWrites.isEmpty()) {
                beforeWrite(state, otherReads, List.of(), otherWrites);
            }
        }

        /** Performs some of the reads, and then a write; keeps those reads whose turn comes later. */
        private void beforeWrite(
                SpecState state, List<SpecValue> open, List<SpecValue> later, List<SpecValue> otherWrites) {
            if (!open.isEmpty()) {
                List<SpecValue> rest = open.subList(1, open.size());
                beforeWrite(state, rest, with(later, open.get(0)), otherWrites);
                for (SpecState next : spec.successors(state, perform, open.get(0))) {
                    beforeWrite(next, rest, later, otherWrites);
                }
                return;
            }
            if (writes) {
                performed.addAll(spec.successors(state, perform, host));
            }
            for (SpecValue next : otherWrites) {
                List<SpecValue> rest = new ArrayList<>(otherWrites);
                rest.remove(next);
                for (SpecState after : spec.successors(state, perform, next)) {
                    from(after, later, rest);
                }
            }
        }
    }

    private static List<SpecValue> with(List<SpecValue> values, SpecValue more) {
        List<SpecValue> all = new ArrayList<>(values);
        all.add(more);
        return all;
    }
}
