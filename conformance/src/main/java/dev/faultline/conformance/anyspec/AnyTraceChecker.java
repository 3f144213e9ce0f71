package dev.faultline.conformance.anyspec;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds one trace against a specification: keeps the states that it can be in, given the events so far. With each state
 * goes the first violation of an invariant on a way to it; a state that was only a wrong guess takes its violation away with
 * it, so nothing of the past is kept. For the thread of the specification.
 */
public final class AnyTraceChecker {
    private static final int LAST_SHOWN = 5;
    private static final int ENABLED_SHOWN = 12;

    private final LoadedSpec spec;
    private final ObservedReader reader;
    private final List<SpecAction> hidden;
    private final int hiddenAtMost;
    private final int believeAtMost;
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private Map<SpecState, Optional<Violation>> believed = new LinkedHashMap<>();
    private long events;
    private int mostBelieved;

    /** What was false in a believed state, after so many events. */
    private record Violation(long events, String what, SpecState state) {}

    /**
     * Begins with all initial states.
     *
     * @param hidden the names of actions that may be taken without an event
     * @param hiddenAtMost how many of them may be taken between two events
     * @param believeAtMost with more believed states than that, the search is given up
     * @throws UnusableLineException if there is no such action, or no initial state
     */
    public AnyTraceChecker(LoadedSpec spec, List<String> hidden, int hiddenAtMost, int believeAtMost) {
        this.spec = spec;
        this.hiddenAtMost = hiddenAtMost;
        this.believeAtMost = believeAtMost;
        reader = new ObservedReader(spec);
        try {
            this.hidden = hidden.stream().map(spec::action).toList();
        } catch (java.util.NoSuchElementException e) {
            throw new UnusableLineException("--hidden: " + e.getMessage());
        }
        for (SpecAction action : this.hidden) {
            if (!spec.isTaken(action)) {
                throw new UnusableLineException("--hidden: " + never(action));
            }
        }
        for (SpecState state : spec.initialStates()) {
            believe(believed, state, Optional.empty());
        }
        if (believed.isEmpty()) {
            throw new UnusableLineException("the specification has no initial state");
        }
        mostBelieved = believed.size();
    }

    /** Returns how many events were accepted. */
    public long events() {
        return events;
    }

    /** Returns the most states that were believed at once, those on the way of hidden actions included. */
    public int mostBelieved() {
        return mostBelieved;
    }

    /**
     * Takes a line; returns the explanation if no believed state allows it.
     *
     * @param place the file and the number of the line
     * @throws UnusableLineException if the line cannot be used, too many states would have to be believed, or no believed
     *     state is known to allow it and TLC cannot evaluate the action in one of them
     */
    public Optional<String> accept(String line, String place) {
        Observed event = reader.read(line, place);
        if (!spec.isTaken(event.action())) {
            throw new UnusableLineException(place + ": " + never(event.action()));
        }
        Map<SpecState, Optional<Violation>> before = hidden.isEmpty() ? believed : withHidden(place);
        Map<SpecState, Optional<Violation>> after = new LinkedHashMap<>();
        Set<SpecState> others = new LinkedHashSet<>();
        SpecEvaluationException failure = null;
        events++;
        for (Map.Entry<SpecState, Optional<Violation>> each : before.entrySet()) {
            List<SpecState> steps = List.of();
            try {
                steps = spec.steps(each.getKey(), event.action(), event.arguments());
            } catch (SpecEvaluationException e) {
                failure = failure == null ? e : failure;
            }
            for (SpecState next : steps) {
                if (event.state().isEmpty() || spec.with(next, event.state()).equals(next)) {
                    believe(after, next, each.getValue());
                    limit(after.size(), place);
                } else {
                    others.add(next);
                }
            }
        }
        if (after.isEmpty() && failure != null) {
            throw new UnusableLineException(place + ": neither accepted nor rejected: TLC cannot evaluate "
                    + event.action().name() + " there: " + failure.getMessage());
        }
        if (after.isEmpty()) {
            events--;
            return Optional.of(explain(event, before.keySet(), others));
        }
        mostBelieved = Math.max(mostBelieved, after.size());
        believed = after;
        last.addLast(line);
        if (last.size() > LAST_SHOWN) {
            last.removeFirst();
        }
        return Optional.empty();
    }

    /** Ends the trace; returns the invariant that a state violates which is on a way to the end, if there is one. */
    public Optional<String> finish() {
        return believed.values().stream()
                .flatMap(Optional::stream)
                .min(java.util.Comparator.comparingLong(Violation::events))
                .map(violation -> "all " + events + " events are steps of the spec, but " + violation.what()
                        + " in a state believed after event " + violation.events() + ":\n  "
                        + violation.state().toString().replace("\n", "\n  "));
    }

    private static String never(SpecAction action) {
        return "the next-state relation does not lead to the action " + action + ": no part of it calls "
                + action.name();
    }

    private void believe(Map<SpecState, Optional<Violation>> states, SpecState state, Optional<Violation> inherited) {
        Optional<Violation> there = states.get(state);
        if (there == null) {
            states.put(state, inherited.isPresent() ? inherited : violationOf(state));
        } else if (inherited.isPresent()
                && (there.isEmpty() || there.get().events() > inherited.get().events())) {
            states.put(state, inherited);
        }
    }

    private Optional<Violation> violationOf(SpecState state) {
        for (String invariant : spec.invariants()) {
            @Nullable String what = null;
            try {
                what = spec.holds(state, invariant) ? null : "the invariant " + invariant + " is false";
            } catch (SpecEvaluationException e) {
                what = "the invariant " + invariant + " has no value (" + e.getMessage() + ")";
            }
            if (what != null) {
                return Optional.of(new Violation(events, what, state));
            }
        }
        return Optional.empty();
    }

    /** Returns what is believed, and what hidden actions lead to from there. */
    private Map<SpecState, Optional<Violation>> withHidden(String place) {
        Map<SpecState, Optional<Violation>> all = new LinkedHashMap<>(believed);
        Map<SpecState, Optional<Violation>> begin = believed;
        for (int taken = 0; taken < hiddenAtMost && !begin.isEmpty(); taken++) {
            Map<SpecState, Optional<Violation>> reached = new LinkedHashMap<>();
            for (Map.Entry<SpecState, Optional<Violation>> each : begin.entrySet()) {
                for (SpecState next : hiddenSteps(each.getKey())) {
                    Optional<Violation> was = all.get(next);
                    believe(all, next, each.getValue());
                    Optional<Violation> is = all.get(next);
                    if (was == null || !was.equals(is)) { // also a violation that is new goes on from there
                        reached.put(next, is);
                    }
                    limit(all.size(), place);
                }
            }
            begin = reached;
        }
        mostBelieved = Math.max(mostBelieved, all.size());
        return all;
    }

    private Set<SpecState> hiddenSteps(SpecState state) {
        Set<SpecState> after = new LinkedHashSet<>();
        hidden.forEach(action -> after.addAll(spec.steps(state, action)));
        return after;
    }

    private void limit(int states, String place) {
        if (states > believeAtMost) {
            throw new UnusableLineException(place + ": neither accepted nor rejected: more than " + believeAtMost
                    + " states would have to be believed; allow more with --believe-at-most, fewer hidden actions with"
                    + " --hidden-at-most, or observe more");
        }
    }

    private String explain(Observed event, Set<SpecState> before, Set<SpecState> others) {
        StringBuilder text =
                new StringBuilder("event " + (events + 1) + " is not a step of the spec:\n  " + event.text());
        SpecState first = before.iterator().next();
        if (others.isEmpty()) {
            text.append('\n')
                    .append(spec.explainSteps(first, event.action(), event.arguments())
                            .map(Object::toString)
                            .orElse(event.action().name() + " leads nowhere"));
        } else {
            SpecState nearest = others.stream()
                    .min(java.util.Comparator.comparingInt(
                            state -> differences(state, event).size()))
                    .orElseThrow();
            text.append('\n').append(event.action().name()).append(" is allowed here, but its state is not:");
            for (SpecState.Difference each : differences(nearest, event)) {
                text.append("\n  ")
                        .append(each.path())
                        .append(": the spec has ")
                        .append(each.here());
                text.append(", the trace ").append(each.there());
            }
        }
        text.append("\n  (the spec believed ").append(before.size());
        text.append(before.size() == 1 ? " state" : " states").append(" before this event)");
        text.append("\npossible instead:").append(possible(first));
        text.append("\nbefore it:").append(last.isEmpty() ? "\n  nothing" : "");
        last.forEach(line -> text.append("\n  ").append(line));
        return text.toString();
    }

    private List<SpecState.Difference> differences(SpecState state, Observed event) {
        return state.diff(spec.with(state, event.state()));
    }

    private String possible(SpecState state) {
        try {
            Set<String> steps = spec.next(state).stream()
                    .map(Object::toString)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            String shown = steps.stream().limit(ENABLED_SHOWN).collect(Collectors.joining("\n  "));
            int more = steps.size() - ENABLED_SHOWN;
            return (steps.isEmpty() ? "\n  nothing" : "\n  " + shown) + (more > 0 ? "\n  and " + more + " more" : "");
        } catch (SpecEvaluationException e) {
            return "\n  not known: " + e.getMessage();
        }
    }
}
