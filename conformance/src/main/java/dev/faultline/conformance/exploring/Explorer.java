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
 * before it. It also looks for steps that the spec allows and the code never takes. For one thread at a time.
 */
public final class Explorer {
    private final Scenario scenario;
    private final StepCheck spec;

    private final Map<Node, Origin> origins = new HashMap<>();
    private final ArrayDeque<Node> frontier = new ArrayDeque<>();
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

        World world() {
            return world;
        }

        Left left() {
            return left;
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
    private record Origin(@Nullable Node before, @Nullable Happening step, SpecState state) {}

    private Explorer(Scenario scenario, StepCheck spec) {
        this.scenario = scenario;
        this.spec = spec;
    }

    /** Explores a scenario. */
    public static Explored explore(Scenario scenario, Rules rules) {
        try (StepCheck spec = new StepCheck(scenario.header())) {
            return new Explorer(scenario, spec).run(scenario.world(rules));
        }
    }

    private Explored run(World first) {
        long begin = System.nanoTime();
        Optional<Misstep> failure = begin(first);
        while (failure.isEmpty() && !frontier.isEmpty()) {
            Node node = frontier.remove();
            try {
                failure = expand(node);
            } catch (CodeFailure e) {
                failure = Optional.of(misstep(traceTo(node), e.refused()));
            }
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
        add(new Node(first, scenario.all()), new Origin(null, null, state));
        return spec.begin(state).map(refused -> misstep(List.of(), refused));
    }

    private Misstep misstep(List<TraceEvent> trace, StepCheck.Refused refused) {
        return new Misstep(scenario.header(), trace, refused.action(), refused.path(), refused.text());
    }

    private void add(Node node, Origin origin) {
        origins.put(node, origin);
        specStates.add(origin.state());
        frontier.add(node);
    }

    private Optional<Misstep> expand(Node node) {
        Origin origin = origins.get(node);
        SpecState before = origin == null ? spec.state(node.world()) : origin.state();
        List<Option> options = CodeFailure.in(() -> scenario.options(node.world(), node.left()));
        Offers offers = Offers.of(
                spec, node.world(), before, options.stream().map(Option::move).toList());
        for (int i = 0; i < offers.all().size(); i++) {
            Offer offer = offers.all().get(i);
            transitions++;
            outcomes.note(offer.step().event(), node.world());
            Node next = new Node(offer.world(), options.get(i).left());
            if (options.get(i).isFollowed() && !origins.containsKey(next)) {
                add(next, new Origin(node, offer.step(), offer.after()));
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
