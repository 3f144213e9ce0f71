package dev.faultline.spec.mutants;

import dev.faultline.spec.mutants.SpecMutation.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which model noticed a change the last time, so that it is run first, and run at all if it is a large one. What is wrong here
 * costs time; that a change is noticed is always seen anew. A line each: the name of the model, and that of the change.
 * Immutable.
 */
final class SpecHints {
    private final Map<String, String> modelOfChange;

    private SpecHints(Map<String, String> modelOfChange) {
        this.modelOfChange = Map.copyOf(modelOfChange);
    }

    /** Reads the file; there need not be one. */
    static SpecHints read(Path file) throws IOException {
        Map<String, String> hints = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    hints.put(line.substring(space + 1), line.substring(0, space));
                }
            }
        } catch (NoSuchFileException e) {
            // Without it, the cheapest model comes first.
        }
        return new SpecHints(hints);
    }

    /** Returns the name of the model that noticed the change. */
    Optional<String> modelOf(SpecMutant mutant) {
        return Optional.ofNullable(modelOfChange.get(mutant.name()));
    }

    /** Returns these with what is new; a change that nobody has noticed leaves them. */
    SpecHints with(List<Outcome> outcomes) {
        Map<String, String> all = new TreeMap<>(modelOfChange);
        for (Outcome outcome : outcomes) {
            String name = outcome.mutant().name();
            outcome.by().ifPresentOrElse(model -> all.put(name, model), () -> all.remove(name));
        }
        return new SpecHints(all);
    }

    /** Writes the file, in the order of the changes' names. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(modelOfChange).forEach((change, model) -> lines.add(model + " " + change));
        Files.write(file, lines, StandardCharsets.UTF_8);
    }
}
