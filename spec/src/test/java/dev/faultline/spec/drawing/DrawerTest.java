package dev.faultline.spec.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.picture.SequenceDiagram;
import dev.faultline.spec.picture.SequenceDiagram.Mark;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Steps of the protocol, and others, as plain Java. */
class DrawerTest {
    private static final Map<String, Object> START = Map.of(
            "storage", Map.of(0, Map.of(0, 0)),
            "table", Map.of("disk", Map.of(0, entry(0))),
            "cache", Map.of("a1", Map.of("disk", Map.of(0, entry(0))), "a2", List.of()),
            "owed", List.of(),
            "ios", List.of(),
            "net", List.of());

    private static final Map<String, Object> FREEZE = Map.of(
            "type",
            "set_entry_state",
            "to",
            "a1",
            "disk",
            "disk",
            "segments",
            Set.of(0),
            "state",
            "Nw",
            "on",
            true,
            "blocking",
            true);
    private static final Map<String, Object> QUIESCE = Map.of("type", "quiesce", "to", "a2", "version", 3);
    private static final Map<String, Object> GET_ENTRY =
            Map.of("type", "get_entry", "agent", "a1", "disk", "disk", "segment", 0);

    private static Map<String, Object> entry(int location, String... states) {
        return Map.of("location", location, "states", Set.of(states));
    }

    private static Map<String, Object> io(String kind, String phase, int location, int value) {
        return Map.of(
                "kind",
                kind,
                "agent",
                "a1",
                "disk",
                "disk",
                "segment",
                0,
                "block",
                0,
                "value",
                value,
                "phase",
                phase,
                "location",
                location);
    }

    private static Map<String, Object> with(Map<String, Object> state, String variable, Object value) {
        Map<String, Object> changed = new TreeMap<>(state);
        changed.put(variable, value);
        return changed;
    }

    private static List<String> drawn(
            String action, List<Object> arguments, Map<String, Object> before, Map<String, Object> after) {
        return diagram(action, arguments, before, after).steps().get(0).marks().stream()
                .map(Mark::toString)
                .toList();
    }

    private static SequenceDiagram diagram(
            String action, List<Object> arguments, Map<String, Object> before, Map<String, Object> after) {
        return new Drawer(List.of(new ActionStep(action, action, arguments, before, after)))
                .draw("title", OptionalInt.empty(), "end");
    }

    @Test
    void drawsTheWayOfAnIo() {
        Map<String, Object> waiting = with(START, "ios", Map.of("writer", io("write", "waiting", -1, 1)));
        Map<String, Object> started = with(START, "ios", Map.of("writer", io("write", "started", 0, 1)));
        Map<String, Object> performed = with(START, "ios", Map.of("writer", io("write", "performed", 0, 1)));
        assertThat(drawn("Write", List.of("writer", "a1", "disk", 0, 0, 1), START, waiting))
                .containsExactly("writer to a1: Write disk[0][0] := 1");
        assertThat(drawn("Start", List.of("writer", 0), waiting, started))
                .containsExactly("a1 to storage: Start: writer's write at 0");
        assertThat(drawn("Perform", List.of("writer"), started, performed))
                .containsExactly("storage: Perform: writer's write, storage[0][0] = 1");
        assertThat(drawn("Complete", List.of("writer", 1), performed, START))
                .containsExactly("a1 to writer: Complete: write disk[0][0] := 1");
        assertThat(drawn("Fault", List.of("writer"), waiting, with(waiting, "net", Map.of(GET_ENTRY, 1))))
                .containsExactly("a1 to controller: Fault(writer): get_entry disk[0]");
    }

    @Test
    void takesTheBeginningOfAnIoForWhatItIsWhateverTheModelCallsIt() {
        Map<String, Object> waiting = with(START, "ios", Map.of("writer", io("read", "waiting", -1, 0)));
        assertThat(drawn("HostsTakeTurns", List.of("writer"), START, waiting))
                .containsExactly("writer to a1: Read disk[0][0]");
    }

    @Test
    void drawsTheWayOfACommand() {
        Map<String, Object> frozen = with(START, "table", Map.of("disk", Map.of(0, entry(0, "Nw"))));
        assertThat(drawn("Freeze", List.of("snap"), START, with(frozen, "net", Map.of(FREEZE, 1))))
                .containsExactly(
                        "controller: Freeze(snap); table[disk][0] = at 0, Nw",
                        "controller to a1: set_entry_state disk[0] Nw on, blocking");
        Map<String, Object> applied = with(
                with(START, "owed", Map.of(FREEZE, Set.of("writer"))),
                "cache",
                Map.of("a1", Map.of("disk", Map.of(0, entry(0, "Nw"))), "a2", List.of()));
        assertThat(drawn("ApplyCommand", List.of(FREEZE), with(START, "net", Map.of(FREEZE, 1)), applied))
                .containsExactly("a1: ApplyCommand: set_entry_state disk[0] Nw on, blocking; "
                        + "cache[a1][disk][0] = at 0, Nw; waits for {writer}");
        Map<String, Object> answered = with(START, "net", Map.of(Map.of("type", "answer", "command", FREEZE), 1));
        assertThat(drawn("AnswerCommand", List.of(FREEZE), applied, with(answered, "cache", applied.get("cache"))))
                .containsExactly("a1 to controller: AnswerCommand: answer to set_entry_state disk[0] Nw on, blocking");
    }

    @Test
    void drawsAnUnknownActionAsANoteWithAllThatItChanged() {
        Map<String, Object> crashed = with(with(START, "alive", Set.of("a2")), "crashes", 1);
        assertThat(drawn("CrashAgent", List.of("a1", 7), with(START, "crashes", 0), crashed))
                .containsExactly("a1: CrashAgent(a1, 7); alive = {a2}; crashes = 1");
        assertThat(drawn("Recover", List.of(), START, with(START, "table", List.of())))
                .containsExactly("controller: Recover; no table[disk]");
        assertThat(drawn("AskSnapshots", List.of(Map.of("snap", "disk")), START, START))
                .containsExactly("controller: AskSnapshots([snap |-> disk])");
    }

    @Test
    void drawsAKnownActionInAnUnknownShapeAsANote() {
        assertThat(drawn("Start", List.of("nobody"), START, with(START, "storage", List.of())))
                .containsExactly("controller: Start(nobody); no storage[0]");
    }

    @Test
    void drawsEveryMessageThatIsSentAsAnArrow() {
        Map<String, Object> sent = with(START, "net", Map.of(QUIESCE, 1, GET_ENTRY, 2));
        assertThat(drawn("Quiesce", List.of("g"), START, sent))
                .containsExactlyInAnyOrder(
                        "controller: Quiesce(g)",
                        "a1 to controller: get_entry disk[0] (2 copies)",
                        "controller to a2: quiesce version 3");
        assertThat(drawn("Lose", List.of(QUIESCE), sent, with(sent, "net", Map.of(GET_ENTRY, 1))))
                .containsExactly("a2: Lose(quiesce to a2: version 3); no longer on its way: get_entry of a1: disk[0]");
    }

    @Test
    void putsHostsFirstAndStorageLast() {
        Map<String, Object> waiting = with(START, "ios", Map.of("writer", io("write", "waiting", -1, 1)));
        Map<String, Object> started = with(START, "ios", Map.of("writer", io("write", "started", 0, 1)));
        SequenceDiagram diagram = new Drawer(List.of(
                        new ActionStep("Start", "Start", List.of("writer", 0), waiting, started),
                        new ActionStep("Quiesce", "Quiesce", List.of(), START, with(START, "net", Map.of(QUIESCE, 1))),
                        new ActionStep("Write", "Write", List.of("writer"), START, waiting)))
                .draw("title", OptionalInt.of(2), "end");
        assertThat(diagram.lanes()).containsExactly("writer", "a1", "a2", "controller", "storage");
        assertThat(diagram.steps().stream().map(SequenceDiagram.Step::heading))
                .containsExactly("", "from here on it goes round, for ever", "");
        assertThat(diagram.opening()).isEqualTo("At first table[disk][0] = at 0.");
    }
}
