package dev.faultline.conformance.exploring;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.scenarios.CodeFailure;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.conformance.scenarios.Offers;
import dev.faultline.conformance.scenarios.Offers.Offer;
import dev.faultline.conformance.scenarios.Offers.Wrong;
import dev.faultline.conformance.scenarios.Scenario;
import dev.faultline.conformance.scenarios.Scenario.Left;
import dev.faultline.conformance.scenarios.Scenario.Option;
import dev.faultline.conformance.scenarios.StepCheck;
import dev.faultline.core.Rules;
import dev.faultline.sim.Happening;
import dev.faultline.sim.World;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state that a bounded system of the real code can get into, whatever happens next each time, and holds every
 * step against the spec: the state after it must be a successor, under the action that the step names, of the state
 * before it. It also looks for steps that the spec allows and the code never takes.
 *
 * <p>States are looked at in the order in which they were met, the first ones first. Several threads look at some of them
 * side by side, but what they find is taken in in that order, so that nothing depends on how many there are.
 */
public final class Explorer {
    /** As many states are looked at side by side: few enough to be in the cache, many enough to keep threads busy. */
    private static final int BATCH = 64;

    private final Scenario scenario;
    private final StepCheck spec;
    private final SideBySide<Open, Expansion> threads;

    private final Map<Node, Origin> origins = new HashMap<>();
    private final ArrayDeque<Open> frontier = new ArrayDeque<>();
    private final Set<SpecState> specStates = new HashSet<>();
    private final Outcomes outcomes = new Outcomes();
    private final Map<String, Long> untaken = new TreeMap<>();
    private long transitions;

    /** A state of the code, and what may still be done to it. */
    private static final class Node {
        private final World world;
        private final Left left;
        private final int hash;

        Node(World world, Left left) {
            this.world = world;
            this.left = left;
            hash = 31 * world.hashCode() + left.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Node that
                    && hash == that.hash
                    && left.equals(that.left)
                    && world.equals(that.world);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Where a state was reached from first. */
    private record Origin(@Nullable Node before, @Nullable Happening step) {}

    /** A state that was met and not yet looked at, and the spec's state for it. */
    private record Open(Node node, SpecState state) {}

    /**
     * What can happen in a state.
     *
     * @param options all that can
     * @param offers what comes of each
     * @param next the states after each
     * @param failure what the code threw when it was asked what can happen, if it did
     */
    private record Expansion(
            List<Option> options, Optional<Offers> offers, List<Node> next, Optional<CodeFailure> failure) {}

    private Explorer(Scenario scenario, StepCheck spec, SideBySide<Open, Expansion> threads) {
        this.scenario = scenario;
        this.spec = spec;
        this.threads = threads;
    }

    /** Explores a scenario on one thread. */
    public static Explored explore(Scenario scenario, Rules rules) {
        return explore(scenario, rules, 1);
    }

    /** Explores a scenario on so many threads, at least 1. */
    public static Explored explore(Scenario scenario, Rules rules, int threads) {
        try (StepCheck spec = new StepCheck(scenario.header());
                SideBySide<Open, Expansion> sideBySide = new SideBySide<>(threads, () -> {
                    StepCheck own = spec.another();
                    return open -> expand(scenario, own, open);
                })) {
            return new Explorer(scenario, spec, sideBySide).run(scenario.world(rules));
        }
    }

    private Explored run(World first) {
        long begin = System.nanoTime();
        Optional<Misstep> failure = begin(first);
        SideBySide.Batch<Open, Expansion> batch = nextBatch();
        while (failure.isEmpty() && !batch.isEmpty()) {
            // The next ones are looked at while what was found in these is taken in.
            List<Expansion> found = batch.results();
            SideBySide.Batch<Open, Expansion> next = nextBatch();
            for (int i = 0; i < found.size() && failure.isEmpty(); i++) {
                failure = takeIn(batch.tasks().get(i), found.get(i));
            }
            batch = next.isEmpty() ? nextBatch() : next;
        }
        return new Explored(
                scenario.name(),
                origins.size(),
                specStates.size(),
                transitions,
                outcomes,
                untaken,
                failure,
                System.nanoTime() - begin);
    }

    private Optional<Misstep> begin(World first) {
        SpecState state = spec.state(first);
        add(new Node(first, scenario.all()), new Origin(null, null), state);
        return spec.begin(state).map(refused -> misstep(List.of(), refused));
    }

    private Misstep misstep(List<TraceEvent> trace, StepCheck.Refused refused) {
        return new Misstep(scenario.header(), trace, refused.action(), refused.path(), refused.text());
    }

    private void add(Node node, Origin origin, SpecState state) {
        origins.put(node, origin);
        specStates.add(state);
        frontier.add(new Open(node, state));
    }

    private SideBySide.Batch<Open, Expansion> nextBatch() {
        List<Open> tasks = new ArrayList<>();
        while (tasks.size() < (threads.isOne() ? 1 : BATCH) && !frontier.isEmpty()) {
            tasks.add(frontier.remove());
        }
        return threads.begin(tasks);
    }

    private static Expansion expand(Scenario scenario, StepCheck spec, Open open) {
        World world = open.node().world;
        try {
            List<Option> options = CodeFailure.in(() -> scenario.options(world, open.node().left));
            Offers offers = Offers.of(
                    spec,
                    world,
                    open.state(),
                    options.stream().map(Option::move).toList());
            List<Node> next = new ArrayList<>();
            for (int i = 0; i < offers.all().size(); i++) {
                next.add(new Node(offers.all().get(i).world(), options.get(i).left()));
            }
            return new Expansion(options, Optional.of(offers), next, Optional.empty());
        } catch (CodeFailure e) {
            return new Expansion(List.of(), Optional.empty(), List.of(), Optional.of(e));
        }
    }

    private Optional<Misstep> takeIn(Open open, Expansion expansion) {
        Node node = open.node();
        if (expansion.offers().isEmpty()) {
            return expansion.failure().map(thrown -> misstep(traceTo(node), thrown.refused()));
        }
        Offers offers = expansion.offers().get();
        for (int i = 0; i < offers.all().size(); i++) {
            Offer offer = offers.all().get(i);
            transitions++;
            outcomes.note(offer.step().event(), node.world);
            Node next = expansion.next().get(i);
            if (expansion.options().get(i).isFollowed() && !origins.containsKey(next)) {
                add(next, new Origin(node, offer.step()), offer.after());
            }
        }
        if (offers.wrong().isPresent()) {
            Wrong wrong = offers.wrong().get();
            List<TraceEvent> trace = traceTo(node);
            wrong.step().ifPresent(step -> Misstep.append(trace, step));
            return Optional.of(misstep(trace, wrong.why()));
        }
        if (offers.missing().isPresent()) {
            return offers.missing().map(transition -> Misstep.missing(scenario.header(), traceTo(node), transition));
        }
        offers.untaken().forEach(transition -> untaken.merge(transition.action(), 1L, Long::sum));
        return Optional.empty();
    }

    /** Returns the events from the beginning to a state. */
    private List<TraceEvent> traceTo(Node node) {
        List<Happening> steps = new ArrayList<>();
        for (Origin origin = origins.get(node); origin != null && origin.before() != null; ) {
            if (origin.step() != null) {
                steps.add(origin.step());
            }
            origin = origins.get(origin.before());
        }
        Collections.reverse(steps);
        List<TraceEvent> trace = new ArrayList<>();
        steps.forEach(step -> Misstep.append(trace, step));
        return trace;
    }
}
