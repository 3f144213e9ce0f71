package dev.faultline.conformance.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The outcomes that each strength of conformance met, side by side, and merged. For one thread at a time. */
public final class MergedOutcomes {
    private final Map<String, Outcomes> byStrength = new LinkedHashMap<>();

    /** Returns what a strength has met, to add to; nothing at first. */
    public Outcomes of(String strength) {
        return byStrength.computeIfAbsent(strength, s -> new Outcomes());
    }

    /** Returns what all have met together. */
    public Outcomes merged() {
        Outcomes merged = new Outcomes();
        byStrength.values().forEach(merged::add);
        return merged;
    }

    /** Returns the strengths that have met nothing. */
    public List<String> silent() {
        return byStrength.entrySet().stream()
                .filter(strength -> strength.getValue().counts().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns a line for each outcome that was met or has a floor: the floor, and how often each strength met it. */
    public List<String> table() {
        Map<String, Long> floors = Floors.all();
        TreeSet<String> outcomes = new TreeSet<>(floors.keySet());
        outcomes.addAll(merged().counts().keySet());
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-44s %8s", "action and outcome", "floor"));
        byStrength.keySet().forEach(strength -> head.append(String.format(Locale.ROOT, " %12s", strength)));
        List<String> lines = new ArrayList<>(List.of(head.toString()));
        for (String outcome : outcomes) {
            StringBuilder line = new StringBuilder(
                    String.format(Locale.ROOT, "%-44s %,8d", outcome, floors.getOrDefault(outcome, 0L)));
            byStrength
                    .values()
                    .forEach(met -> line.append(
                            String.format(Locale.ROOT, " %,12d", met.counts().getOrDefault(outcome, 0L))));
            lines.add(line.toString());
        }
        return lines;
    }
}
