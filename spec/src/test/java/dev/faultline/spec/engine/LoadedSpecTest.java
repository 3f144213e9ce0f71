package dev.faultline.spec.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedSpecTest {
    private static final LoadedSpec FLEET = Specs.load("Fleet");
    private static final LoadedSpec GUARDS = Specs.load("Guards");

    private final SpecState initial = FLEET.initialStates().get(0);
    private final SpecValue a1 = FLEET.modelValue("a1");
    private final SpecValue h1 = FLEET.value("h1");
    private final SpecState started = only(FLEET.successors(initial, FLEET.action("Start"), a1, h1));

    private static SpecState only(List<SpecState> states) {
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    @Test
    void tellsVariablesInTheOrderOfDeclaration() {
        assertThat(FLEET.variables())
                .containsExactly(
                        "ios", "owed", "mode", "log", "count", "clock", "leader", "epoch", "votes", "inbox", "outbox",
                        "flags");
    }

    @Test
    void tellsActions() {
        assertThat(FLEET.actions()).map(SpecAction::name).contains("Start", "Perform", "Answer", "Next", "Step");
        assertThat(FLEET.actions()).map(SpecAction::name).doesNotContain("Drained", "Init", "Spec", "Safe", "vars");
        SpecAction start = FLEET.action("Start");
        assertThat(start.parameters()).containsExactly("a", "h");
        assertThat(start.module()).isEqualTo("Fleet");
        assertThat(start.line()).isEqualTo(Specs.line("Fleet.tla", "Start(a, h) =="));
        assertThatThrownBy(() -> FLEET.action("Stop"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageStartingWith("no action Stop; there are Start,");
    }

    @Test
    void takesAnActionWithArguments() {
        assertThat(started.get("ios").toJava())
                .isEqualTo(Map.of(
                        "h1", Map.of("phase", "started", "tries", 1),
                        "h2", Map.of("phase", "idle", "tries", 0)));
        assertThat(started.get("count").toJava()).isEqualTo(1);
        assertThat(started.get("mode")).isEqualTo(initial.get("mode"));
    }

    @Test
    void hasNoSuccessorOfAnActionThatIsNotEnabled() {
        assertThat(FLEET.successors(started, FLEET.action("Start"), a1, h1)).isEmpty();
    }

    @Test
    void hasEverySuccessorOnce() {
        assertThat(FLEET.successors(initial, FLEET.action("Work"), a1))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(FLEET.successors(initial, FLEET.action("Next")))
                .as("either agent may start either host, to the same effect")
                .hasSize(2);
    }

    @Test
    void refusesWhatDoesNotFit() {
        SpecAction start = FLEET.action("Start");
        assertThatThrownBy(() -> FLEET.successors(initial, start, a1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Start takes 2 arguments, not 1");
        assertThatThrownBy(() -> GUARDS.successors(GUARDS.initialStates().get(0), start, a1, h1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another specification");
        assertThatThrownBy(() -> FLEET.successors(GUARDS.initialStates().get(0), start, a1, h1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another specification");
    }

    @Test
    void failsOnASuccessorThatIsNotComplete() {
        assertThatThrownBy(() -> GUARDS.successors(GUARDS.initialStates().get(0), GUARDS.action("Partial")))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessage("Partial gives no value to mode");
    }

    @Test
    void saysWhereEvaluationFails() {
        SpecState state = GUARDS.initialStates().get(0);
        String place = "Guards.tla line " + Specs.line("Guards.tla", "Outside(h) ==");
        assertThatThrownBy(() -> GUARDS.successors(state, GUARDS.action("Outside"), GUARDS.value("h9")))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageStartingWith(
                        "Outside(\"h9\"), `f[h].phase = \"idle\"` at " + place + ", cannot be evaluated: ")
                .hasMessageContaining("\"h9\"")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> GUARDS.evaluate(state, "Deep", GUARDS.value("h9")))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageStartingWith("Deep cannot be evaluated at Guards.tla line "
                        + Specs.line("Guards.tla", "Deep(h) ==") + ": `f[g]`: Attempted to apply function");
        assertThatThrownBy(() -> GUARDS.holds(state, "Hosts"))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageStartingWith("Hosts is neither true nor false but {");
    }

    @Test
    void namesTheActionsOfTheNextStateRelation() {
        assertThat(FLEET.next(started))
                .map(SpecTransition::toString)
                .containsExactlyInAnyOrder("Start(a1, \"h2\")", "Start(a2, \"h2\")", "Perform(\"h1\")");
        SpecState performed = only(FLEET.successors(started, FLEET.action("Perform"), h1));
        assertThat(FLEET.next(performed)).anySatisfy(step -> {
            assertThat(step).hasToString("Answer(a2, 1)");
            assertThat(step.after().get("log").toJava()).isEqualTo(List.of(new ModelValue("a2")));
        });
    }

    @Test
    void evaluatesOperatorsConstantsAndVariables() {
        assertThat(FLEET.evaluate(started, "Pending").toJava()).isEqualTo(Set.of("h1"));
        assertThat(FLEET.evaluate(started, "Twice", FLEET.value(4)).toJava()).isEqualTo(9);
        assertThat(FLEET.evaluate(started, "Agents")).hasToString("{a1, a2}");
        assertThat(FLEET.evaluate(started, "count").toJava()).isEqualTo(1);
        assertThat(FLEET.evaluate(started, "Cardinality", FLEET.value(Set.of(1, 2)))
                        .toJava())
                .as("an operator that TLC has in Java")
                .isEqualTo(2);
        assertThatThrownBy(() -> FLEET.evaluate(started, "Nothing")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void checksPredicatesOfStatesAndSteps() {
        assertThat(FLEET.holds(started, "Safe")).isTrue();
        assertThat(FLEET.holds(FLEET.with(started, "owed", owed(true)), "Safe")).isFalse();
        assertThat(FLEET.holds(initial, started, "Step")).isTrue();
        assertThat(FLEET.holds(initial, initial, "Step")).as("stuttering").isTrue();
        assertThat(FLEET.holds(started, initial, "Step")).isFalse();
        assertThat(FLEET.holds(initial, started, "Start", a1, h1)).isTrue();
        assertThat(FLEET.holds(initial, started, "Start", a1, FLEET.value("h2")))
                .isFalse();
    }

    private SpecValue owed(boolean answered) {
        return FLEET.value(Map.of("awaits", Set.of("h1"), "answered", answered));
    }

    @Test
    void honoursSubstitutionsOfTheConfiguration(@TempDir Path folder) {
        String[] config = {"SPECIFICATION Spec", "CONSTANTS Agents = {a1} Hosts = {\"h1\"} Limit = 3", "  Rule <- Few"};
        try (LoadedSpec few = Specs.load("Fleet", folder, config)) {
            SpecAction start = few.action("Start");
            SpecValue[] arguments = {few.modelValue("a1"), few.value("h1")};
            SpecState once = few.with(few.initialStates().get(0), "ios", ios(few, 1));
            SpecState twice = few.with(once, "ios", ios(few, 2));
            assertThat(few.successors(once, start, arguments)).hasSize(1);
            assertThat(few.successors(twice, start, arguments)).isEmpty();
            assertThat(few.explain(once, start, arguments)).isEmpty();
            Denial.Refusal refusal =
                    few.explain(twice, start, arguments).orElseThrow().nearest();
            assertThat(refusal.conjunct()).isEqualTo("Rule(h, ios[h].tries)");
            assertThat(refusal.part()).isEqualTo("c < 2");
            assertThat(refusal.module()).isEqualTo("Rules");
            assertThat(refusal.path()).containsExactly("Start", "Rule <- Few");
            assertThat(refusal.bindings()).containsEntry("c", "2");
            assertThat(few.holds(twice, "Rule", few.value("h1"), few.value(2))).isFalse();
        }
    }

    private static SpecValue ios(LoadedSpec spec, int tries) {
        return spec.value(Map.of("h1", Map.of("phase", "idle", "tries", tries)));
    }

    @Test
    void doesNotMixSpecifications(@TempDir Path folder) {
        String[] config = {
            "SPECIFICATION Spec", "CONSTANTS Agents = {b1, b2, b3} Hosts = {\"h1\"} Limit = 3", "  Rule <- Never"
        };
        try (LoadedSpec never = Specs.load("Fleet", folder, config)) {
            SpecState other = never.initialStates().get(0);
            assertThat(never.successors(other, never.action("Start"), never.modelValue("b1"), never.value("h1")))
                    .isEmpty();
            assertThat(FLEET.successors(initial, FLEET.action("Start"), a1, h1)).containsExactly(started);
            assertThat(never.evaluate(other, "Agents")).hasToString("{b1, b2, b3}");
            assertThat(FLEET.evaluate(initial, "Agents")).hasToString("{a1, a2}");
            assertThat(other).isNotEqualTo(initial);
            assertThatThrownBy(() -> never.modelValue("a1")).isInstanceOf(NoSuchElementException.class);
            assertThat(never.value(h1)).as("values cross over").isEqualTo(never.value("h1"));
        }
    }

    @Test
    void isOfNoUseOnceClosed(@TempDir Path folder) {
        LoadedSpec spec = Specs.load("Guards", folder, "INIT Init", "NEXT Next");
        SpecState state = spec.initialStates().get(0);
        SpecAction plain = spec.action("Plain");
        spec.close();
        spec.close();
        assertThatThrownBy(spec::initialStates).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spec.successors(state, plain, spec.value(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spec.evaluate(state, "Hosts")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spec.next(state)).isInstanceOf(IllegalStateException.class);
        assertThat(state.get("x")).as("states stay readable").hasToString("3");
    }
}
