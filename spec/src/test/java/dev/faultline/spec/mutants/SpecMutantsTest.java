package dev.faultline.spec.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.engine.Conjunct;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.TlcProcesses;
import dev.faultline.spec.mutants.SpecMutation.Notice;
import dev.faultline.spec.mutants.SpecMutation.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a lamp that is switched on and off, and burns out. */
class SpecMutantsTest {
    private static final String MODULE = """
            ---- MODULE Lamp ----
            EXTENDS Integers
            VARIABLES lit, used
            (* RULE. *)
            MayBurn(n) == used < n /\\ n < 9
            Init == lit = FALSE /\\ used = 0
            On ==
              /\\ ~lit
              /\\ MayBurn(3)
              /\\ lit' = TRUE
              /\\ used' = IF used < 3
                          THEN used + 1
                          ELSE used
            Off == lit /\\ lit' = FALSE /\\ UNCHANGED used
            Next == On \\/ Off
            NotTooOften == used <= 3 /\\ used >= 0
            ====
            """;

    @TempDir
    private Path folder;

    private Path modules = Path.of("");
    private List<Model> models = List.of();

    @BeforeEach
    void write() throws IOException {
        modules = Files.createDirectory(folder.resolve("modules"));
        Path configs = Files.createDirectory(folder.resolve("models"));
        Files.writeString(modules.resolve("Lamp.tla"), MODULE);
        Files.writeString(
                configs.resolve("MC.tla"), "---- MODULE MC ----\nEXTENDS Lamp\nAlways(n) == used < n + 1\n====\n");
        String config = "INIT Init\nNEXT Next\nINVARIANT NotTooOften\nCHECK_DEADLOCK FALSE\n";
        Files.writeString(configs.resolve("Fine.cfg"), config);
        Files.writeString(configs.resolve("Worn.cfg"), config.replace("Init\nNEXT", "WornInit\nNEXT"));
        Files.writeString(
                configs.resolve("MC.tla"),
                "---- MODULE MC ----\nEXTENDS Lamp\nWornInit == lit = FALSE /\\ used = 4\n====\n");
        Path manifest = Files.writeString(configs.resolve("manifest.json"), """
                {"models": [
                  {"name": "Fine", "module": "MC", "config": "Fine.cfg", "suite": "quick",
                   "expect": "holds", "states": 7, "depth": 7, "why": "A lamp."},
                  {"name": "Worn", "module": "MC", "config": "Worn.cfg", "suite": "quick",
                   "expect": "breaks", "property": "NotTooOften", "why": "A lamp that was used too often."}
                ]}""");
        models = Manifest.read(manifest).models();
    }

    private List<SpecMutant> all() {
        return SpecMutants.all(models, models.subList(0, 1), modules);
    }

    private Outcome outcome(String name) throws IOException, InterruptedException {
        SpecMutant mutant = all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Path copy = Files.createTempDirectory(folder, "copy");
        return SpecMutation.run(List.of(mutant), models, modules, copy, 100, SpecHints.read(hints()), 1, each -> {})
                .get(0);
    }

    /** Returns the models that are run for a guard if models of so many states are, in order. */
    private List<String> about(long mostStates) throws IOException {
        Model fine = models.get(0);
        Model again = new Model(
                "Again",
                fine.module(),
                fine.config(),
                fine.suite(),
                fine.exploration(),
                fine.expectation(),
                1,
                fine.heap(),
                fine.rule(),
                fine.reaches(),
                fine.time(),
                fine.why());
        SpecMutant guard = all().stream()
                .filter(each -> each.name().equals("On: ~lit"))
                .findFirst()
                .orElseThrow();
        Path copy = Files.createTempDirectory(folder, "copy");
        return new SpecMutation(
                        List.of(fine, again), modules, copy, mostStates, SpecHints.read(hints()), new TlcProcesses())
                .about(guard).stream().map(Model::name).toList();
    }

    private Path hints() {
        return folder.resolve("noticed.txt");
    }

    /** A hint changes the order, and never what is said; one that is wrong is of no harm. */
    @Test
    void theModelThatNoticedIsRunFirstTheNextTime() throws IOException, InterruptedException {
        Outcome first = outcome("NotTooOften: used <= 3");
        assertThat(first.by()).hasValue("Worn");
        SpecHints.read(hints()).with(List.of(first)).write(hints());
        assertThat(Files.readAllLines(hints())).containsExactly("Worn NotTooOften: used <= 3");
        assertThat(SpecHints.read(hints()).modelOf(first.mutant())).hasValue("Worn");
        assertThat(about(5)).as("too large, if nothing is known").isEmpty();
        assertThat(about(100)).containsExactly("Fine", "Again");
        Files.writeString(hints(), "Again On: ~lit\n");
        assertThat(about(100)).containsExactly("Again", "Fine");
        assertThat(about(5)).as("however large").containsExactly("Again");
        Files.writeString(hints(), "NoSuchModel NotTooOften: used <= 3\nnonsense\n");
        assertThat(outcome("NotTooOften: used <= 3").text()).isEqualTo(first.text());
    }

    /** The others could only tell better what is noticed already, and were asked the last time. */
    @Test
    void aSituationThatTheHintedModelDoesNotReachIsEnoughTheNextTime() throws IOException, InterruptedException {
        Path configs = folder.resolve("models");
        try (InputStream reaching =
                SpecMutantsTest.class.getResourceAsStream("/dev/faultline/spec/model/Reaching.tla")) {
            Files.copy(Objects.requireNonNull(reaching), configs.resolve("Reaching.tla"));
        }
        Files.delete(configs.resolve("Worn.cfg"));
        Files.writeString(configs.resolve("MCLit.tla"), """
                ---- MODULE MCLit ----
                EXTENDS Lamp, Reaching
                Situations == Met(1, "burning", lit)
                ====
                """);
        Files.writeString(
                configs.resolve("Lit.cfg"), "INIT Init\nNEXT Next\nINVARIANT Situations\nCHECK_DEADLOCK FALSE\n");
        models = Manifest.read(Files.writeString(configs.resolve("manifest.json"), """
                {"models": [
                  {"name": "Dark", "module": "MC", "config": "Fine.cfg", "suite": "quick",
                   "expect": "holds", "states": 1, "depth": 1, "why": "Comes first."},
                  {"name": "Lit", "module": "MCLit", "config": "Lit.cfg", "suite": "quick",
                   "expect": "holds", "states": 7, "depth": 7, "reaches": ["burning"], "why": "A lamp that burns."}
                ]}"""))
                .models();
        Outcome first = outcome("On: lit' = TRUE");
        assertThat(first.text()).isEqualTo("Lit does not reach \"burning\"");
        assertThat(first.runs()).isEqualTo(2);
        SpecHints.read(hints()).with(List.of(first)).write(hints());
        Outcome second = outcome("On: lit' = TRUE");
        assertThat(second.runs()).isEqualTo(1);
        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void everyGuardUpdateRuleAndPartOfAPropertyIsTakenAwayOnce() {
        assertThat(all())
                .extracting(SpecMutant::name)
                .containsExactlyInAnyOrder(
                        "MayBurn: used < n",
                        "MayBurn: n < 9",
                        "On: ~lit",
                        "On: MayBurn(3)",
                        "On: lit' = TRUE",
                        "On: used' = IF used < 3 THEN used + 1 ELSE used",
                        "Off: lit",
                        "Off: lit' = FALSE",
                        "NotTooOften: used <= 3",
                        "NotTooOften: used >= 0");
        assertThat(all()).filteredOn(SpecMutant::isOfProperty).hasSize(2);
    }

    @Test
    void theOtherLinesStandWhereTheyStood() {
        SpecMutant update = all().stream()
                .filter(each -> each.conjunct().kind() == Conjunct.Kind.UPDATE
                        && each.conjunct().variable().equals(Optional.of("used")))
                .findFirst()
                .orElseThrow();
        List<String> lines = MODULE.lines().toList();
        List<String> expected = new ArrayList<>(lines);
        expected.set(10, "  /\\ used' = used");
        expected.set(11, "");
        expected.set(12, "");
        assertThat(update.in(lines)).isEqualTo(expected);
    }

    @Test
    void itIsSaidWhatNotices() throws IOException, InterruptedException {
        assertThat(outcome("NotTooOften: used <= 3").text()).isEqualTo("Worn holds");
    }

    @Test
    void aNumberOfStatesIsLessThanAProperty() throws IOException, InterruptedException {
        Outcome outcome = outcome("On: used' = IF used < 3 THEN used + 1 ELSE used");
        assertThat(outcome.notice()).isEqualTo(Notice.COUNT);
        assertThat(outcome.text()).isEqualTo("only the states of Fine are another number");
    }

    @Test
    void whatNothingNoticesIsSaid() throws IOException, InterruptedException {
        assertThat(outcome("MayBurn: n < 9").notice()).isEqualTo(Notice.NOTHING);
        assertThat(Files.readString(modules.resolve("Lamp.tla"))).isEqualTo(MODULE);
    }

    @Test
    void thePageExplainsWhatIsNotNoticed() throws IOException, InterruptedException {
        Outcome nothing = outcome("MayBurn: n < 9");
        Path page = folder.resolve("page.md");
        Files.writeString(page, "# Page\n\nWhy.\n\n```\nwhole Lamp.On Lamp.MayBurn\nnothing MayBurn: n < 9\n```\n");
        assertThat(SpecSurvivors.read(page).surprise(nothing)).isEmpty();
        Files.writeString(page, "# Page\n");
        assertThat(SpecSurvivors.read(page).surprise(nothing)).isEmpty();
        Files.writeString(page, "# Page\n\n```\nwhole Lamp.MayBurn\n```\n");
        assertThat(SpecSurvivors.read(page).surprise(nothing))
                .contains("the page does not explain that: nothing notices");
        Files.writeString(page, "# Page\n\n```\nwhole Lamp.MayBurn\ncount MayBurn: n < 9\n```\n");
        assertThat(SpecSurvivors.read(page).surprise(nothing)).contains("the page says 'count', but: nothing notices");
        assertThat(SpecSurvivors.lines(List.of(nothing))).containsExactly("nothing MayBurn: n < 9");
    }
}
