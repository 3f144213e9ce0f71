package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final Pattern RULE = Pattern.compile("(?s)\\(\\* RULE\\..*?\\*\\)\\s*(\\w+)");
    private static final String GOOD = """
            {"name": "Good", "module": "M", "config": "Good.cfg", "suite": "quick",
             "expect": "holds", "states": 5, "depth": 3, "reaches": ["at the top"], "time": "7 s", "why": "It is good."}""";
    private static final String BAD = """
            {"name": "Bad", "module": "M", "config": "Bad.cfg", "suite": "full",
             "expect": "breaks", "property": "P", "rule": "Guard", "heap": "2g", "workers": 2, "why": "It is bad."}""";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeModels() {
        write("M.tla", "---- MODULE M ----\nEXTENDS Seen\n====\n");
        write("Seen.tla", situations("Met(7, \"at the top\", n = 3) (* Met(8, no name) *)"));
        write("Reaching.tla", "---- MODULE Reaching ----\nMet(i, name, P) == TRUE\n====\n");
        write("Good.cfg", "SPECIFICATION Spec\nINVARIANTS TypeOK Situations\n");
        write("Bad.cfg", "SPECIFICATION Spec\nCONSTANT Guard <- Always\nPROPERTY P\n");
    }

    private static String situations(String text) {
        return "---- MODULE Seen ----\nEXTENDS Reaching\nSituations ==\n  /\\ " + text + "\n====\n";
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest read(String... rows) {
        write("manifest.json", "{\"models\": [\n" + String.join(",\n", rows) + "\n]}\n");
        return Manifest.read(folder.resolve("manifest.json"));
    }

    private void assertRefused(String why, String... rows) {
        assertThatThrownBy(() -> read(rows))
                .isInstanceOf(ManifestException.class)
                .hasMessage(folder.resolve("manifest.json") + ": " + why);
    }

    @Test
    void readsEveryField() {
        Manifest manifest = read(GOOD, BAD);
        assertThat(manifest.models())
                .containsExactly(
                        new Model(
                                "Good",
                                folder.resolve("M.tla"),
                                folder.resolve("Good.cfg"),
                                Suite.QUICK,
                                new Exploration.Exhaustive(),
                                new Expectation.Holds(OptionalLong.of(5), OptionalInt.of(3)),
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                Set.of("at the top"),
                                Optional.of("7 s"),
                                "It is good."),
                        new Model(
                                "Bad",
                                folder.resolve("M.tla"),
                                folder.resolve("Bad.cfg"),
                                Suite.FULL,
                                new Exploration.Exhaustive(),
                                new Expectation.Breaks("P"),
                                2,
                                Optional.of("2g"),
                                Optional.of("Guard"),
                                Set.of(),
                                Optional.empty(),
                                "It is bad."));
        assertThat(manifest.of(Suite.QUICK)).map(Model::name).containsExactly("Good");
        assertThat(manifest.of(Suite.FULL)).map(Model::name).containsExactly("Good", "Bad");
    }

    @Test
    void readsASimulation() {
        String row = GOOD.replace("\"states\": 5, \"depth\": 3", "\"mode\": \"simulate\", \"traces\": 7");
        Model model = read(row, BAD).models().get(0);
        assertThat(model.exploration()).isEqualTo(new Exploration.Simulation(7, 100, 1));
        String drawn = row.replace("\"traces\": 7", "\"traces\": 7, \"length\": 30, \"seed\": 3");
        assertThat(read(drawn, BAD).models().get(0).exploration()).isEqualTo(new Exploration.Simulation(7, 30, 3));
        assertThat(model.expectation()).isEqualTo(new Expectation.Holds(OptionalLong.empty(), OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "name": "Good", |                  | row 1: the field 'name' is missing
            "name": "Good"  | "name": 7        | row 1: the field 'name' must be a text, not 7
            "name": "Good"  | "name": "a b"    | row 1 (a b): the name 'a b' must be letters, digits and underscores
            "name": "Good", | "name": "Good", "more": 1, | row 1 (Good): the field 'more' is unknown; or does not go with expect holds and this mode
            "module": "M"   | "module": "N"    | row 1 (Good): there is no file N.tla beside the manifest
            "module": "M"   | "module": "../M" | row 1 (Good): there is no file ../M.tla beside the manifest
            Good.cfg        | Other.cfg        | row 1 (Good): there is no file Other.cfg beside the manifest
            Good.cfg        | M.tla            | row 1 (Good): the config M.tla must be a .cfg file
            quick           | slow             | row 1 (Good): the field 'suite' must be quick or full, not 'slow'
            "holds"         | "maybe"          | row 1 (Good): the field 'expect' must be holds or breaks, not 'maybe'
            "states": 5,    |                  | row 1 (Good): the field 'states' is missing
            "states": 5     | "states": "5"    | row 1 (Good): the field 'states' must be a number, not 5
            "states": 5     | "states": 5.5    | row 1 (Good): the field 'states' must be a whole number above zero, not 5.5
            "states": 5     | "states": 0      | row 1 (Good): the field 'states' must be a whole number above zero, not 0
            "states": 5     | "states": null   | row 1 (Good): the field 'states' must be a number, not null
            "depth": 3,     |                  | row 1 (Good): the field 'depth' is missing
            "depth": 3      | "depth": 3000000000 | row 1 (Good): the field 'depth' must not be as large as 3000000000
            "depth": 3      | "depth": 3, "workers": 2 | row 1 (Good): the depth is not deterministic with 2 workers; do not pin it
            "depth": 3      | "depth": 3, "property": "P" | row 1 (Good): the field 'property' is unknown; or does not go with expect holds and this mode
            "depth": 3      | "depth": 3, "traces": 9 | row 1 (Good): the field 'traces' is unknown; or does not go with expect holds and this mode
            "depth": 3      | "depth": 3, "mode": "simulate" | row 1 (Good): mode simulate needs the number of traces
            "depth": 3      | "depth": 3, "mode": "simulate", "traces": 9 | row 1 (Good): the field 'states' is unknown; or does not go with expect holds and this mode
            "depth": 3      | "depth": 3, "mode": "guess" | row 1 (Good): the field 'mode' must be exhaustive or simulate, not 'guess'
            "depth": 3      | "depth": 3, "heap": "lots" | row 1 (Good): the heap must be like 512m or 4g, not 'lots'
            "depth": 3      | "depth": 3, "rule": "Guard" | row 1 (Good): Good.cfg does not take the rule Guard away
            ["at the top"]  | "at the top"     | row 1 (Good): the field 'reaches' must be a list, not at the top
            ["at the top"]  | ["x", "x"]       | row 1 (Good): the field 'reaches' must list different texts
            ["at the top"]  | ["at the top", "beyond"] | row 1 (Good): M.tla knows no situation "beyond"
            ["at the top"]  | []               | no row claims to reach "at the top"
            "7 s"           | "soon"           | row 1 (Good): the time must be like 7 s or 2 min, not 'soon'
            "It is good."   | " "              | row 1 (Good): the field 'why' is empty
            """)
    void refusesARowThatIsNotRight(String part, String replacement, String why) {
        assertRefused(why, GOOD.replace(part, replacement == null ? "" : replacement), BAD);
    }

    @Test
    void refusesAModelThatBreaksWithoutSayingWhat() {
        assertRefused("row 2 (Bad): the field 'property' is missing", GOOD, BAD.replace("\"property\": \"P\", ", ""));
        assertRefused(
                "row 2 (Bad): the field 'states' is unknown; or does not go with expect breaks and this mode",
                GOOD,
                BAD.replace("\"why\"", "\"states\": 5, \"why\""));
    }

    @Test
    void refusesAModelWhoseVerdictWouldBeAMatterOfLuck() {
        write("Bad.cfg", "SPECIFICATION Spec\nCONSTANT Guard <- Always\nINVARIANT I\nPROPERTY P\n");
        assertRefused("row 2 (Bad): Bad.cfg must check P and nothing else, but checks I, P", GOOD, BAD);
        write("Bad.cfg", "SPECIFICATION Spec\nCONSTANT Guard <- Always\nPROPERTY Q\n");
        assertRefused("row 2 (Bad): Bad.cfg must check P and nothing else, but checks Q", GOOD, BAD);
    }

    @Test
    void refusesAModelThatChecksNothing() {
        write("Good.cfg", "SPECIFICATION Spec\n\\* INVARIANT TypeOK\n");
        assertRefused("row 1 (Good): Good.cfg checks nothing", GOOD, BAD);
    }

    @Test
    void refusesSituationsThatNobodyLooksFor() {
        write("Good.cfg", "SPECIFICATION Spec\nINVARIANT TypeOK\n");
        assertRefused("row 1 (Good): Good.cfg lists no invariant Situations, so none is met", GOOD, BAD);
        write("Good.cfg", "SPECIFICATION Spec\nINVARIANT Situations\n");
        assertRefused("row 1 (Good): Good.cfg checks nothing", GOOD.replace("\"at the top\"", ""), BAD);
        write("M.tla", "---- MODULE M ----\n====\n");
        assertRefused("row 1 (Good): M.tla knows no situation \"at the top\"", GOOD, BAD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Met(i, "x", P)    | Met needs a number from 1 to 99 and a name in quotes, of at most 60 letters, digits, blanks, hyphens and underscores
            Met(100, "x", P)  | Met needs a number from 1 to 99 and a name in quotes, of at most 60 letters, digits, blanks, hyphens and underscores
            Met(1, name, P)   | Met needs a number from 1 to 99 and a name in quotes, of at most 60 letters, digits, blanks, hyphens and underscores
            Met(1, "x", P) /\\ Met(2, "x", P) | two situations have the name "x"
            Met(1, "x", P) /\\ Met(1, "y", P) | two situations have the number 1
            """)
    void refusesSituationsThatCannotBeToldApart(String text, String why) {
        write("Seen.tla", situations(text));
        assertRefused("Seen.tla: " + why, GOOD, BAD);
    }

    @Test
    void refusesAModelThatTakesNoRuleAway() {
        write("Bad.cfg", "SPECIFICATION Spec\n(* CONSTANT\n Guard <- Always *)\nPROPERTY P\n");
        assertRefused("row 2 (Bad): Bad.cfg does not take the rule Guard away", GOOD, BAD);
    }

    @Test
    void refusesRowsThatAreTheSame() {
        assertRefused("two rows have the name Good", GOOD, BAD, GOOD);
        assertRefused(
                "Good and Best do the same: module, config and mode are equal",
                GOOD,
                BAD,
                GOOD.replace("\"Good\"", "\"Best\""));
    }

    @Test
    void refusesAConfigThatNoRowNames() {
        write("Spare.cfg", "SPECIFICATION Spec\nINVARIANT TypeOK\n");
        assertRefused("no row names the config Bad.cfg, Spare.cfg", GOOD);
    }

    @Test
    void refusesWhatIsNoListOfRows() {
        assertRefused("must be an object with the one field 'models', a list of at least one row");
        assertRefused("row 2: must be an object, not Good", GOOD, "\"Good\"");
        Path manifest = folder.resolve("manifest.json");
        write("manifest.json", "[]");
        assertThatThrownBy(() -> Manifest.read(manifest)).hasMessageContaining("must be an object");
        write("manifest.json", "{\"models\": [" + GOOD + "," + BAD + "], \"more\": 1}");
        assertThatThrownBy(() -> Manifest.read(manifest)).hasMessageContaining("must be an object");
        write("manifest.json", "{\"models\":\n[{\"name\": }]}");
        assertThatThrownBy(() -> Manifest.read(manifest))
                .hasMessageStartingWith(manifest + ": line 2: not JSON: ")
                .hasMessageNotContaining("\n");
        write("manifest.json", "{\"models\": [" + GOOD.replace("\"why\"", "\"name\": \"Twin\", \"why\"") + "]}");
        assertThatThrownBy(() -> Manifest.read(manifest))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("uplicate");
        assertThatThrownBy(() -> Manifest.read(folder.resolve("none.json")))
                .hasMessage(folder.resolve("none.json") + ": there is no such file");
    }

    /** The manifest of Faultline itself. */
    @Test
    void takesEveryRuleOfTheSpecificationAway() throws IOException {
        Path spec = Path.of(System.getProperty("faultline.home"), "spec");
        Set<String> rules = new TreeSet<>();
        try (Stream<Path> modules = Files.list(spec.resolve("modules"))) {
            for (Path module : modules.toList()) {
                RULE.matcher(Files.readString(module))
                        .results()
                        .map((MatchResult rule) -> rule.group(1))
                        .forEach(rules::add);
            }
        }
        Set<String> takenAway = Manifest.read(spec.resolve("models/manifest.json")).models().stream()
                .flatMap(model -> model.rule().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(takenAway).isEqualTo(rules);
    }

    @Test
    void everyConfigurationBeginsWithWhatIsExpectedOfIt() throws IOException {
        Path manifest = Path.of(System.getProperty("faultline.home"), "spec/models/manifest.json");
        for (Model model : Manifest.read(manifest).models()) {
            String expected = model.why() + "\n\\* ";
            if (model.expectation() instanceof Expectation.Breaks breaks) {
                expected += "Breaks " + breaks.property();
            } else if (model.exploration() instanceof Exploration.Simulation simulation) {
                expected += String.format(
                        Locale.ROOT, "%d random behaviours of %d steps", simulation.traces(), simulation.length());
            } else if (model.expectation() instanceof Expectation.Holds holds) {
                expected +=
                        String.format(Locale.ROOT, "%,d states", holds.states().orElseThrow());
            }
            assertThat(Files.readString(model.config())).startsWith("\\* " + expected);
        }
    }
}
