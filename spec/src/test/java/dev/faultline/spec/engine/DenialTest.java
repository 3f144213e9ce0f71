package dev.faultline.spec.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.engine.Denial.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DenialTest {
    private static final LoadedSpec SPEC = Specs.load("Guards");

    private final SpecState initial = SPEC.initialStates().get(0);

    private Denial explain(String action, Object... arguments) {
        return explain(initial, action, arguments);
    }

    private static Denial explain(SpecState state, String action, Object... arguments) {
        SpecValue[] values = Arrays.stream(arguments).map(SPEC::value).toArray(SpecValue[]::new);
        assertThat(SPEC.successors(state, SPEC.action(action), values))
                .as("what is explained is indeed denied")
                .isEmpty();
        return SPEC.explain(state, SPEC.action(action), values).orElseThrow();
    }

    private static int line(String text) {
        return Specs.line("Guards.tla", text);
    }

    @Test
    void isEmptyForAnEnabledAction() {
        assertThat(SPEC.explain(initial, SPEC.action("Plain"), SPEC.value(1))).isEmpty();
        assertThat(SPEC.explain(initial, SPEC.action("Either"), SPEC.value(4))).isEmpty();
        assertThat(SPEC.explain(initial, SPEC.action("Lazy"))).isEmpty();
        assertThat(SPEC.explain(initial, SPEC.action("Chatty"))).isEmpty();
    }

    @Test
    void namesAPlainGuard() {
        Denial denial = explain("Plain", 3);
        Refusal refusal = denial.nearest();
        assertThat(denial.refusals()).hasSize(1);
        assertThat(refusal.conjunct()).isEqualTo("x > n");
        assertThat(refusal.part()).isEqualTo("x > n");
        assertThat(refusal.module()).isEqualTo("Guards");
        assertThat(refusal.line()).isEqualTo(line("/\\ x > n"));
        assertThat(refusal.column()).isEqualTo(6);
        assertThat(refusal.operator()).isEqualTo("Plain");
        assertThat(refusal.bindings()).containsExactly(Map.entry("n", "3"));
        assertThat(refusal.values()).containsExactly(Map.entry("x", "3"));
        assertThat(refusal.error()).isEmpty();
        assertThat(denial.text())
                .isEqualTo("Plain(3) is not allowed here: conjunct `x > n` is false\n  at Guards.tla line "
                        + line("/\\ x > n") + ": x > n\n    n = 3\n    x = 3");
    }

    @Test
    void namesAGuardInsideLetAndACalledOperator() {
        Refusal refusal = explain("InLet", 2).nearest();
        assertThat(refusal.conjunct()).isEqualTo("Enough(x)");
        assertThat(refusal.part()).isEqualTo("m >= twice");
        assertThat(refusal.line()).isEqualTo(line("m >= twice"));
        assertThat(refusal.path()).containsExactly("InLet", "Enough");
        assertThat(refusal.bindings()).containsExactly(Map.entry("m", "3"));
        assertThat(refusal.values()).containsExactly(Map.entry("twice", "4"));
    }

    @Test
    void triesEveryElementOfAnExists() {
        SpecState state = SPEC.with(
                initial,
                "f",
                SPEC.value(Map.of(
                        "h1", Map.of("phase", "idle", "seen", Set.of()),
                        "h2", Map.of("phase", "done", "seen", Set.of()),
                        "h3", Map.of("phase", "idle", "seen", Set.of()))));
        Denial denial = explain(state, "Some");
        assertThat(denial.refusals())
                .map(Refusal::part)
                .containsExactly("f[h].phase = \"idle\"", "Cardinality(f[h].seen) > x");
        assertThat(denial.refusals())
                .map(Refusal::bindings)
                .containsExactly(Map.of("h", "\"h2\""), Map.of("h", "\"h3\""));
        assertThat(denial.furthest()).isEqualTo(1);
        assertThat(denial.nearest().values())
                .containsEntry("Cardinality(f[h].seen)", "0")
                .containsEntry("f[h].seen", "{}")
                .containsEntry("x", "3");
        assertThat(denial.nearest().reads())
                .map(read -> read.text() + " is " + read.variable() + read.path())
                .containsExactlyInAnyOrder("f[h].seen is f[\"h3\", \"seen\"]", "x is x[]");
        assertThat(state.at("f", denial.nearest().reads().get(0).path())
                        .orElse(state.at("x", List.of()).orElseThrow()))
                .isIn(SPEC.value(Set.of()), SPEC.value(3));
        assertThat(state.at("f", List.of(SPEC.value("h9")))).isEmpty();
        assertThat(denial.text())
                .contains("conjunct `Cardinality(f[h].seen) > x` is false")
                .contains("nor in another way:\n    `f[h].phase = \"idle\"` with h=\"h2\" is false");
    }

    @Test
    void namesAnExistsOverNothing() {
        Refusal refusal = explain("Nobody").nearest();
        assertThat(refusal.part()).startsWith("\\E h \\in {g \\in Hosts");
        assertThat(refusal.values())
                .containsEntry("{g \\in Hosts : f[g].phase = \"done\"}", "{}")
                .containsKey("f")
                .doesNotContainKey("DOMAIN f");
    }

    @Test
    void namesTheElementThatAForAllFailsOn() {
        Refusal refusal = explain("All").nearest();
        assertThat(refusal.conjunct()).isEqualTo("\\A h \\in Hosts : h \\in busy");
        assertThat(refusal.part()).isEqualTo("h \\in busy");
        assertThat(refusal.bindings()).containsExactly(Map.entry("h", "\"h2\""));
        assertThat(refusal.values()).containsExactly(Map.entry("busy", "{\"h1\"}"));
    }

    @Test
    void tellsTheConditionsThatLedThere() {
        Refusal then = explain("Branch", "h1").nearest();
        assertThat(then.part()).isEqualTo("f[h].seen # {}");
        assertThat(then.conjunct()).startsWith("IF h \\in busy THEN");
        assertThat(then.conditions()).containsExactly("`h \\in busy` is TRUE");
        assertThat(explain("Branch", "h2").nearest().conditions()).containsExactly("`h \\in busy` is FALSE");
        assertThat(explain("Branch", "h2").text()).contains("because `h \\in busy` is FALSE");
        assertThat(explain("Implied").nearest().conditions()).containsExactly("`mode = \"open\"` is TRUE");
        Refusal cases = explain("Cases").nearest();
        assertThat(cases.part()).isEqualTo("x < 0");
        assertThat(cases.conditions()).containsExactly("`mode = \"closed\"` is FALSE", "`mode = \"open\"` is TRUE");
    }

    @Test
    void evaluatesPrimesWithTheNextStateSoFar() {
        Refusal refusal = explain("Primed", 2).nearest();
        assertThat(refusal.part()).isEqualTo("x' < 5");
        assertThat(refusal.values()).containsExactly(Map.entry("x'", "5"));
        assertThat(SPEC.successors(initial, SPEC.action("Primed"), SPEC.value(1)))
                .hasSize(1);
        Refusal twice = explain("Twice").nearest();
        assertThat(twice.part()).isEqualTo("x' = 2");
        assertThat(twice.values()).containsExactly(Map.entry("x'", "1"));
        Refusal moved = explain("Moved").nearest();
        assertThat(moved.part()).isEqualTo("UNCHANGED x");
        assertThat(moved.values()).containsExactly(Map.entry("x", "3 ≠ 1"));
    }

    @Test
    void reportsEveryDisjunctAndTheFurthest() {
        Denial denial = explain("Either", 2);
        assertThat(denial.refusals()).map(Refusal::part).containsExactly("mode = \"closed\"", "x < n");
        assertThat(denial.furthest()).isEqualTo(1);
        Denial guarded = explain("Guarded");
        assertThat(guarded.refusals()).map(Refusal::part).containsExactly("x = 0", "mode = \"shut\"");
        assertThat(guarded.nearest().conjunct()).isEqualTo("x = 0 \\/ mode = \"shut\"");
    }

    @Test
    void reportsAFailureOfEvaluation() {
        Refusal refusal = SPEC.explain(initial, SPEC.action("Outside"), SPEC.value("h9"))
                .orElseThrow()
                .nearest();
        assertThat(refusal.part()).isEqualTo("f[h].phase = \"idle\"");
        assertThat(refusal.line()).isEqualTo(line("Outside(h) =="));
        assertThat(refusal.error())
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("Attempted to apply function")
                        .endsWith("to argument \"h9\", which is not in the domain of the function.")
                        .doesNotContain("\n"));
        assertThat(refusal.bindings()).containsEntry("h", "\"h9\"");
        assertThat(refusal.values()).containsEntry("DOMAIN f", "{\"h1\", \"h2\", \"h3\"}");
        Refusal partial =
                SPEC.explain(initial, SPEC.action("Partial")).orElseThrow().nearest();
        assertThat(partial.error()).hasValue("no next value for mode");
    }

    @Test
    void looksIntoWhatIsCalledIfThatIsAllThereIs() {
        Refusal refusal = explain("Free", "h1").nearest();
        assertThat(refusal.part()).isEqualTo("~Busy(h)");
        assertThat(refusal.bindings()).containsExactly(Map.entry("h", "\"h1\""), Map.entry("host", "\"h1\""));
        assertThat(refusal.values()).containsExactly(Map.entry("Busy(h)", "TRUE"), Map.entry("busy", "{\"h1\"}"));
    }

    @Test
    void triesEveryNextValueOfASet() {
        Denial choice = explain("Choice");
        assertThat(choice.nearest().part()).isEqualTo("x' < 9");
        assertThat(choice.nearest().values()).containsExactly(Map.entry("x'", "9"));
        Refusal none = explain("None").nearest();
        assertThat(none.part()).startsWith("x' \\in {y");
        assertThat(none.values()).containsEntry("{y \\in 1..5 : y > x + 5}", "{}");
    }

    @Test
    void copesWithManyElements() {
        Refusal refusal = explain("Wide").nearest();
        assertThat(refusal.part()).isEqualTo("i # 19999");
        assertThat(refusal.bindings()).containsExactly(Map.entry("i", "19999"));
    }

    @Test
    void knowsStepsThatMustOrNeedNotChangeSomething() {
        Refusal angle = explain("Angle").nearest();
        assertThat(angle.part()).isEqualTo("changed vars");
        assertThat(explainPartial("Stutter").refusals()).map(Refusal::part).contains("x > n");
    }

    @Test
    void showsOfAFunctionOnlyWhatIsAskedOfIt() {
        assertThat(explain("Known", "h9").nearest().values())
                .containsExactly(Map.entry("DOMAIN f", "{\"h1\", \"h2\", \"h3\"}"));
    }

    @Test
    void copesWithValuesThatCannotBeWrittenDown() {
        assertThat(explainPartial("Early").nearest().part()).isEqualTo("UNCHANGED x + 1");
        assertThat(explainPartial("Early").nearest().error()).isPresent();
        assertThat(explainPartial("Endless").nearest().part()).isEqualTo("[i \\in Nat |-> i] = f");
        assertThat(explainPartial("Endless").nearest().values()).containsOnlyKeys("f");
        assertThat(explain("Powers", Set.of(0)).nearest().values())
                .containsExactly(Map.entry("SUBSET (1..40)", "SUBSET 1..40"));
    }

    private Denial explainPartial(String action) {
        return SPEC.explain(initial, SPEC.action(action)).orElseThrow();
    }

    @Test
    void looksThroughAnExpressionThatIsPassed() {
        Refusal refusal = explain("Passing").nearest();
        assertThat(refusal.part()).isEqualTo("x > 3");
        assertThat(refusal.path()).containsExactly("Passing", "Passed");
    }

    @Test
    void quotesAConjunctOfManyLinesOnOne() {
        Refusal refusal = explain("Multi").nearest();
        assertThat(refusal.part()).isEqualTo("f = [h \\in Hosts |-> [phase |-> \"idle\", seen |-> {1}]]");
        assertThat(refusal.values())
                .as("only where the sides differ")
                .containsExactly(
                        Map.entry("f[\"h1\"].seen", "{} ≠ {1}"),
                        Map.entry("f[\"h2\"].seen", "{} ≠ {1}"),
                        Map.entry("f[\"h3\"].seen", "{} ≠ {1}"));
    }

    @Test
    void explainsAGivenStep() {
        SpecAction plain = SPEC.action("Plain");
        SpecState two = SPEC.with(initial, "x", SPEC.value(2));
        assertThat(SPEC.explain(initial, two, plain, SPEC.value(1))).isEmpty();
        Refusal wrong = SPEC.explain(initial, SPEC.with(two, "x", SPEC.value(1)), plain, SPEC.value(1))
                .orElseThrow()
                .nearest();
        assertThat(wrong.part()).isEqualTo("x' = x - n");
        assertThat(wrong.values()).containsEntry("x'", "1").containsEntry("x - n", "2");
        Refusal more = SPEC.explain(initial, SPEC.with(two, "mode", SPEC.value("shut")), plain, SPEC.value(1))
                .orElseThrow()
                .nearest();
        assertThat(more.part()).isEqualTo("UNCHANGED mode");
        assertThat(more.conjunct()).isEqualTo("Same");
        assertThat(two.get("mode")).as("the states are left alone").hasToString("\"open\"");
    }
}
