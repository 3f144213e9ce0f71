package dev.faultline.spec.docs;

import dev.faultline.spec.model.Expectation;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.Models;
import dev.faultline.spec.model.Substitutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;

/** The page on the readings of the source: those that break, and those that hold. */
final class ReadingsPage {
    private final Manifest manifest;
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final Definitions definitions;
    private final Map<String, String> findings = new LinkedHashMap<>();

    /** The operators that most models replace. */
    private final Set<String> scene;

    /**
     * Makes the page.
     *
     * @param cases the models that break
     * @param findingsFolder the folder with the findings, for links to those that name a reading
     */
    ReadingsPage(Manifest manifest, List<Case> cases, Definitions definitions, Path findingsFolder) throws IOException {
        this.manifest = manifest;
        cases.forEach(one -> this.cases.put(one.model().name(), one));
        this.definitions = definitions;
        Map<String, Long> replaced = manifest.models().stream()
                .flatMap(model -> Substitutions.read(model.config()).keySet().stream())
                .collect(Collectors.groupingBy(operator -> operator, Collectors.counting()));
        scene = replaced.keySet().stream()
                .filter(operator -> 2 * replaced.getOrDefault(operator, 0L)
                        > manifest.models().size())
                .collect(Collectors.toSet());
        if (Files.isDirectory(findingsFolder)) {
            try (Stream<Path> files = Files.list(findingsFolder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                        .sorted()
                        .toList()) {
                    findings.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
    }

    /** Returns the page as Markdown: the readings, and whatever else breaks without that a rule is taken away. */
    String text() {
        List<Model> readings = without(Models::isOfAnotherReading);
        List<Model> others = without(model -> !Models.isOfAnotherReading(model) && cases.containsKey(model.name()));
        StringBuilder page = new StringBuilder("# Readings of the source, and which of them are safe\n\n")
                .append(GeneratedDocs.MARK)
                .append("\nWhere the source can be read in more than one way, each reading is a model. The numbers of "
                        + "distinct states are those that\n`./faultline check` holds the models to.\n\n"
                        + "| reading | verdict | distinct states |\n| --- | --- | --- |\n");
        for (Model model : readings) {
            page.append(String.format(
                    Locale.ROOT,
                    "| [`%s`](#%s) | %s | %s |\n",
                    model.name(),
                    GeneratedDocs.anchor(model.name()),
                    verdict(model),
                    states(model)));
        }
        readings.forEach(model -> page.append("\n## ").append(section(model)));
        if (!others.isEmpty()) {
            page.append(
                    "\n## What else breaks\n\nThese models are no readings: each leaves out something that is needed.\n");
            others.forEach(model -> page.append("\n### ").append(section(model)));
        }
        return page.toString();
    }

    /** Returns the models that take no rule away, and are wanted. */
    private List<Model> without(Predicate<Model> wanted) {
        return manifest.models().stream()
                .filter(model -> model.rule().isEmpty())
                .filter(wanted)
                .toList();
    }

    private String section(Model model) {
        Case broken = cases.get(model.name());
        return model.name() + "\n\n" + (broken == null ? model.why() + " It holds.\n" : broken.text()) + insteads(model)
                + links(model);
    }

    private String verdict(Model model) {
        Case broken = cases.get(model.name());
        return broken == null ? "holds" : "breaks `" + broken.found().property() + "`";
    }

    private static String states(Model model) {
        return model.expectation() instanceof Expectation.Holds holds
                        && holds.states().isPresent()
                ? String.format(Locale.ROOT, "%,d", holds.states().getAsLong())
                : "";
    }

    /** Lists the operators that stand in for others, but for those that only set the scene. */
    private String insteads(Model model) {
        StringBuilder list = new StringBuilder();
        Substitutions.read(model.config())
                .forEach((operator, substitute) -> definitions
                        .of(substitute)
                        .filter(definition -> cases.containsKey(model.name())
                                ? definition
                                        .module()
                                        .getFileName()
                                        .equals(model.module().getFileName())
                                : !scene.contains(operator))
                        .ifPresent(definition -> list.append("- `")
                                .append(substitute)
                                .append("` in place of `")
                                .append(operator)
                                .append('`')
                                .append(definition.comment().isEmpty() ? "" : ": " + definition.comment())
                                .append('\n')));
        return list.isEmpty() ? "" : "\n" + list;
    }

    private String links(Model model) {
        StringBuilder list = new StringBuilder();
        findings.forEach((file, text) -> {
            if (text.contains("`" + model.name() + "`")) {
                String title = StringUtils.substringBefore(text, "\n").replaceFirst("^#+\\s*", "");
                list.append(String.format(Locale.ROOT, "\nSee [%s](findings/%s).\n", title, file));
            }
        });
        return list.toString();
    }
}
