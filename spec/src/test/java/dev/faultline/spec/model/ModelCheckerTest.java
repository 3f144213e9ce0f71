package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real TLC on small models, all of them in one go; each test looks at what it says about one. */
class ModelCheckerTest {
    private static final List<String> FINISHED = new ArrayList<>();
    private static List<String> filesBefore;
    private static List<Model> models;
    private static List<ModelResult> inOrder;
    private static Map<String, ModelResult> results;

    @BeforeAll
    static void checkAll() throws IOException, InterruptedException {
        filesBefore = files();
        models = Manifest.read(Samples.folder().resolve("manifest.json")).of(Suite.QUICK);
        inOrder = new ModelChecker(List.of(), OptionalInt.empty())
                .countingActions(Long.MAX_VALUE)
                .check(models, result -> FINISHED.add(result.model().name()));
        results = inOrder.stream()
                .collect(Collectors.toMap(result -> result.model().name(), Function.identity()));
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(Samples.folder())) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private static Counterexample counterexample(String model) {
        return ((Verdict.Breaks) results.get(model).verdict()).counterexample();
    }

    @Test
    void givesResultsInTheOrderOfTheModelsAndTellsOfEachOnce() {
        assertThat(inOrder).map(ModelResult::model).isEqualTo(models);
        assertThat(FINISHED).containsExactlyInAnyOrderElementsOf(results.keySet());
    }

    @Test
    void writesNothingBesideTheModels() throws IOException {
        assertThat(files()).isEqualTo(filesBefore);
    }

    @Test
    void countsTheStatesOfAModelThatHolds() {
        ModelResult fine = results.get("Fine");
        assertThat(fine.surprises()).isEmpty();
        assertThat(fine.verdict()).isEqualTo(new Verdict.Holds());
        assertThat(fine.generated()).hasValue(4);
        assertThat(fine.distinct()).hasValue(4);
        assertThat(fine.depth()).hasValue(4);
        assertThat(fine.workers()).isEqualTo(1);
        assertThat(fine.time()).isPositive();
    }

    @Test
    void takesAnotherNumberOfStatesForAFailure() {
        assertThat(results.get("Shrunk").verdict()).isEqualTo(new Verdict.Holds());
        assertThat(results.get("Shrunk").surprises()).containsExactly("expected 5 distinct states, but found 4");
    }

    @Test
    void takesAnotherVerdictForAFailure() {
        assertThat(results.get("Optimistic").surprises())
                .containsExactly("expected that it holds, but it breaks Small");
        assertThat(results.get("Pessimistic").surprises())
                .containsExactly("expected that it breaks TypeOK, but it holds");
    }

    @Test
    void showsHowAnInvariantIsViolated() {
        assertThat(results.get("Invariant").surprises()).isEmpty();
        Counterexample shown = counterexample("Invariant");
        assertThat(shown.headline()).isEqualTo("Invariant Small is violated.");
        assertThat(shown.steps()).map(Counterexample.Step::state).containsExactly("n = 0", "n = 1", "n = 2");
        assertThat(shown.steps()).map(Counterexample.Step::action).containsExactly("Initial predicate", "Up", "Up");
        assertThat(shown.steps().get(0).location()).isEmpty();
        assertThat(shown.steps().get(1).location()).isEqualTo("line 8, col 9 to line 8, col 29 of module Counter");
        assertThat(shown.ending()).isEqualTo(new Counterexample.Ending.Reached());
    }

    @Test
    void showsAnInitialStateThatViolatesAnInvariant() {
        assertThat(results.get("Initially").surprises()).isEmpty();
        assertThat(counterexample("Initially").steps())
                .containsExactly(new Counterexample.Step("Initial predicate", "", "n = 0"));
    }

    @Test
    void knowsAnActionPropertyByItsName() {
        assertThat(results.get("Action").verdict()).hasToString("breaks GrowsByTwo");
        assertThat(counterexample("Action").steps()).hasSize(2);
    }

    @Test
    void knowsAnActionPropertyByThePlaceOfItsPart() {
        assertThat(results.get("Conjunct").verdict()).hasToString("breaks GrowsSlowly");
        assertThat(counterexample("Conjunct").headline()).contains("of module Counter is violated");
    }

    @Test
    void knowsTheOnlyPropertyWhoseFalsePartIsInAnotherModule() {
        assertThat(results.get("Refinement").verdict()).hasToString("breaks Refines");
        assertThat(counterexample("Refinement").headline()).contains("of module Halves is violated");
    }

    @Test
    void takesAStateWithoutSuccessorForADeadlock() {
        assertThat(results.get("Deadlock").surprises()).isEmpty();
        assertThat(counterexample("Deadlock").steps()).hasSize(4);
    }

    @Test
    void showsABehaviourThatStops() {
        assertThat(results.get("Stuttering").surprises()).isEmpty();
        assertThat(counterexample("Stuttering").ending()).isEqualTo(new Counterexample.Ending.Stuttering());
        assertThat(counterexample("Stuttering").steps()).isNotEmpty();
    }

    @Test
    void showsABehaviourThatGoesRound() {
        assertThat(results.get("Loop").surprises()).isEmpty();
        Counterexample shown = counterexample("Loop");
        assertThat(shown.ending()).isEqualTo(new Counterexample.Ending.BackTo(1));
        assertThat(shown.text()).endsWith("n = 2\n\nand then back to 1, for ever\n");
    }

    @Test
    void knowsTheOnlyTemporalPropertyAmongOthers() {
        assertThat(results.get("Lasso").verdict()).hasToString("breaks Returns");
        Counterexample shown = counterexample("Lasso");
        assertThat(shown.steps()).map(Counterexample.Step::state).containsExactly("n = 0", "n = 1", "n = 2", "n = 3");
        assertThat(shown.ending()).isEqualTo(new Counterexample.Ending.BackTo(2));
        assertThat(results.get("Several").verdict()).hasToString("breaks Recurs or Returns");
        assertThat(results.get("FairAction").verdict()).hasToString("breaks Stays");
    }

    @Test
    void makesADifferenceBetweenFairnessAndNone() {
        assertThat(results.get("Fair").surprises()).isEmpty();
        assertThat(results.get("Unfair").verdict()).hasToString("breaks Recurs");
        assertThat(counterexample("Unfair").ending()).isEqualTo(new Counterexample.Ending.Stuttering());
    }

    @Test
    void countsHowOftenEachActionIsTaken() {
        assertThat(results.get("Fine").actions()).containsExactly(new ActionCount("Counter", "Up", 3));
        assertThat(results.get("Lamps").surprises()).isEmpty();
        assertThat(results.get("Lamps").actions())
                .containsExactly(
                        new ActionCount("LampActions", "Break", 0),
                        new ActionCount("LampActions", "Test", 8),
                        new ActionCount("LampActions", "TurnOff", 16),
                        new ActionCount("LampActions", "TurnOn", 8),
                        new ActionCount("Lamps", "Change", 14),
                        new ActionCount("MCLamps", "ReallyBlink", 2));
    }

    @Test
    void countsNoActionsWhereARuleIsTakenAway() {
        assertThat(results.get("Invariant").actions()).isEmpty();
    }

    @Test
    void tellsWhichSituationsAreReached() {
        assertThat(results.get("Reached").reached())
                .containsExactlyInAnyOrder("at one", "a name so long that TLC is only just able to leave it as one");
        assertThat(results.get("Reached").surprises()).containsExactly("expected to reach \"beyond\", but did not");
    }

    @Test
    void simulates() {
        ModelResult simulated = results.get("Simulated");
        assertThat(simulated.surprises()).isEmpty();
        assertThat(simulated.generated().orElseThrow()).isGreaterThan(20);
        assertThat(simulated.distinct()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void saysInOneLineWhyThereIsNoVerdict() {
        assertThat(results.get("Syntax").verdict())
                .isEqualTo(new Verdict.Failed("BadSyntax.tla line 3: Was expecting \"==== or more Module body\" "
                        + "Encountered \"0\" after \"=\""));
        assertThat(results.get("Import").verdict())
                .isEqualTo(new Verdict.Failed("BadImport.tla line 2: Cannot find source file for module Nowhere "
                        + "imported in module BadImport."));
        assertThat(results.get("Constant").verdict())
                .isEqualTo(new Verdict.Failed(
                        "Constant.cfg line 3: the constant Mox does not appear in the specification"));
        assertThat(results.get("Evaluation").verdict())
                .isEqualTo(new Verdict.Failed("Evaluating invariant Comparable failed. "
                        + "Attempted to check equality of integer 2 with non-integer: \"two\""));
    }

    @Test
    void writesACounterexample(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("Invariant.txt");
        counterexample("Invariant").write(file);
        assertThat(file).hasContent("""
                Invariant Small is violated.

                1: Initial predicate
                n = 0

                2: Up (line 8, col 9 to line 8, col 29 of module Counter)
                n = 1

                3: Up (line 8, col 9 to line 8, col 29 of module Counter)
                n = 2
                """);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
