package dev.faultline.spec.mutants;

import dev.faultline.spec.mutants.SpecMutation.Notice;
import dev.faultline.spec.mutants.SpecMutation.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes that no property of a model notices, and that a page explains. In the page they stand between fences, a line
 * each: how they are noticed, {@code count} or {@code nothing}, and their name. Before an operator of which the page knows
 * all, {@code whole} stands.
 */
public final class SpecSurvivors {
    private static final String FENCE = "```";

    private final Map<String, String> explained = new TreeMap<>();
    private final Set<String> whole = new TreeSet<>();

    private SpecSurvivors() {}

    /**
     * Reads the page.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if a line between fences is none of these
     */
    public static SpecSurvivors read(Path page) throws IOException {
        SpecSurvivors survivors = new SpecSurvivors();
        boolean inside = false;
        for (String line : Files.readAllLines(page, StandardCharsets.UTF_8)) {
            if (line.equals(FENCE)) {
                inside = !inside;
            } else if (inside) {
                String[] parts = line.split(" ", 2);
                if (parts[0].equals("whole")) {
                    survivors.whole.addAll(List.of(line.split(" ", -1)));
                    continue;
                }
                if (parts.length < 2 || !(parts[0].equals("count") || parts[0].equals("nothing"))) {
                    throw new IllegalArgumentException(page + ": not a survivor: " + line);
                }
                survivors.explained.put(parts[1], parts[0]);
            }
        }
        return survivors;
    }

    /** Returns the names of the changes, each with how it is noticed. */
    public Map<String, String> explained() {
        return Map.copyOf(explained);
    }

    /** Returns whether the page says all of an operator that there is to say. */
    public boolean knows(SpecMutant mutant) {
        return whole.contains(
                mutant.conjunct().module() + "." + mutant.conjunct().operator());
    }

    /** Returns what is not as the page says; empty if it is, or if the page does not know the operator. */
    public Optional<String> surprise(Outcome outcome) {
        if (!knows(outcome.mutant())) {
            return Optional.empty();
        }
        String expected = explained.get(outcome.mutant().name());
        String found = word(outcome.notice());
        if (expected == null) {
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the page does not explain that: " + outcome.text());
        }
        return expected.equals(found)
                ? Optional.empty()
                : Optional.of("the page says '" + expected + "', but: " + outcome.text());
    }

    /** Returns the lines that a page should have for these. */
    public static List<String> lines(List<Outcome> outcomes) {
        List<String> lines = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            String word = word(outcome.notice());
            if (!word.isEmpty()) {
                lines.add(word + " " + outcome.mutant().name());
            }
        }
        return lines;
    }

    private static String word(Notice notice) {
        return switch (notice) {
            case PROPERTY, OTHERWISE -> "";
            case COUNT -> "count";
            case NOTHING -> "nothing";
        };
    }
}
