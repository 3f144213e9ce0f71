package dev.faultline.conformance.walks;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.scenarios.CodeFailure;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.conformance.scenarios.Offers;
import dev.faultline.conformance.scenarios.Offers.Offer;
import dev.faultline.conformance.scenarios.Scenario;
import dev.faultline.conformance.scenarios.Scenarios;
import dev.faultline.conformance.scenarios.StepCheck;
import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Durability;
import dev.faultline.core.Event;
import dev.faultline.core.IllegalStepException;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message;
import dev.faultline.core.Rules;
import dev.faultline.sim.Happening;
import dev.faultline.sim.IllegalRequestException;
import dev.faultline.sim.Move;
import dev.faultline.sim.World;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecTransition;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.spec.itf.Behaviour;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The strength in which the spec leads: a random walk on its graph, which the code has to follow. At each state of the walk
 * the code must be able to do all that the spec allows it, must refuse what it could be made to do too early, and must
 * refuse what somebody asks for that the spec does not allow. For one thread at a time.
 */
public final class Guided {
    private static final List<String> AGENTS = List.of("a1", "a2", "a3");
    private static final List<String> HOSTS = List.of("h1", "h2", "h3");
    private static final List<String> DISKS = List.of("d", "e");
    private static final List<String> NEW_NAMES = List.of("s1", "s2", "s3", "s4", "s5", "s6");
    private static final int BLOCKS = 2;
    private static final int MOST_AGENTS = 6;
    private static final int MOST_MESSAGES = 12;

    /** Of how many steps one is asked for from outside. */
    private static final int OUTSIDE = 6;

    private static final Set<String> REPETITIONS = Set.of("Resend", "Remind", "RemindOpening");

    /** How many locations storage has where space is short. */
    private static final int LOCATIONS = 4;

    /** Of how many things that are asked for there, one is about space. */
    private static final int OF_SPACE = 3;

    /** Of how many things that are asked for there, one is to open or close a disk. */
    private static final int OF_OPENING = 3;

    private final Kind kind;
    private final StepCheck spec;
    private final SplittableRandom random;
    private final Outcomes outcomes = new Outcomes();
    private final List<TraceEvent> trace = new ArrayList<>();
    private final Map<String, Long> eventsOfPlace = new HashMap<>();
    private final List<SpecState> visited = new ArrayList<>();
    private World world;
    private SpecState state;
    private long followed;
    private long checked;
    private long refused;
    private int written;

    /** What kind of system a walk is of. */
    private enum Kind {
        /** All agents map all disks, and every segment has storage. */
        PLAIN(Mapping.ALL, MappingTables.UNBOUNDED),
        /** Agents open disks. */
        OPENING(Mapping.OPENED, MappingTables.UNBOUNDED),
        /** Segments may be empty, and storage is small. */
        SPACE(Mapping.ALL, LOCATIONS);

        private final Mapping mapping;
        private final int capacity;

        Kind(Mapping mapping, int capacity) {
            this.mapping = mapping;
            this.capacity = capacity;
        }

        /** Returns the kind for the walk of a seed: of four walks, one is of each of the two that are not plain. */
        static Kind of(long seed) {
            return switch (Math.floorMod(seed, 4)) {
                case 0 -> OPENING;
                case 1 -> SPACE;
                default -> PLAIN;
            };
        }

        TraceHeader header() {
            return new TraceHeader(TraceHeader.VERSION, AGENTS, DISKS, 1, BLOCKS, World.ZERO)
                    .withMapping(mapping)
                    .withCapacity(capacity);
        }
    }

    /**
     * What came of walks.
     *
     * @param followed how many steps of the spec the code followed
     * @param checked how many steps of the code were compared with what the spec allows, at the states of the walks
     * @param refused how often the code was asked for something that the spec does not allow, and refused
     * @param outcomes how many steps were followed of each action, with each outcome
     * @param failure the first step in which they differ
     */
    public record Result(long followed, long checked, long refused, Outcomes outcomes, Optional<Misstep> failure) {}

    /**
     * Walks on the graphs of the spec at the sizes of scenarios, until every edge of them has been taken.
     *
     * @param each is told of each as soon as it is done
     * @throws IllegalArgumentException if there is no scenario of a name
     */
    public static List<Covered> cover(Set<String> scenarios, Rules rules, Consumer<Covered> each) {
        List<Covered> all = new ArrayList<>();
        for (Scenario scenario : Scenarios.named(scenarios)) {
            Covered covered = EdgeCover.cover(scenario, rules);
            each.accept(covered);
            all.add(covered);
        }
        return all;
    }

    /** Returns what is not as it should be, in some lines; empty if all is. */
    public static Optional<String> surprise(Covered covered) {
        long expected = Scenarios.named(Set.of(covered.scenario())).get(0).states();
        if (covered.failure().isPresent()) {
            return covered.failure().map(Misstep::report);
        }
        return covered.states() == expected
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the walks have met %,d states, but the code has %,d",
                        covered.states(),
                        expected));
    }

    private Guided(StepCheck spec, long seed, Rules rules) {
        this.spec = spec;
        kind = Kind.of(seed);
        random = new SplittableRandom(seed);
        world = new World(AGENTS, DISKS, 1, BLOCKS, rules, kind.mapping, kind.capacity, Durability.AT_ONCE);
        state = spec.state(world);
        visited.add(state);
    }

    /** Makes as many walks as wanted, each of so many steps, from a seed of its own on. */
    public static Result walk(long firstSeed, int walks, int steps, Rules rules) {
        return walk(firstSeed, walks, steps, rules, (seed, behaviour) -> {});
    }

    /** Takes a walk on the spec's graph as far as the code followed. */
    public interface Walked {
        /** Takes the walk of a seed. */
        void take(long seed, Supplier<Behaviour> behaviour);
    }

    /**
     * Makes walks as {@link #walk(long, int, int, Rules)} does.
     *
     * @param each is given each walk, also one that the code could not follow to its end; may ask for it then and not later
     */
    public static Result walk(long firstSeed, int walks, int steps, Rules rules, Walked each) {
        Outcomes outcomes = new Outcomes();
        long followed = 0;
        long checked = 0;
        long refused = 0;
        Map<Kind, StepCheck> specs = new EnumMap<>(Kind.class);
        try {
            for (int i = 0; i < walks; i++) {
                long seed = firstSeed + i;
                StepCheck spec = specs.computeIfAbsent(Kind.of(seed), kind -> new StepCheck(kind.header()));
                Guided walk = new Guided(spec, seed, rules);
                Optional<Misstep> failure = walk.told(steps);
                each.take(seed, () -> walk.behaviour(seed));
                followed += walk.followed;
                checked += walk.checked;
                refused += walk.refused;
                outcomes.add(walk.outcomes);
                if (failure.isPresent()) {
                    return new Result(followed, checked, refused, outcomes, failure);
                }
            }
        } finally {
            specs.values().forEach(StepCheck::close);
        }
        return new Result(followed, checked, refused, outcomes, Optional.empty());
    }

    private Optional<Misstep> told(int steps) {
        try {
            return walk(steps);
        } catch (CodeFailure e) {
            return Optional.of(misstep(e.refused()));
        }
    }

    private Optional<Misstep> walk(int steps) {
        Optional<Misstep> misstep = spec.begin(state).map(this::misstep);
        for (int i = 0; i < steps && misstep.isEmpty(); i++) {
            misstep = CodeFailure.in(world::isQuiet) || random.nextInt(OUTSIDE) == 0 ? ask() : Optional.empty();
            if (misstep.isEmpty()) {
                misstep = step();
            }
        }
        return misstep;
    }

    /** Compares all that the code can do with all that the spec allows, and follows one step that the spec chooses. */
    private Optional<Misstep> step() {
        List<Move> moves = new ArrayList<>(CodeFailure.in(world::moves));
        moves.addAll(CodeFailure.in(world::repetitions));
        Offers offers = Offers.of(spec, world, state, moves);
        checked += offers.all().size();
        if (offers.wrong().isPresent()) {
            offers.wrong().get().step().ifPresent(this::note);
            return offers.wrong().map(wrong -> misstep(wrong.why()));
        }
        for (Move attempt : CodeFailure.in(world::attempts)) {
            Optional<Offer> tried = attempt(attempt);
            refused += tried.isEmpty() ? 1 : 0;
            Optional<Misstep> misstep = tried.flatMap(offer -> check(offers.allowed(), offer));
            if (misstep.isPresent()) {
                return misstep;
            }
        }
        if (offers.missing().isPresent()) {
            return offers.missing().map(missing -> Misstep.missing(kind.header(), trace, missing));
        }
        choose(offers).ifPresent(this::follow);
        return Optional.empty();
    }

    private Optional<Offer> choose(Offers offers) {
        // Repetitions can always be said, and would drown the rest.
        List<SpecTransition> candidates = offers.allowed().stream()
                .filter(transition ->
                        world.messages().size() < MOST_MESSAGES || !REPETITIONS.contains(transition.action()))
                .filter(transition -> offers.find(transition).isPresent())
                .toList();
        return candidates.isEmpty() ? Optional.empty() : offers.find(candidates.get(random.nextInt(candidates.size())));
    }

    private Optional<Offer> attempt(Move move) {
        World copy = world.copy();
        try {
            Happening step = CodeFailure.in(() -> move.in(copy));
            checked++;
            return Optional.of(new Offer(step, copy, spec.state(copy)));
        } catch (IllegalStepException | IllegalRequestException e) {
            return Optional.empty();
        }
    }

    private Optional<Misstep> check(List<SpecTransition> allowed, Offer tried) {
        return spec.check(state, allowed, tried.step().event(), tried.after()).map(reason -> {
            note(tried.step());
            return misstep(reason);
        });
    }

    private void follow(Offer tried) {
        outcomes.note(tried.step().event(), world);
        note(tried.step());
        followed++;
        world = tried.world();
        state = tried.after();
        visited.add(state);
    }

    /** Returns what the code followed, with the spec's arguments and states. */
    private Behaviour behaviour(long seed) {
        List<Behaviour.Step> steps = new ArrayList<>();
        for (int i = 1; i < visited.size(); i++) {
            Event event = trace.get(i - 1).event();
            steps.add(new Behaviour.Step(
                    event.action(),
                    spec.arguments(event).stream().map(SpecValue::toJava).toList(),
                    spec.plain(visited.get(i))));
        }
        return new Behaviour(
                Map.of("walk", String.valueOf(seed)),
                spec.variables(),
                spec.plain(visited.get(0)),
                steps,
                OptionalInt.empty());
    }

    // ---- What others ask for

    /** Asks for something, sensible or not: the code must take it if the spec does, and refuse it if not. */
    private Optional<Misstep> ask() {
        Event event = wish();
        boolean allowed = spec.allows(state, event);
        Optional<Offer> tried = attempt(w -> ask(w, event));
        if (tried.isPresent()) {
            Optional<Misstep> misstep = check(List.of(), tried.get());
            misstep.ifPresentOrElse(m -> {}, () -> follow(tried.get()));
            return misstep;
        }
        if (allowed && !isExplained(event)) {
            return Optional.of(new Misstep(
                    kind.header(),
                    trace,
                    event.action(),
                    List.of(event.action()),
                    "the spec allows " + event + ", but the code refuses it"));
        }
        refused++;
        return Optional.empty();
    }

    /** Returns whether it is known that the code does not take this though the spec does. */
    private boolean isExplained(Event event) {
        // An agent is admitted by the controller, which must be up; the spec leaves open who admits it.
        return event instanceof Event.Join && !world.controller().isUp();
    }

    private static Happening ask(World world, Event event) {
        if (event instanceof Event.Read read) {
            return world.read(read.host(), read.agent(), read.disk(), read.segment(), read.block());
        } else if (event instanceof Event.Write write) {
            return world.write(
                    write.host(), write.agent(), write.disk(), write.segment(), write.block(), write.value());
        } else if (event instanceof Event.AskSnapshot snapshot) {
            return world.askSnapshot(snapshot.cut());
        } else if (event instanceof Event.AskDeletion deletion) {
            return world.askDeletion(deletion.disk());
        } else if (event instanceof Event.Create create) {
            return world.create(create.disk());
        } else if (event instanceof Event.Offer offer) {
            return world.offer(offer.agent(), offer.disk(), offer.segment());
        } else if (event instanceof Event.Inspect inspect) {
            return world.inspect(inspect.agent(), inspect.disk());
        } else if (event instanceof Event.Open open) {
            return world.open(open.agent(), open.disk());
        } else if (event instanceof Event.Close close) {
            return world.close(close.agent(), close.disk());
        } else if (event instanceof Event.CrashAgent crash) {
            return world.crashAgent(crash.agent());
        } else if (event instanceof Event.Join join) {
            return world.join(join.agent());
        } else if (event instanceof Event.Fence fence) {
            return world.fence(fence.agent());
        } else if (event instanceof Event.Lose lose) {
            return world.lose(lose.message());
        } else if (event instanceof Event.Repeat repeat) {
            return world.repeat(repeat.message());
        } else if (event instanceof Event.CrashController) {
            return world.crashController();
        }
        throw new IllegalArgumentException("nobody can ask for " + event);
    }

    /** Returns something to ask for, by names that may or may not be there. */
    private Event wish() {
        List<String> names = new ArrayList<>(DISKS);
        names.addAll(NEW_NAMES);
        List<String> agents = new ArrayList<>(world.knownAgents());
        if (kind == Kind.OPENING && random.nextInt(OF_OPENING) == 0) {
            return random.nextInt(OF_OPENING) == 0
                    ? new Event.Close(pick(agents), pick(names))
                    : new Event.Open(pick(agents), pick(names));
        }
        if (kind == Kind.SPACE && random.nextInt(OF_SPACE) == 0) {
            return wishOfSpace(agents, names);
        }
        int dice = random.nextInt(40);
        if (dice < 10) {
            return new Event.Read(pick(HOSTS), pick(agents), pick(names), 0, random.nextInt(BLOCKS));
        } else if (dice < 24) {
            Content value = new Content(++written);
            return new Event.Write(pick(HOSTS), pick(agents), pick(names), 0, random.nextInt(BLOCKS), value);
        } else if (dice < 29) {
            Map<String, String> originals = new HashMap<>();
            for (int i = 0; i <= random.nextInt(2); i++) {
                originals.put(pick(names), pick(names));
            }
            return new Event.AskSnapshot(new Cut(originals));
        } else if (dice < 31) {
            return new Event.AskDeletion(pick(names));
        } else if (dice < 33) {
            return new Event.Inspect(pick(agents), pick(names));
        } else if (dice < 35 && !world.messages().isEmpty()) {
            return wish(Event.Lose::new, Event.Repeat::new);
        }
        return failure(dice, agents);
    }

    private Event wishOfSpace(List<String> agents, List<String> names) {
        return switch (random.nextInt(4)) {
            case 0 -> new Event.Create(pick(names), world.tables().version() + 1);
            case 1 -> new Event.Write(pick(HOSTS), pick(agents), pick(names), 0, random.nextInt(BLOCKS), World.ZERO);
            default -> new Event.Offer(pick(agents), pick(names), 0);
        };
    }

    private Event failure(int dice, List<String> agents) {
        return switch (dice % 4) {
            case 0 -> new Event.CrashAgent(pick(agents));
            case 1 -> new Event.Fence(pick(agents));
            case 2 -> new Event.CrashController();
            default -> new Event.Join("a" + (1 + random.nextInt(Math.min(MOST_AGENTS, agents.size() + 1))));
        };
    }

    private Event wish(Function<Message, Event> lose, Function<Message, Event> repeat) {
        List<Message> messages = new ArrayList<>(world.messages().keySet());
        return (random.nextBoolean() ? lose : repeat).apply(messages.get(random.nextInt(messages.size())));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ---- Failures

    private void note(Happening step) {
        String place = step.place();
        trace.add(new TraceEvent(eventsOfPlace.merge(place, 1L, Long::sum), trace.size() + 1L, place, step.event()));
    }

    private Misstep misstep(StepCheck.Refused reason) {
        return new Misstep(kind.header(), trace, reason.action(), reason.path(), reason.text());
    }
}
