package dev.faultline.conformance.scenarios;

import static dev.faultline.conformance.scenarios.Scenario.Disturbance.CLOSE;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.CRASH_AGENT;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.CRASH_CONTROLLER;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.CREATE;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.FENCE;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.FENCE_GONE;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.FLUSH;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.INSPECT;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.JOIN;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.LOSE;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.LOSE_POWER;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.OFFER;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.OPEN;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.REPEAT;
import static dev.faultline.conformance.scenarios.Scenario.Disturbance.SAY_AGAIN;

import dev.faultline.conformance.scenarios.Scenario.Disturbance;
import dev.faultline.conformance.scenarios.Scenario.Plan;
import dev.faultline.core.Cut;
import dev.faultline.core.Kind;
import dev.faultline.core.MappingTables;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The bounded systems that are explored whole, each with the number of its states and steps. */
public final class Scenarios {
    private static final Set<Kind> ANY = Set.of(Kind.READ, Kind.WRITE);
    private static final Set<Kind> READ = Set.of(Kind.READ);
    private static final Set<Kind> WRITE = Set.of(Kind.WRITE);
    private static final Set<Kind> WRITE_OR_TRIM = Set.of(Kind.WRITE, Kind.TRIM);
    private static final Cut SNAPSHOT = Cut.of("d", "s");
    private static final Cut BOTH = new Cut(Map.of("s", "d", "t", "e"));

    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(
                scenario("blocking", "a blocking command at two agents that have I/O in flight")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, "d"), plan(1, READ, "d"))
                        .asks(SNAPSHOT)
                        .full(22_328, 100_164),
                scenario("snapshot", "a snapshot, with two agents, original and snapshot written and read")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, "d", "s"), plan(1, ANY, "d", "s"))
                        .asks(SNAPSHOT)
                        .full(88_710, 412_285),
                scenario("two-blocks", "a copy on write of a segment of two blocks")
                        .with(1, 2, "d")
                        .does(plan(1, WRITE, "d"), plan(1, ANY, "d", "s"))
                        .asks(SNAPSHOT)
                        .full(28_996, 105_216),
                scenario("snapshot-of-snapshot", "a snapshot of a snapshot, all three disks written and read")
                        .with(1, 1, "d")
                        .does(plan(2, ANY, "d", "s", "t"))
                        .asks(SNAPSHOT, Cut.of("s", "t"))
                        .full(18_644, 64_340),
                scenario("two-snapshots", "two snapshots of a disk and one of another, asked for at any time")
                        .with(1, 1, "d", "e")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT, Cut.of("d", "t"), Cut.of("e", "u"))
                        .full(68_032, 258_532),
                scenario("quiesce", "snapshots of two disks as one cut, under a barrier, with two agents")
                        .with(2, 1, "d", "e")
                        .does(plan(1, WRITE, "d", "e"))
                        .asks(BOTH)
                        .full(19_200, 108_676),
                scenario("group", "the same without I/O, for those in a hurry")
                        .with(2, 1, "d", "e")
                        .does()
                        .asks(BOTH)
                        .quick(772, 3_846),
                scenario(
                                "three-sharers",
                                "two snapshots of a disk, taken together; then all three are written one by one")
                        .with(1, 1, "d")
                        .does(plan(3, WRITE, "d", "s", "t"))
                        .asks(new Cut(Map.of("s", "d", "t", "d")))
                        .quick(2_944, 8_000),
                scenario("again", "a command of a snapshot comes twice, while newer writes are in flight")
                        .with(1, 1, "d")
                        .does(plan(2, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(REPEAT, 1))
                        .quick(3_131, 9_881),
                scenario("agent-crash", "an agent crashes during a snapshot or a copy, is fenced, and comes back")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(CRASH_AGENT, 1, FENCE_GONE, 1, JOIN, 1))
                        .full(36_610, 175_034),
                scenario("one-agent-crash", "the only agent crashes, is fenced, and comes back")
                        .with(1, 1, "d")
                        .does(plan(1, ANY, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(CRASH_AGENT, 1, FENCE_GONE, 1, JOIN, 1))
                        .quick(8_206, 29_196),
                scenario("suspicion", "an agent is given up though it runs")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(FENCE, 1))
                        .quick(3_712, 12_696),
                scenario("controller-crash", "the controller crashes in any step of a snapshot and of a copy on write")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(CRASH_CONTROLLER, 1))
                        .full(55_670, 367_152),
                scenario("one-agent-controller-crash", "the same with one agent, for those in a hurry")
                        .with(1, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(CRASH_CONTROLLER, 1))
                        .quick(1_905, 5_943),
                scenario("controller-crash-quiesce", "the controller crashes while a barrier is in force")
                        .with(1, 1, "d", "e")
                        .does(plan(1, WRITE, "d"))
                        .asks(BOTH)
                        .suffers(Map.of(CRASH_CONTROLLER, 1))
                        .full(48_210, 315_873),
                scenario("messages", "messages are lost, come twice or late, during a snapshot and a copy on write")
                        .with(1, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(LOSE, 1, REPEAT, 1, SAY_AGAIN, 1))
                        .full(13_874, 60_534),
                scenario("deletion", "a disk with a snapshot is deleted while both are used")
                        .with(1, 1, "d")
                        .does(plan(2, ANY, "d", "s"))
                        .asks(SNAPSHOT)
                        .deletes("d")
                        .quick(6_539, 20_479),
                scenario("deletion-crash", "the controller crashes while a disk with a snapshot is deleted")
                        .with(1, 1, "d")
                        .does(plan(1, WRITE, "d", "s"))
                        .asks(SNAPSHOT)
                        .deletes("d")
                        .suffers(Map.of(CRASH_CONTROLLER, 1))
                        .full(14_651, 55_193),
                scenario("inspection", "an agent is asked what it has, at any time; it may crash and come back")
                        .with(1, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(INSPECT, 1, CRASH_AGENT, 1, FENCE_GONE, 1, JOIN, 1))
                        .full(79_747, 356_767),
                scenario("opening", "an agent opens a disk twice, during a snapshot")
                        .with(1, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(OPEN, 2, CLOSE, 1))
                        .quick(1_725, 5_530),
                scenario("opening-again", "an agent opens a disk twice, during a snapshot; a message comes again")
                        .with(1, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(OPEN, 2, CLOSE, 1, REPEAT, 1))
                        .full(30_101, 121_624),
                scenario("two-openers", "two agents open a disk during a snapshot; one of them closes it")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(OPEN, 2, CLOSE, 1))
                        .full(13_690, 56_287),
                scenario("opening-crash", "the controller crashes while an agent opens a disk, or closes it")
                        .with(1, 1, "d")
                        .does(plan(1, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(OPEN, 2, CLOSE, 1, CRASH_CONTROLLER, 1))
                        .full(22_963, 87_427),
                scenario("opening-deletion", "an agent opens a disk that is deleted; messages are lost, it is given up")
                        .with(1, 1, "d", "e")
                        .does(plan(1, WRITE, "d"))
                        .deletes("d")
                        .suffers(Map.of(OPEN, 2, CLOSE, 1, LOSE, 1, SAY_AGAIN, 1, FENCE, 1))
                        .full(97_957, 526_106),
                scenario("fill", "a disk is created, written through any of two agents, and read")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, Scenario.CREATED), plan(1, READ, Scenario.CREATED))
                        .suffers(Map.of(CREATE, 1))
                        .full(4_275, 18_448),
                scenario("trim", "a segment is written, trimmed and given back, with two agents")
                        .with(2, 1, "d")
                        .does(plan(2, WRITE_OR_TRIM, "d"))
                        .suffers(Map.of(OFFER, 1))
                        .full(4_938, 16_430),
                scenario("trim-shared", "a segment that may be shared with a snapshot is trimmed and given back")
                        .with(1, 1, "d")
                        .does(plan(2, WRITE_OR_TRIM, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(OFFER, 1))
                        .full(5_074, 14_960),
                scenario("trim-crash", "the controller crashes while a segment is given back")
                        .with(1, 2, "d")
                        .does(plan(1, WRITE_OR_TRIM, "d"))
                        .suffers(Map.of(OFFER, 1, CRASH_CONTROLLER, 1))
                        .full(4_818, 14_027),
                scenario("empty-snapshot", "a disk is created, and snapshot while it is empty or is written")
                        .with(1, 1, "d")
                        .does(plan(2, WRITE_OR_TRIM, Scenario.CREATED, "s"))
                        .asks(Cut.of(Scenario.CREATED, "s"))
                        .suffers(Map.of(CREATE, 1))
                        .quick(2_097, 5_658),
                scenario(
                                "fill-fence",
                                "an agent that knows of an empty segment is given up while another one writes there")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, Scenario.CREATED), plan(2, READ, Scenario.CREATED))
                        .suffers(Map.of(CREATE, 1, FENCE, 1))
                        .full(74_642, 355_317),
                scenario("offers", "the segments of two disks are offered")
                        .with(1, 1, "d", "e")
                        .does(plan(1, READ, "d"), plan(1, READ, "e"))
                        .suffers(Map.of(OFFER, 2))
                        .full(5_944, 21_780),
                scenario(
                                "offer-opening",
                                "an agent opens a disk again, hears an old command meanwhile, and offers storage")
                        .with(1, 1, "d")
                        .does(plan(1, READ, "d"))
                        .suffers(Map.of(OPEN, 2, CLOSE, 1, REPEAT, 1, OFFER, 1))
                        .full(10_434, 37_247),
                scenario("full", "no space is left for a write to a snapshot, before a disk is deleted")
                        .with(1, 1, "d", "e")
                        .does(plan(2, WRITE, "d", "s"))
                        .asks(SNAPSHOT)
                        .deletes("e")
                        .suffers(Map.of(SAY_AGAIN, 1))
                        .hasSpaceFor(2)
                        .full(63_168, 226_305),
                scenario("full-new", "two disks are written for one of which there is space; what is said comes again")
                        .with(2, 1, "d")
                        .does(plan(1, WRITE, Scenario.CREATED), plan(1, WRITE, "d", Scenario.CREATED))
                        .suffers(Map.of(CREATE, 1, REPEAT, 1))
                        .hasSpaceFor(1)
                        .full(4_708, 16_405),
                scenario("flush", "a disk is written, flushed and read while storage loses power")
                        .with(1, 1, "d")
                        .does(plan(2, ANY, "d"))
                        .suffers(Map.of(FLUSH, 1, LOSE_POWER, 1, JOIN, 1))
                        .quick(6_760, 21_689),
                scenario("flush-snapshot", "storage loses power during a snapshot and a copy on write")
                        .with(1, 2, "d")
                        .does(plan(2, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(FLUSH, 1, LOSE_POWER, 1))
                        .full(9_552, 33_349),
                scenario("flush-fill", "storage loses power while a disk is created and written")
                        .with(1, 2, "d")
                        .does(plan(2, ANY, Scenario.CREATED))
                        .suffers(Map.of(CREATE, 1, LOSE_POWER, 1, JOIN, 1))
                        .full(19_328, 77_936),
                scenario(
                                "flush-trim",
                                "storage loses power while a segment is written, flushed, trimmed and given back")
                        .with(1, 1, "d")
                        .does(plan(3, WRITE_OR_TRIM, "d"))
                        .suffers(Map.of(FLUSH, 1, OFFER, 1, LOSE_POWER, 1))
                        .full(9_301, 33_937),
                scenario(
                                "flush-crash",
                                "storage, an agent and the controller crash during a snapshot and a copy on write")
                        .with(1, 1, "d")
                        .does(plan(2, WRITE, "d"))
                        .asks(SNAPSHOT)
                        .suffers(Map.of(LOSE_POWER, 1, CRASH_CONTROLLER, 1, CRASH_AGENT, 1, FENCE_GONE, 1))
                        .full(58_099, 230_853));
    }

    /**
     * Returns the scenarios of these names, in the order of all.
     *
     * @throws IllegalArgumentException if there is none of a name
     */
    public static List<Scenario> named(Set<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        all().forEach(scenario -> unknown.remove(scenario.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no scenario " + unknown.iterator().next() + "; there are "
                            + all().stream().map(Scenario::name).collect(Collectors.joining(", ")));
        }
        return all().stream()
                .filter(scenario -> names.contains(scenario.name()))
                .toList();
    }

    private static Plan plan(int operations, Set<Kind> kinds, String... disks) {
        return new Plan(operations, kinds, Set.of(disks));
    }

    private static Builder scenario(String name, String what) {
        return new Builder(name, what);
    }

    /** Says one thing of a scenario after the other. */
    private static final class Builder {
        private final String name;
        private final String what;
        private int agents;
        private int blocks;
        private List<String> disks = List.of();
        private List<Plan> plans = List.of();
        private Set<Cut> cuts = Set.of();
        private Set<String> deletions = Set.of();
        private Map<Disturbance, Integer> disturbances = Map.of();
        private int capacity = MappingTables.UNBOUNDED;

        Builder(String name, String what) {
            this.name = name;
            this.what = what;
        }

        Builder with(int agentCount, int blockCount, String... names) {
            agents = agentCount;
            blocks = blockCount;
            disks = List.of(names);
            return this;
        }

        Builder does(Plan... each) {
            plans = List.of(each);
            return this;
        }

        Builder asks(Cut... each) {
            cuts = Set.of(each);
            return this;
        }

        Builder deletes(String... each) {
            deletions = Set.of(each);
            return this;
        }

        Builder suffers(Map<Disturbance, Integer> each) {
            disturbances = each;
            return this;
        }

        Builder hasSpaceFor(int segments) {
            capacity = segments;
            return this;
        }

        Scenario quick(long states, long transitions) {
            return scenario(true, states, transitions);
        }

        Scenario full(long states, long transitions) {
            return scenario(false, states, transitions);
        }

        private Scenario scenario(boolean quick, long states, long transitions) {
            List<String> names = Arrays.asList("a1", "a2").subList(0, agents);
            return new Scenario(
                    name,
                    what,
                    names,
                    disks,
                    blocks,
                    plans,
                    cuts,
                    deletions,
                    disturbances,
                    capacity,
                    quick,
                    states,
                    transitions);
        }
    }
}
