package dev.faultline.spec.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpecStateTest {
    private static final LoadedSpec FLEET = Specs.load("Fleet");
    private static final LoadedSpec GUARDS = Specs.load("Guards");

    private final SpecState initial = FLEET.initialStates().get(0);
    private final SpecState started = FLEET.successors(
                    initial, FLEET.action("Start"), FLEET.modelValue("a1"), FLEET.value("h1"))
            .get(0);

    private static Map<String, SpecValue> plainly() {
        Map<String, SpecValue> variables = new HashMap<>();
        variables.put("ios", FLEET.value(Map.of("h2", io("idle", 0), "h1", io("started", 1))));
        variables.put("owed", FLEET.value(Map.of("awaits", Set.of("h1"), "answered", false)));
        variables.put("mode", FLEET.value(Map.of(new ModelValue("a2"), "up", new ModelValue("a1"), "up")));
        variables.put("log", FLEET.value(List.of()));
        variables.put("count", FLEET.value(1));
        variables.put("clock", FLEET.value(0));
        variables.put("leader", FLEET.value("none"));
        variables.put("epoch", FLEET.value(1));
        variables.put("votes", FLEET.value(Set.of()));
        variables.put("inbox", FLEET.value(Map.of("h1", 0, "h2", 0)));
        variables.put("outbox", FLEET.value(Set.of()));
        variables.put("flags", FLEET.value(Map.of("ready", true, "stopping", false)));
        return variables;
    }

    private static Map<String, Object> io(String phase, int tries) {
        return Map.of("phase", phase, "tries", tries);
    }

    @Test
    void builtFromValuesEqualsTheOneReached() {
        SpecState built = FLEET.state(plainly());
        assertThat(built).isEqualTo(started).hasSameHashCodeAs(started);
        assertThat(built.render()).isEqualTo(started.render());
        assertThat(built.diff(started)).isEmpty();
        assertThat(FLEET.next(built)).isEqualTo(FLEET.next(started));
    }

    @Test
    void needsAValueForEveryVariable() {
        Map<String, SpecValue> variables = plainly();
        variables.remove("clock");
        assertThatThrownBy(() -> FLEET.state(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value for clock");
        variables.put("cloak", FLEET.value(1));
        assertThatThrownBy(() -> FLEET.state(variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no variable cloak");
        assertThatThrownBy(() -> FLEET.with(initial, "cloak", FLEET.value(1)))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> initial.get("cloak")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void changesOneVariable() {
        SpecState later = FLEET.with(initial, "clock", FLEET.value(7));
        assertThat(later.get("clock").toJava()).isEqualTo(7);
        assertThat(initial.get("clock").toJava()).isEqualTo(0);
        assertThat(FLEET.with(later, "clock", FLEET.value(0))).isEqualTo(initial);
    }

    @Test
    void ofDifferentKindsIsUnequal() {
        assertThat(FLEET.with(initial, "clock", FLEET.value("noon"))).isNotEqualTo(initial);
    }

    @Test
    void tellsTheInnermostDifferences() {
        assertThat(initial.diff(started))
                .map(SpecState.Difference::toString)
                .containsExactly(
                        "ios[\"h1\"].phase: \"idle\" ≠ \"started\"",
                        "ios[\"h1\"].tries: 0 ≠ 1",
                        "owed.awaits: {} ≠ {\"h1\"}",
                        "count: 0 ≠ 1");
        SpecState logged = FLEET.with(initial, "log", FLEET.value(List.of(1, 2)));
        SpecState shorter = FLEET.with(initial, "log", FLEET.value(List.of(3)));
        assertThat(logged.diff(shorter))
                .containsExactly(
                        new SpecState.Difference("log[1]", "1", "3"),
                        new SpecState.Difference("log[2]", "2", SpecState.Difference.ABSENT));
    }

    @Test
    void holdsEvaluatedValuesOnly() {
        SpecState lazy = GUARDS.successors(GUARDS.initialStates().get(0), GUARDS.action("Lazy"))
                .get(0);
        assertThat(lazy.render())
                .containsEntry("x", "(2 :> {1} @@ 4 :> {1, 2, 3} @@ 6 :> {1, 2, 3})")
                .containsEntry("f", "(0 :> 1 @@ 1 :> 1 @@ 2 :> 2 @@ 3 :> 6 @@ 4 :> 24)")
                .containsEntry("busy", "{{1, 2}, {1}, {2}, {}}")
                .containsEntry("mode", "{1, 2, 3}");
        Map<String, SpecValue> plain = Map.of(
                "x", GUARDS.value(Map.of(2, Set.of(1), 4, Set.of(1, 2, 3), 6, Set.of(3, 2, 1))),
                "f", GUARDS.value(Map.of(0, 1, 1, 1, 2, 2, 3, 6, 4, 24)),
                "busy", GUARDS.value(Set.of(Set.of(), Set.of(1), Set.of(2), Set.of(1, 2))),
                "mode", GUARDS.value(Set.of(3, 2, 1)));
        assertThat(GUARDS.state(plain)).isEqualTo(lazy).hasSameHashCodeAs(lazy);
    }
}
