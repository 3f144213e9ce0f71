package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.docs.GeneratedDocs;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.ModelChecker;
import dev.faultline.spec.model.ModelResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs} on a checkout that has a rule, a model without it, and a reading. */
class DocsCommandTest {
    @TempDir
    private Path home;

    @BeforeEach
    void writeModels() throws IOException {
        Files.createDirectories(home.resolve("spec/models"));
        Files.createDirectories(home.resolve("spec/modules"));
        Files.createDirectories(home.resolve("docs/findings"));
        write("spec/modules/Counter.tla", """
                ---- MODULE Counter ----
                EXTENDS Integers
                VARIABLE n
                Init == n = 0
                (* RULE. It stops
                   at two. *)
                Stops(m) == m < 2
                Up(by) == Stops(n) /\\ n' = n + by
                Spec == Init /\\ [][Up(1)]_n
                Small == n < 3
                ====
                """);
        write("spec/models/MC.tla", "---- MODULE MC ----\nEXTENDS Counter\nAlways(x) == TRUE\n====\n");
        write("spec/models/Naive.cfg", "SPECIFICATION Spec\nINVARIANT Small\nCONSTANT Stops <- Always\n");
        write("spec/models/Reading.cfg", "SPECIFICATION Spec\nINVARIANT Small\nCHECK_DEADLOCK FALSE\n");
        write("docs/findings/0001-x.md", "# Finding 1: x\n\nModel `Reading`.\n");
        write("spec/models/manifest.json", """
                {"models": [
                  {"name": "Naive", "module": "MC", "config": "Naive.cfg", "suite": "quick", "rule": "Stops",
                   "expect": "breaks", "property": "Small", "why": "It never stops."},
                  {"name": "Reading", "module": "MC", "config": "Reading.cfg", "suite": "quick",
                   "expect": "holds", "states": 1234, "depth": 3, "why": "It may stop."}
                ]}""");
    }

    private void write(String name, String text) {
        try {
            Files.writeString(home.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Run docs(String... arguments) {
        return Run.at(
                home, Stream.concat(Stream.of("docs"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void writesWhatTheModelsSayAndTellsWhatDiffers() {
        Run written = docs();
        assertThat(written.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(written.out().lines())
                .containsExactly(
                        "docs/readings.md written",
                        "docs/rules.md written",
                        "docs/rules/Naive.svg written",
                        "docs/traces.md written",
                        "docs/trace.schema.json written");
        assertThat(read("docs/rules.md")).endsWith("""
                ## Stops

                Defined in [`Counter.tla`](../spec/modules/Counter.tla).

                > It stops at two.

                The model `Naive` takes it away. It never stops. Then `Small` breaks; the shortest counterexample has 3 steps:

                ![Sequence diagram of Naive](rules/Naive.svg)
                """);
        assertThat(read("docs/readings.md")).endsWith("""
                | [`Reading`](#reading) | holds | 1,234 |

                ## Reading

                It may stop. It holds.

                See [Finding 1: x](findings/0001-x.md).
                """);
        assertThat(read("docs/rules/Naive.svg"))
                .contains("3. controller: Up(1); n = 3")
                .endsWith("</svg>\n");

        write("docs/rules.md", read("docs/rules.md").replace("\n", "\r\n"));
        Run unchanged = docs("--check");
        assertThat(unchanged.out()).isEqualTo("the docs are what the models and the records say\n");
        assertThat(unchanged.status()).isEqualTo(ExitStatus.EXPECTED);

        write("docs/rules.md", "something else");
        write("docs/rules/Old.svg", "");
        assertThat(home.resolve("docs/readings.md").toFile().delete()).isTrue();
        Run differing = docs("--check");
        assertThat(differing.status()).isEqualTo(ExitStatus.UNEXPECTED);
        assertThat(differing.out().lines())
                .containsExactly(
                        "docs/readings.md is missing: run ./faultline docs",
                        "docs/rules.md is not what the models say: run ./faultline docs",
                        "docs/rules/Old.svg belongs to no model: run ./faultline docs");
        assertThat(read("docs/rules.md")).isEqualTo("something else");
        assertThat(home.resolve("docs/rules/Old.svg")).exists();

        Run mended = docs();
        assertThat(mended.out().lines())
                .containsExactly(
                        "docs/readings.md written",
                        "docs/rules.md written",
                        "docs/rules/Old.svg removed: it belongs to no model");
        assertThat(home.resolve("docs/rules")).isDirectoryContaining("glob:**Naive.svg");
        assertThat(home.resolve("docs/rules/Old.svg")).doesNotExist();
    }

    private List<String> differencesUndrawn() throws IOException, InterruptedException {
        Manifest manifest = Manifest.read(home.resolve("spec/models/manifest.json"));
        List<ModelResult> results = new ModelChecker(List.of(home.resolve("spec/modules")), OptionalInt.empty())
                .check(manifest.models(), result -> {});
        return GeneratedDocs.of(home, manifest, results).differencesUndrawn();
    }

    /** As the quick job does. */
    @Test
    void undrawnAPictureIsHeldAgainstTheCounterexampleThatItIsOf() throws IOException, InterruptedException {
        docs();
        assertThat(differencesUndrawn()).isEmpty();

        write("docs/rules/Naive.svg", read("docs/rules/Naive.svg").replace("Up(1)", "Up(2)"));
        assertThat(differencesUndrawn()).as("what only another drawing shows").isEmpty();
        assertThat(docs("--check").out()).contains("docs/rules/Naive.svg is not what the models say");

        String counter = read("spec/modules/Counter.tla");
        write("spec/modules/Counter.tla", counter.replace("VARIABLE n\n", "\nVARIABLE n\n"));
        assertThat(differencesUndrawn()).as("where an action is").isEmpty();

        write("spec/modules/Counter.tla", counter.replace("n = 0", "n = 1"));
        assertThat(differencesUndrawn())
                .containsExactly(
                        "docs/rules.md is not what the models say", "docs/rules/Naive.svg is not what the models say");

        assertThat(home.resolve("docs/rules/Naive.svg").toFile().delete()).isTrue();
        assertThat(differencesUndrawn()).contains("docs/rules/Naive.svg is missing");
    }

    @Test
    void withTracesNoModelIsRun() {
        write("spec/models/manifest.json", "{}");
        assertThat(docs("--traces").out().lines())
                .containsExactly("docs/traces.md written", "docs/trace.schema.json written");
        write("docs/trace.schema.json", "{}");
        Run stale = docs("--traces", "--check");
        assertThat(stale.out()).isEqualTo("docs/trace.schema.json is not what the records say: run ./faultline docs\n");
        assertThat(stale.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    @Test
    void keepsWhatIsNoReadingApartAndSaysWhatStandsForWhat() {
        write("spec/models/Reading.cfg", "SPECIFICATION Spec\nINVARIANT Small\nCONSTANT Up <- Always\n");
        write("spec/models/Without.cfg", "SPECIFICATION Spec\nINVARIANT Small\nCONSTANT Stops <- Always\n");
        write("spec/models/manifest.json", read("spec/models/manifest.json").replace("\"models\": [", """
                        "models": [
                          {"name": "Without", "module": "MC", "config": "Without.cfg", "suite": "quick",
                           "expect": "breaks", "property": "Small", "why": "Nothing stops it."},"""));
        assertThat(docs().status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(read("docs/readings.md")).endsWith("""
                | [`Reading`](#reading) | holds | 1,234 |

                ## Reading

                It may stop. It holds.

                - `Always` in place of `Up`

                See [Finding 1: x](findings/0001-x.md).

                ## What else breaks

                These models are no readings: each leaves out something that is needed.

                ### Without

                Nothing stops it. Then `Small` breaks; the shortest counterexample has 3 steps:

                ![Sequence diagram of Without](rules/Without.svg)

                - `Always` in place of `Stops`
                """);
    }

    @Test
    void printsOnePicture() {
        Run run = docs("--model", "Naive");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(run.out())
                .startsWith("Naive: It never stops.\n")
                .contains("\n    1       *       Up(1); n = 1\n")
                .doesNotContain("At first")
                .endsWith("=> Step 3 breaks Small.\n");
        assertThat(home.resolve("docs/rules")).doesNotExist();
    }

    @Test
    void writesNothingIfAModelDoesNotBreakAsItShould() {
        write("spec/modules/Counter.tla", read("spec/modules/Counter.tla").replace("Stops(n)", "n < 2"));
        write("spec/models/Naive.cfg", read("spec/models/Naive.cfg") + "CHECK_DEADLOCK FALSE\n");
        Run run = docs();
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
        assertThat(run.err()).endsWith("faultline: Naive: expected that it breaks Small, but it holds\n");
        assertThat(home.resolve("docs/rules.md")).doesNotExist();
        write("spec/models/Naive.cfg", "SPECIFICATION Spec\nINVARIANT Small\nCONSTANT Stops <- Never\n");
        assertThat(docs().status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void cannotDrawWhatDoesNotBreak() {
        assertThat(docs("--model", "Reading").err())
                .isEqualTo("faultline: there is no model 'Reading' that breaks; there are Naive; "
                        + "see 'faultline docs --help'\n");
        assertThat(docs("--model", "Naive", "--check").status()).isEqualTo(ExitStatus.UNUSABLE);
    }
}
