package dev.faultline.spec.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.model.Counterexample;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelChecker;
import dev.faultline.spec.model.Verdict;
import dev.faultline.spec.picture.SequenceDiagram;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterexamplePictureTest {
    @TempDir
    private Path folder;

    private static Verdict.Breaks check(Model model) throws InterruptedException {
        return (Verdict.Breaks) new ModelChecker(List.of(), OptionalInt.of(1))
                .check(List.of(model), result -> {})
                .get(0)
                .verdict();
    }

    private static Model sample(String name) throws URISyntaxException {
        Path manifest = Path.of(Manifest.class
                .getResource("/dev/faultline/spec/model/manifest.json")
                .toURI());
        return Manifest.read(manifest).models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Initially  | 0 | It begins with StartsAtOne broken.
            Stuttering | 2 | Then nothing happens any more, which breaks Arrives.
            """)
    void endsAsTheCounterexampleDoes(String name, int steps, String ending) throws Exception {
        Model model = sample(name);
        SequenceDiagram picture = CounterexamplePicture.of(model, check(model), List.of());
        assertThat(picture.ending()).isEqualTo(ending);
        assertThat(picture.steps()).hasSize(steps);
        assertThat(picture.title()).isEqualTo(name + ": " + model.why());
    }

    @Test
    void drawsTheStepThatLeadsBack() throws Exception {
        Model model = sample("Loop");
        SequenceDiagram picture = CounterexamplePicture.of(model, check(model), List.of());
        assertThat(picture.ending()).isEqualTo("Then on from step 1 again, for ever, which breaks Settles.");
        assertThat(picture.text())
                .contains("-- from here on it goes round, for ever --")
                .containsSubsequence("Round; n = 1", "Round; n = 2", "Round; n = 0");
    }

    private List<ActionStep> named(String... states) throws IOException {
        Path module = Files.writeString(folder.resolve("Lamps.tla"), """
                ---- MODULE Lamps ----
                VARIABLE lit
                Init == lit = {}
                Switch(l) == /\\ lit' = lit \\union {l}
                Flip(l) == /\\ lit' = {l}
                Step == \\E l \\in {"a", "b"} : Switch(l)
                ====
                """);
        Path config = Files.writeString(folder.resolve("Lamps.cfg"), "INIT Init\nNEXT Step\nCONSTANT Switch <- Flip\n");
        List<Counterexample.Step> steps = List.of(states).stream()
                .map(state -> new Counterexample.Step("Step", "", state))
                .toList();
        try (LoadedSpec spec = LoadedSpec.load(module, config)) {
            return new NamedSteps(spec, config).of(new Counterexample("", steps, new Counterexample.Ending.Reached()));
        }
    }

    @Test
    void findsTheActionItsArgumentsAndWhatItStandsInFor() throws IOException {
        assertThat(named("lit = {}", "lit = {\"b\"}")).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo("Switch");
            assertThat(Words.call(step)).isEqualTo("Flip(b)");
        });
    }

    @Test
    void fallsBackOnWhatTlcPrintedForAStepThatItCannotFind() throws IOException {
        assertThat(named("lit = {}", "lit = {\"c\"}", "lit = ???"))
                .extracting(step -> step.shown() + " " + step.after())
                .containsExactly("Step {lit=[c]}", "Step {state=lit = ???}");
    }
}
