package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of what is assumed names models: they must be there, and break what the page says. */
class AssumptionsTest {
    private static final Path HOME = Path.of(System.getProperty("faultline.home"));
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** Models, and after them the property that they break where it is not the row's. */
    private static final Pattern MODELS = Pattern.compile("((?:`\\w+`(?:, )?)+)(?: \\(`(\\w+)`\\))?");

    private final Map<String, Model> models = Manifest.read(HOME.resolve("spec/models/manifest.json")).models().stream()
            .collect(Collectors.toMap(Model::name, Function.identity()));

    @Test
    void everyModelOnThePageBreaksTheProperty() throws IOException {
        assertThat(faults(Files.readString(HOME.resolve("docs/assumptions.md"))))
                .isEmpty();
    }

    @Test
    void everyModelOfWhatMustHappenIsOnThePage() throws IOException {
        Set<String> named = new HashSet<>();
        NAME.matcher(Files.readString(HOME.resolve("docs/assumptions.md")))
                .results()
                .forEach(name -> named.add(name.group(1)));
        assertThat(models.values())
                .filteredOn(model -> model.expectation() instanceof Expectation.Breaks breaks
                        && ModuleTexts.read(model.module(), List.of(HOME.resolve("spec/modules")))
                                .isTemporal(breaks.property()))
                .extracting(Model::name)
                .isNotEmpty()
                .allMatch(named::contains);
    }

    @Test
    void whatIsWrongOnThePageIsTold() {
        String row = "| `NoneReused` | a | b | `NaiveRemove`, `NaiveReuse` (`NoneReused`), `NaiveFreedom` |\n";
        assertThat(faults(row))
                .containsExactly(
                        "NaiveRemove breaks InFlightIsInUse, not [NoneReused]", "there is no model NaiveFreedom");
        assertThat(faults("| `NoneReused` | a | | |\n")).containsExactly("[NoneReused]: nothing shows it");
    }

    private List<String> faults(String page) {
        List<String> faults = new ArrayList<>();
        Set<String> properties = Set.of();
        for (String line : page.lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length != 6
                    || cells[1].contains("---")
                    || cells[1].strip().equals("property")) {
                continue;
            }
            Set<String> named = names(cells[1]);
            properties = named.isEmpty() ? properties : named;
            if (cells[4].isBlank()) {
                faults.add(properties + ": nothing shows it");
            }
            Matcher groups = MODELS.matcher(cells[4].contains("by definition") ? "" : cells[4]);
            while (groups.find()) {
                Set<String> broken = groups.group(2) == null ? properties : Set.of(groups.group(2));
                names(groups.group(1)).forEach(model -> check(model, broken, faults));
            }
        }
        return faults;
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void check(String name, Set<String> properties, List<String> faults) {
        Model model = models.get(name);
        if (model == null) {
            faults.add("there is no model " + name);
        } else if (model.expectation() instanceof Expectation.Breaks breaks
                && !properties.contains(breaks.property())) {
            faults.add(name + " breaks " + breaks.property() + ", not " + properties);
        }
    }
}
