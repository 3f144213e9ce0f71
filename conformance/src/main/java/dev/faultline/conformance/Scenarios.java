package dev.faultline.conformance;

import static dev.faultline.conformance.Scenario.Disturbance.CRASH_AGENT;
import static dev.faultline.conformance.Scenario.Disturbance.CRASH_CONTROLLER;
import static dev.faultline.conformance.Scenario.Disturbance.FENCE;
import static dev.faultline.conformance.Scenario.Disturbance.INSPECT;
import static dev.faultline.conformance.Scenario.Disturbance.JOIN;
import static dev.faultline.conformance.Scenario.Disturbance.LOSE;
import static dev.faultline.conformance.Scenario.Disturbance.REPEAT;
import static dev.faultline.conformance.Scenario.Disturbance.SAY_AGAIN;

import dev.faultline.conformance.Scenario.Plan;
import dev.faultline.core.Cut;
import dev.faultline.core.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bounded systems that are explored whole. */
final class Scenarios {
    private static final Set<Kind> ANY = Set.of(Kind.READ, Kind.WRITE);
    private static final Set<Kind> WRITE = Set.of(Kind.WRITE);

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "blocking",
                        "a blocking command at two agents that have I/O in flight",
                        List.of("a1", "a2"),
                        List.of("d"),
                        1,
                        List.of(plan(1, WRITE, "d"), plan(1, ANY, "d")),
                        Set.of(Cut.of("d", "s")),
                        Set.of(),
                        Map.of()),
                new Scenario(
                        "snapshot",
                        "a snapshot, with two agents, original and snapshot written and read",
                        List.of("a1", "a2"),
                        List.of("d"),
                        1,
                        List.of(plan(1, WRITE, "d", "s"), plan(1, ANY, "d", "s")),
                        Set.of(Cut.of("d", "s")),
                        Set.of(),
                        Map.of()),
                new Scenario(
                        "two-blocks",
                        "a copy on write of a segment of two blocks",
                        List.of("a1"),
                        List.of("d"),
                        2,
                        List.of(plan(1, WRITE, "d"), plan(1, ANY, "d", "s")),
                        Set.of(Cut.of("d", "s")),
                        Set.of(),
                        Map.of()),
                new Scenario(
                        "snapshot-of-snapshot",
                        "a snapshot of a snapshot, all three disks written and read",
                        List.of("a1"),
                        List.of("d"),
                        1,
                        List.of(plan(2, ANY, "d", "s", "t")),
                        Set.of(Cut.of("d", "s"), Cut.of("s", "t")),
                        Set.of(),
                        Map.of()),
                new Scenario(
                        "quiesce",
                        "snapshots of two disks as one cut, under a barrier, with two agents",
                        List.of("a1", "a2"),
                        List.of("d", "e"),
                        1,
                        List.of(plan(1, WRITE, "d", "e")),
                        Set.of(new Cut(Map.of("s", "d", "t", "e"))),
                        Set.of(),
                        Map.of()),
                new Scenario(
                        "agent-crash",
                        "an agent crashes, is fenced, and comes back under a new name, during a snapshot and a copy",
                        List.of("a1", "a2"),
                        List.of("d"),
                        1,
                        List.of(plan(1, WRITE, "d")),
                        Set.of(Cut.of("d", "s")),
                        Set.of(),
                        Map.of(CRASH_AGENT, 1, FENCE, 1, JOIN, 1)),
                new Scenario(
                        "controller-crash",
                        "the controller crashes in any step of a snapshot and of a copy on write",
                        List.of("a1", "a2"),
                        List.of("d"),
                        1,
                        List.of(plan(1, WRITE, "d")),
                        Set.of(Cut.of("d", "s")),
                        Set.of(),
                        Map.of(CRASH_CONTROLLER, 1)),
                new Scenario(
                        "controller-crash-quiesce",
                        "the controller crashes while a barrier is in force",
                        List.of("a1"),
                        List.of("d", "e"),
                        1,
                        List.of(plan(1, WRITE, "d")),
                        Set.of(new Cut(Map.of("s", "d", "t", "e"))),
                        Set.of(),
                        Map.of(CRASH_CONTROLLER, 1)),
                new Scenario(
                        "messages",
                        "a message is lost, and one comes twice or late, during a snapshot and a copy on write",
                        List.of("a1"),
                        List.of("d"),
                        1,
                        List.of(plan(2, WRITE, "d")),
                        Set.of(Cut.of("d", "s")),
                        Set.of(),
                        Map.of(LOSE, 1, REPEAT, 1, SAY_AGAIN, 1)),
                new Scenario(
                        "deletion",
                        "a disk with a snapshot is deleted while both are used, and the controller may crash",
                        List.of("a1"),
                        List.of("d"),
                        1,
                        List.of(plan(2, ANY, "d", "s")),
                        Set.of(Cut.of("d", "s")),
                        Set.of("d"),
                        Map.of(CRASH_CONTROLLER, 1)),
                new Scenario(
                        "inspection",
                        "an agent is asked what it has, at any time",
                        List.of("a1"),
                        List.of("d"),
                        1,
                        List.of(plan(1, ANY, "d")),
                        Set.of(Cut.of("d", "s")),
                        Set.of(),
                        Map.of(INSPECT, 2, CRASH_AGENT, 1, JOIN, 1, FENCE, 1)));
    }

    private static Plan plan(int operations, Set<Kind> kinds, String... disks) {
        return new Plan(operations, kinds, Set.of(disks), Set.of());
    }
}
