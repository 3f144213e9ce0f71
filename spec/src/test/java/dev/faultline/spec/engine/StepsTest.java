package dev.faultline.spec.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the next-state relation takes, and not only what an action allows. */
class StepsTest {
    private static final LoadedSpec TURNS = Specs.load("Turns");

    private final SpecState initial = TURNS.initialStates().get(0);

    private static List<SpecValue> values(Object... plain) {
        return Arrays.stream(plain).map(TURNS::value).toList();
    }

    private List<SpecState> steps(String action, Object... arguments) {
        return TURNS.steps(initial, TURNS.action(action), values(arguments));
    }

    private String refusal(String action, Object... arguments) {
        return TURNS.explainSteps(initial, TURNS.action(action), values(arguments))
                .orElseThrow()
                .text();
    }

    private static int line(String text) {
        return Specs.line("Turns.tla", text);
    }

    @Test
    void argumentsMustBeThoseOfTheQuantifier() {
        assertThat(steps("Add", 3)).hasSize(1);
        assertThat(TURNS.successors(initial, TURNS.action("Add"), TURNS.value(4)))
                .as("what the action alone allows")
                .hasSize(1);
        assertThat(steps("Add", 4)).isEmpty();
        assertThat(refusal("Add", 4))
                .startsWith("Add(4) is not allowed here: conjunct `n \\in 1..3` is false\n  at Turns.tla line ")
                .contains("\n    n = 4");
        assertThat(steps("Through", 3)).as("an operator on the way").hasSize(1);
        assertThat(steps("Add", "three")).as("another kind of value").isEmpty();
    }

    @Test
    void anInfiniteSetIsNotSearched() {
        assertThat(steps("Any", 1_000_000)).hasSize(1);
        assertThat(steps("Any", -1)).isEmpty();
        assertThat(refusal("Any", -1)).contains("`n \\in Nat` is false", "n = -1");
    }

    @Test
    void conjunctsBesideTheActionCount() {
        assertThat(steps("Set", 2)).as("what it leaves open is said beside it").hasSize(1);
        assertThat(steps("Set", 4)).isEmpty();
        SpecState full = TURNS.with(initial, "x", TURNS.value(100));
        assertThat(TURNS.steps(full, TURNS.action("Set"), values(2))).isEmpty();
        assertThat(TURNS.explainSteps(full, TURNS.action("Set"), values(2)))
                .hasValueSatisfying(why -> assertThat(why.text())
                        .contains("conjunct `x < 100` is false", "Turns.tla line " + line("Guarded(n) =="), "x = 100"));
    }

    /** A step that another branch makes is none of this one, if a conjunct beside the call is false. */
    @Test
    void conjunctsOfTheBranchCountOnceTheNextStatesAreMade() {
        assertThat(steps("Open", 2)).hasSize(1);
        assertThat(steps("Shut", 2)).isEmpty();
        assertThat(refusal("Shut", 2)).contains("conjunct `x = 50` is false", "x = 0");
        SpecState ajar = TURNS.with(initial, "x", TURNS.value(50));
        assertThat(TURNS.steps(ajar, TURNS.action("Shut"), values(2))).hasSize(1);
    }

    @Test
    void tuplesConditionsOperatorsAndDefinitionsAreGoneThrough() {
        assertThat(steps("Pair", 3, 4)).hasSize(1);
        assertThat(steps("Pair", 1, 4)).isEmpty();
        assertThat(steps("Odd", 3)).hasSize(1);
        assertThat(steps("Odd", 2)).isEmpty();
        assertThat(refusal("Odd", 2)).contains("conjunct `n % 2 = 1` is false");
        assertThat(steps("Even", 2)).hasSize(1);
        assertThat(steps("Even", 3)).isEmpty();
        assertThat(steps("Twice", 2)).hasSize(1);
        assertThat(steps("Twice", 5)).as("its conjunct is false").isEmpty();
        assertThat(steps("Twice", 1)).isEmpty();
        SpecState two = TURNS.with(initial, "x", TURNS.value(2));
        assertThat(TURNS.steps(two, TURNS.action("Down"), values(2))).hasSize(1);
        assertThat(TURNS.steps(two, TURNS.action("Down"), values(3))).isEmpty();
    }

    @Test
    void instancesAreKeptApart() {
        assertThat(steps("Low!Go", 1)).hasSize(1);
        assertThat(steps("Low!Go", 8)).isEmpty();
        assertThat(steps("High!Go", 8)).hasSize(1);
        assertThat(steps("High!Go", 1)).isEmpty();
        assertThat(steps("High!Go", 7)).as("it is there already").isEmpty();
        assertThat(refusal("High!Go", 1)).contains("`f \\in Floors` is false", "Floors = {7, 8, 9}", "f = 1");
    }

    /** Seen from the root module, an action of an instance with parameters has these before its own. */
    @Test
    void parametersOfInstancesComeBeforeThoseOfTheAction() {
        assertThat(steps("Lifts!Jump", 20, 19)).hasSize(1);
        assertThat(steps("Lifts!Jump", 30, 29)).hasSize(1);
        assertThat(steps("Lifts!Jump", 30, 19)).as("of another instance").isEmpty();
        assertThat(steps("Lifts!Jump", 20, 21)).as("the guard").isEmpty();
        assertThat(steps("Lifts!Jump", 40, 39)).as("there is no such instance").isEmpty();
        assertThat(steps("Lifts!Jump", 70, 69))
                .as("an argument that is no name")
                .hasSize(1);
        assertThat(steps("Lifts!Jump", 80, 69)).as("of another instance").isEmpty();
        assertThat(refusal("Lifts!Jump", 40, 39)).contains("`10 * tens = 40` is false", "10 * tens = 70");
        assertThat(steps("Lifts!Move", 20))
                .as("the call of the instance itself")
                .hasSize(11);
        assertThat(steps("Lifts!From!Go", 20, 15, 17)).hasSize(1);
        assertThat(steps("Lifts!From!Go", 20, 15, 12)).isEmpty();
        assertThat(steps("Lifts!From!Go", 20, 10, 12)).hasSize(1);
        assertThat(steps("Lifts!From!Go", 30, 10, 25)).hasSize(1);
        assertThat(steps("Lifts!From!Go", 20, 10, 25)).isEmpty();
        assertThat(steps("Lifts!From!Go", 20, 12, 13)).isEmpty();
        assertThat(refusal("Lifts!From!Go", 20, 12, 13)).contains("`bottom \\in {10, 15}` is false", "bottom = 12");
        assertThat(steps("Lifts!Fall", 20, 2)).isEmpty();
        assertThat(refusal("Lifts!Fall", 20, 2))
                .contains("Lifts!Fall(20, 2) is not allowed here", "in Next → Lifts!Move → Fall: at > 0");
    }

    @Test
    void withoutArgumentsAnyWillDo() {
        assertThat(TURNS.steps(initial, TURNS.action("Add"))).hasSize(3);
        assertThat(TURNS.steps(initial, TURNS.action("Parity"))).hasSize(4);
        assertThat(TURNS.steps(initial, TURNS.action("Set"))).hasSize(3);
        assertThat(TURNS.steps(initial, TURNS.action("High!Go"))).hasSize(2);
        assertThatThrownBy(() -> TURNS.steps(initial, TURNS.action("Any")))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageContaining("Nat");
    }

    @Test
    void recursionIsNotFollowed() {
        assertThat(TURNS.isTaken(TURNS.action("Add"))).isTrue();
        assertThat(TURNS.isTaken(TURNS.action("Next"))).isTrue();
        assertThat(TURNS.isTaken(TURNS.action("Never"))).isFalse();
        assertThat(steps("Never", 1)).isEmpty();
    }

    /** The same steps as those that are found by going through all of the relation. */
    @Test
    void agreesWithTheWholeRelation() {
        try (LoadedSpec fleet = Specs.load("Fleet")) {
            SpecState state = fleet.initialStates().get(0);
            for (int i = 0; i < 4; i++) {
                List<SpecTransition> all = fleet.next(state);
                assertThat(all).isNotEmpty();
                for (SpecTransition step : all) {
                    assertThat(fleet.steps(state, fleet.action(step.action()), step.arguments()))
                            .contains(step.after());
                    assertThat(fleet.explainSteps(state, fleet.action(step.action()), step.arguments()))
                            .isEmpty();
                }
                state = all.get(0).after();
            }
        }
    }

    @Test
    void anArgumentThatIsComputedIsCompared() {
        LoadedSpec fleet = Specs.load("Fleet");
        SpecState state = fleet.initialStates().get(0);
        SpecValue a1 = fleet.modelValue("a1");
        state = fleet.steps(state, fleet.action("Start"), List.of(a1, fleet.value("h1")))
                .get(0);
        state = fleet.steps(state, fleet.action("Perform"), List.of(fleet.value("h1")))
                .get(0);
        assertThat(fleet.steps(state, fleet.action("Answer"), List.of(a1, fleet.value(1))))
                .hasSize(1);
        assertThat(fleet.steps(state, fleet.action("Answer"), List.of(a1, fleet.value(2))))
                .isEmpty();
        assertThat(fleet.explainSteps(state, fleet.action("Answer"), List.of(a1, fleet.value(2))))
                .hasValueSatisfying(why -> assertThat(why.text()).contains("`count = 2` is false", "count = 1"));
    }
}
