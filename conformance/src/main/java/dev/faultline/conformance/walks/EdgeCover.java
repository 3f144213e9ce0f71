package dev.faultline.conformance.walks;

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
import dev.faultline.core.IllegalStepException;
import dev.faultline.core.Rules;
import dev.faultline.sim.World;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks on the graph of the spec, at the size of a scenario, that take every edge of it between them. Each walk has the
 * code follow from the beginning on, so that one state of the spec is met in many ways: where a walk gets to a state for
 * the first time, the code must be able to do all that the spec allows there, and nothing else; and by whatever way it
 * gets to the state again, the steps that are left must be possible there too. For one thread at a time.
 */
final class EdgeCover {
    private final Scenario scenario;
    private final StepCheck spec;
    private final Rules rules;
    private final Map<Place, Node> nodes = new HashMap<>();
    private final Outcomes outcomes = new Outcomes();
    private long edges;
    private long taken;
    private long steps;
    private long searches;

    private List<TraceEvent> trace = List.of();
    private World world;
    private Node node;

    /** A state of the spec, and what may still be done from outside. */
    private record Place(SpecState state, Left left) {}

    /** A node of the graph, and what is known of it. */
    private static final class Node {
        private final Place place;
        private @Nullable List<Edge> edges;
        private final ArrayDeque<Edge> untaken = new ArrayDeque<>();

        /** The last search that came here, and by which way it came first. */
        private long search;

        private @Nullable Node before;
        private @Nullable Edge by;

        Node(Place place) {
            this.place = place;
        }
    }

    /**
     * A step of the spec.
     *
     * @param option where the code had the step among those that it offered
     */
    private record Edge(String action, Node to, int option) {
        private boolean leadsAs(Edge other) {
            return action.equals(other.action) && to == other.to;
        }

        private boolean isTakenBy(Offer offer, Option option) {
            return offer.step().event().action().equals(action)
                    && to.place.equals(new Place(offer.after(), option.left()));
        }
    }

    private EdgeCover(Scenario scenario, StepCheck spec, Rules rules) {
        this.scenario = scenario;
        this.spec = spec;
        this.rules = rules;
        world = scenario.world(rules);
        node = node(spec.state(world), scenario.all());
    }

    private Node node(SpecState state, Left left) {
        return nodes.computeIfAbsent(new Place(state, left), Node::new);
    }

    /** Walks until every edge has been taken, or the code cannot follow. */
    static Covered cover(Scenario scenario, Rules rules) {
        long begin = System.nanoTime();
        try (StepCheck spec = new StepCheck(scenario.header())) {
            EdgeCover cover = new EdgeCover(scenario, spec, rules);
            Optional<Misstep> failure = Optional.empty();
            long walks = 0;
            while (failure.isEmpty() && (walks == 0 || cover.taken < cover.edges)) {
                failure = cover.told();
                walks++;
            }
            return new Covered(
                    scenario.name(),
                    cover.nodes.size(),
                    cover.edges,
                    walks,
                    cover.steps,
                    cover.outcomes,
                    failure,
                    System.nanoTime() - begin);
        }
    }

    private Optional<Misstep> told() {
        try {
            return walk();
        } catch (CodeFailure e) {
            return Optional.of(misstep(e.refused()));
        }
    }

    /** Walks from the beginning until there is no way to an edge that was not taken. */
    private Optional<Misstep> walk() {
        trace = new ArrayList<>();
        world = scenario.world(rules);
        node = node(spec.state(world), scenario.all());
        Optional<Misstep> misstep = spec.begin(node.place.state()).map(this::misstep);
        while (misstep.isEmpty()) {
            misstep = node.edges == null ? discover() : Optional.empty();
            List<Edge> way = misstep.isEmpty() ? wayToAnUntaken() : List.of();
            if (way.isEmpty()) {
                return misstep;
            }
            for (Edge edge : way) {
                misstep = misstep.isEmpty() ? take(edge) : misstep;
            }
        }
        return misstep;
    }

    /** Compares all that the code can do in a new state with all that the spec allows there, and notes the edges. */
    private Optional<Misstep> discover() {
        List<Option> options = options();
        Offers offers = Offers.of(
                spec,
                world,
                node.place.state(),
                options.stream().map(Option::move).toList());
        if (offers.wrong().isPresent()) {
            Wrong wrong = offers.wrong().get();
            wrong.step().ifPresent(step -> Misstep.append(trace, step));
            return Optional.of(misstep(wrong.why()));
        }
        if (offers.missing().isPresent()) {
            return offers.missing().map(step -> Misstep.missing(scenario.header(), trace, step));
        }
        List<Edge> from = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            Offer offer = offers.all().get(i);
            if (options.get(i).isFollowed()) {
                Edge edge = edge(offer, options.get(i), i);
                if (from.stream().noneMatch(edge::leadsAs)) {
                    from.add(edge);
                }
            }
        }
        node.edges = from;
        node.untaken.addAll(from);
        edges += from.size();
        return Optional.empty();
    }

    private Edge edge(Offer offer, Option option, int number) {
        return new Edge(offer.step().event().action(), node(offer.after(), option.left()), number);
    }

    /** Returns a shortest way whose last edge was not taken; empty if there is none. */
    private List<Edge> wayToAnUntaken() {
        searches++;
        node.search = searches;
        node.by = null;
        ArrayDeque<Node> frontier = new ArrayDeque<>(List.of(node));
        while (!frontier.isEmpty()) {
            Node at = frontier.remove();
            if (!at.untaken.isEmpty()) {
                return wayTo(at, at.untaken.getFirst());
            }
            for (Edge edge : Objects.requireNonNullElse(at.edges, List.<Edge>of())) {
                Node to = edge.to();
                if (to.search != searches) {
                    to.search = searches;
                    to.before = at;
                    to.by = edge;
                    frontier.add(to);
                }
            }
        }
        return List.of();
    }

    private static List<Edge> wayTo(Node end, Edge last) {
        List<Edge> way = new ArrayList<>(List.of(last));
        for (Node at = end; at != null && at.by != null; at = at.before) {
            way.add(at.by);
        }
        Collections.reverse(way);
        return way;
    }

    /** Has the code take a step. */
    private Optional<Misstep> take(Edge edge) {
        List<Option> options = options();
        // Where it was when the state was new; and if the code has come by another way, perhaps elsewhere.
        List<Integer> order = new ArrayList<>();
        if (edge.option() < options.size()) {
            order.add(edge.option());
        }
        for (int i = 0; i < options.size(); i++) {
            order.add(i);
        }
        for (int i : order) {
            Option option = options.get(i);
            Optional<Offer> offer = option.isFollowed() ? attempt(option) : Optional.empty();
            if (offer.isPresent() && edge.isTakenBy(offer.get(), option)) {
                follow(edge, offer.get());
                return Optional.empty();
            }
        }
        return Optional.of(new Misstep(
                scenario.header(),
                trace,
                edge.action(),
                List.of(edge.action()),
                "the code has taken " + edge.action()
                        + " in this state when it came another way, but now it cannot do it"));
    }

    private List<Option> options() {
        return CodeFailure.in(() -> scenario.options(world, node.place.left()));
    }

    private Optional<Offer> attempt(Option option) {
        World copy = world.copy();
        try {
            return Optional.of(new Offer(CodeFailure.in(() -> option.move().in(copy)), copy, spec.state(copy)));
        } catch (IllegalStepException e) {
            return Optional.empty();
        }
    }

    private void follow(Edge edge, Offer offer) {
        outcomes.note(offer.step().event(), world);
        Misstep.append(trace, offer.step());
        steps++;
        taken += node.untaken.removeIf(edge::leadsAs) ? 1 : 0;
        world = offer.world();
        node = edge.to();
    }

    private Misstep misstep(StepCheck.Refused why) {
        return new Misstep(scenario.header(), trace, why.action(), why.path(), why.text());
    }
}
