package dev.faultline.spec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How often the actions of a specification were taken in several models.
 *
 * @param rows one for each action, in the order of modules and names
 */
public record Coverage(List<Row> rows) {
    /**
     * An action in all the models.
     *
     * @param transitions the number of steps that it made in all of them
     * @param models the number of models in which it made any
     */
    public record Row(String module, String action, long transitions, int models) {
        private Row and(Row other) {
            return new Row(module, action, transitions + other.transitions, models + other.models);
        }

        @Override
        public String toString() {
            return module + "!" + action;
        }
    }

    /** Copies the rows. */
    public Coverage {
        rows = List.copyOf(rows);
    }

    /** Merges what was counted in each model. */
    public static Coverage of(List<ModelResult> results) {
        TreeMap<String, Row> merged = new TreeMap<>();
        for (ModelResult result : results) {
            for (ActionCount count : result.actions()) {
                Row row = new Row(count.module(), count.action(), count.transitions(), count.transitions() > 0 ? 1 : 0);
                merged.merge(row.toString(), row, Row::and);
            }
        }
        return new Coverage(new ArrayList<>(merged.values()));
    }

    /**
     * Returns the actions that were taken in no model. Only those of the specification proper: what a model defines for
     * itself may have no use in it.
     *
     * @param library the folder of the specification's modules
     */
    public List<Row> untaken(Path library) {
        return rows.stream()
                .filter(row -> row.transitions() == 0)
                .filter(row -> Files.isRegularFile(library.resolve(row.module() + ".tla")))
                .toList();
    }
}
