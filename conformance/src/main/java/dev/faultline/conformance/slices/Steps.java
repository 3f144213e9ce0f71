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
import org.jspecify.annotations.Nullable;

/**
 * Asks the spec for the steps of a slice. For the thread of the spec.
 *
 * <p>When storage performs an I/O is not in the events of a running system. The spec's Perform steps are therefore
 * searched for, as late as possible. When an I/O completes it must have been performed. The writes that overlap it on the
 * same block may have been performed before it, in any order; the reads, before it or one of those writes if they returned
 * what it wrote over, and otherwise it makes no difference when. An I/O whose turn has not come stays as it is. It is also
 * a turn of an I/O when it can be performed for the last time: when its agent is fenced, and when it is abandoned. It may
 * have been performed by then, or not. The same holds for all I/Os when power is lost.
 *
 * <p>A flush is the other way round: what it covers may be lost no more, so the sooner it is performed, the more may happen
 * afterwards. It is performed at once, or never, and then it does not complete.
 */
public final class Steps {
    private final LoadedSpec spec;
    private final SpecAction perform;
    private final SpecValue read;
    private final SpecValue write;
    private final SpecValue value;

    public Steps(LoadedSpec spec) {
        this.spec = spec;
        read = spec.value("read");
        write = spec.value("write");
        value = spec.value("value");
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
        List<SpecState> after = allAfter(states, action, arguments);
        return after.size() == 1 ? Set.of(after.get(0)) : new LinkedHashSet<>(after);
    }

    /** Returns the same states, some of them more than once perhaps. */
    private List<SpecState> allAfter(Collection<SpecState> states, SpecAction action, SpecValue[] arguments) {
        List<SpecState> after = new ArrayList<>();
        try {
            Collection<SpecState> before = action.name().equals("Complete")
                    ? performed(states, arguments[0], arguments[1])
                    : beforeStep(states, action, arguments);
            for (SpecState state : before) {
                after.addAll(spec.successors(state, action, arguments));
            }
            if (action.name().equals("Flush")) {
                after.addAll(atOnce(after, arguments[0]));
            }
        } catch (SpecEvaluationException e) {
            return List.of(); // deny says why
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
            case "Complete" -> performed(states, arguments[0], null);
            case "Abandon" -> performedOrNot(states, arguments[0]);
            case "Fence" -> eachPerformedOrNot(states, "StartedBy", arguments[0]);
            case "LosePower" -> eachPerformedOrNot(states, "AllStarted");
            default -> states;
        };
    }

    /**
     * Returns the states in which a host's I/O has been performed, or cannot be.
     *
     * @param returned what it returned; states are left out then in which a read has read something else
     */
    private List<SpecState> performed(Collection<SpecState> states, SpecValue host, @Nullable SpecValue returned) {
        List<SpecState> performed = new ArrayList<>();
        for (SpecState state : states) {
            List<SpecState> next =
                    spec.holds(state, "IsFlush", host) ? List.of() : spec.successors(state, perform, host);
            if (next.isEmpty()) {
                performed.add(state);
            } else {
                new Search(state, host, returned, performed).from(state, next);
            }
        }
        return performed;
    }

    private Set<SpecState> performedOrNot(Collection<SpecState> states, SpecValue host) {
        Set<SpecState> all = new LinkedHashSet<>(states);
        all.addAll(performed(states, host, null));
        return all;
    }

    /** Returns the states in which a flush is performed that has just begun: the sooner, the less it covers. */
    private List<SpecState> atOnce(Collection<SpecState> states, SpecValue host) {
        List<SpecState> performed = new ArrayList<>();
        states.forEach(state -> performed.addAll(spec.successors(state, perform, host)));
        return performed;
    }

    private Set<SpecState> eachPerformedOrNot(Collection<SpecState> states, String hosts, SpecValue... arguments) {
        Set<SpecState> all = new LinkedHashSet<>();
        for (SpecState state : states) {
            Set<SpecState> each = Set.of(state);
            for (SpecValue host : hosts(state, hosts, arguments)) {
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

    /**
     * Collects the states in which a host's I/O has been performed, after any others that make a difference to it. Each comes
     * up once: what a write wrote is seen until the next one only, so it makes no difference in which order writes are
     * performed but for the last of them, and that only if the host reads.
     */
    private final class Search {
        private final SpecValue host;
        private final boolean writes;
        private final boolean mayReadWhatIsThere;
        private final List<SpecValue> otherWrites;
        private final List<SpecValue> mayBeRead;
        private final List<SpecState> performed;

        /** Makes a search in a state in which the host's I/O may be next; see {@link Steps#performed}. */
        Search(SpecState state, SpecValue host, @Nullable SpecValue returned, List<SpecState> performed) {
            this.host = host;
            this.performed = performed;
            writes = spec.holds(state, "Writes", host);
            mayReadWhatIsThere =
                    returned == null || spec.evaluate(state, "StoredFor", host).equals(returned);
            otherWrites = overlapping(state, host, write);
            mayBeRead = otherWrites.stream()
                    .filter(other -> returned == null
                            || state.at("ios", List.of(other, value))
                                    .filter(returned::equals)
                                    .isPresent())
                    .toList();
        }

        /**
         * Collects the states.
         *
         * @param next those that the I/O leads to if it is performed at once
         */
        void from(SpecState state, List<SpecState> next) {
            if (!writes && mayReadWhatIsThere) {
                performed.addAll(next);
            }
            if (writes || !mayBeRead.isEmpty()) {
                beforeWrite(state, overlapping(state, host, read), List.of(), otherWrites, 0);
            }
        }

        /**
         * Performs some of the reads, and then a write; keeps those reads whose turn comes later.
         *
         * @param writers those whose writes have not been performed
         * @param next the first of them that may be performed with others after it
         */
        private void beforeWrite(
                SpecState state, List<SpecValue> open, List<SpecValue> later, List<SpecValue> writers, int next) {
            if (!open.isEmpty()) {
                List<SpecValue> rest = open.subList(1, open.size());
                beforeWrite(state, rest, with(later, open.get(0)), writers, next);
                for (SpecState after : spec.successors(state, perform, open.get(0))) {
                    beforeWrite(after, rest, later, writers, next);
                }
                return;
            }
            if (writes) {
                performed.addAll(spec.successors(state, perform, host));
            }
            for (int i = writes ? next : 0; i < writers.size(); i++) {
                List<SpecValue> rest = without(writers, i);
                boolean isRead = !writes && mayBeRead.contains(writers.get(i));
                boolean goesOn = i >= next && (writes || rest.stream().anyMatch(mayBeRead::contains));
                if (isRead || goesOn) {
                    for (SpecState after : spec.successors(state, perform, writers.get(i))) {
                        if (isRead) {
                            performed.addAll(spec.successors(after, perform, host));
                        }
                        if (goesOn) {
                            beforeWrite(after, later, List.of(), rest, i);
                        }
                    }
                }
            }
        }
    }

    private static List<SpecValue> without(List<SpecValue> values, int index) {
        List<SpecValue> rest = new ArrayList<>(values);
        rest.remove(index);
        return rest;
    }

    private static List<SpecValue> with(List<SpecValue> values, SpecValue more) {
        List<SpecValue> all = new ArrayList<>(values);
        all.add(more);
        return all;
    }
}
