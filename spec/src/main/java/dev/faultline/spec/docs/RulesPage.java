package dev.faultline.spec.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page on the rules. */
final class RulesPage {
    private RulesPage() {}

    /** Returns the page as Markdown: a section for each rule that a model takes away, in the order of the models. */
    static String text(List<Case> cases, Definitions definitions) {
        Map<String, List<Case>> byRule = new LinkedHashMap<>();
        cases.forEach(one -> one.model()
                .rule()
                .ifPresent(rule ->
                        byRule.computeIfAbsent(rule, none -> new ArrayList<>()).add(one)));
        StringBuilder page = new StringBuilder("# The rules, and what breaks without them\n\n")
                .append(GeneratedDocs.MARK)
                .append(
                        "\nA rule is a guard or an ordering that the protocol depends on. Each picture is what TLC finds "
                                + "when one rule is taken\naway; the last step is the one that breaks a property.\n\n"
                                + "| rule | without it breaks | steps |\n| --- | --- | --- |\n");
        byRule.forEach((rule, taken) -> taken.forEach(one -> page.append("| [`")
                .append(rule)
                .append("`](#")
                .append(GeneratedDocs.anchor(rule))
                .append(") | `")
                .append(one.found().property())
                .append("` | ")
                .append(one.steps())
                .append(" |\n")));
        byRule.forEach((rule, taken) -> {
            page.append("\n## ").append(rule).append("\n\n");
            definitions.of(rule).ifPresent(definition -> page.append(GeneratedDocs.definedIn(definition)));
            for (Case one : taken) {
                page.append("\nThe model `")
                        .append(one.model().name())
                        .append("` takes it away. ")
                        .append(one.text());
            }
        });
        List<String> kept = definitions.rules().stream()
                .map(Definitions.Definition::name)
                .filter(rule -> !byRule.containsKey(rule))
                .toList();
        if (!kept.isEmpty()) {
            page.append("\n## Rules that no model takes away\n\n");
            kept.forEach(rule -> page.append("- `").append(rule).append("`\n"));
        }
        return page.toString();
    }
}
