package dev.faultline.spec.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the actions that TLC means in its coverage. TLC splits the next-state relation into actions as far as it can
 * without a state: it goes through disjunctions, applications and quantifiers over constants. What it arrives at bears
 * the name of the definition that it is in, and the place in it:
 *
 * <pre>
 * &lt;Fault line 53, col 1 to line 53, col 8 of module MappingAgents>: 95:3519
 * &lt;Start line 39, col 1 to line 39, col 11 of module MappingAgents (21 6 21 34)>: 190:14713
 * &lt;CommandStep line 27, col 1 to line 27, col 11 of module Mapping (28 6 28 40)>: 1770:10954
 * </pre>
 *
 * <p>The numbers at the end are those of distinct and of all states that it led to. The place in parentheses is where
 * the action is applied, which may be in another module than the one named, or a part of the definition, as in the last
 * line: there it is {@code \E c \in Commands : ApplyCommand(c)}, and the action is {@code ApplyCommand}.
 */
final class ActionNames {
    private static final Pattern PRINTED =
            Pattern.compile("<(?<name>\\S+) line (?<line>\\d+), col \\d+ to .* of module "
                    + "(?<module>\\w+)(?: \\((?<part>\\d+ \\d+ \\d+ \\d+)\\))?>: [\\d,]+:(?<transitions>[\\d,]+)");

    private final ModuleTexts modules;

    ActionNames(ModuleTexts modules) {
        this.modules = modules;
    }

    /** Returns each action once, from the lines that TLC printed of them. */
    List<ActionCount> counts(List<String> printed) {
        Map<ModuleTexts.Definition, Long> counts = new TreeMap<>();
        for (String line : printed) {
            Matcher action = PRINTED.matcher(line);
            if (action.matches()) {
                long transitions = Long.parseLong(action.group("transitions").replace(",", ""));
                counts.merge(action(action), transitions, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .map(count ->
                        new ActionCount(count.getKey().module(), count.getKey().name(), count.getValue()))
                .toList();
    }

    private ModuleTexts.Definition action(Matcher printed) {
        ModuleTexts.Definition named = new ModuleTexts.Definition(printed.group("module"), printed.group("name"));
        if (printed.group("part") == null) {
            return named;
        }
        String[] place = printed.group("part").split(" ");
        ModuleTexts.Part part = new ModuleTexts.Part(
                Integer.parseInt(place[0]),
                Integer.parseInt(place[1]),
                Integer.parseInt(place[2]),
                Integer.parseInt(place[3]));
        return modules.onlyActionIn(named, part).orElse(named);
    }
}
