package dev.faultline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.lang3.StringUtils;

/** Rows of text, printed in columns as wide as they need to be. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> heads;

    /**
     * Makes a table.
     *
     * @param heads of the columns; a column whose head begins with a blank is aligned to the right
     */
    Table(String... heads) {
        this.heads = List.of(heads);
        add(this.heads.stream().map(String::strip).toArray(String[]::new));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** Returns the lines, without blanks at their ends. */
    List<String> lines() {
        List<Integer> widths = IntStream.range(0, heads.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, heads.size())
                        .mapToObj(column -> heads.get(column).startsWith(" ")
                                ? StringUtils.leftPad(row.get(column), widths.get(column))
                                : StringUtils.rightPad(row.get(column), widths.get(column)))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .toList();
    }
}
