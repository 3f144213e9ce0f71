package dev.faultline.conformance.tampering;

import dev.faultline.conformance.tampering.Tampering.Kind;
import dev.faultline.conformance.tampering.Tampering.Row;
import dev.faultline.core.Event;
import dev.faultline.trace.TraceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.io.IOUtils;

/**
 * How tampering went the last time that somebody looked: a line for each kind, action and field in {@code tampered.txt}, with
 * how often it was rejected and explained. All that tampering does by default is fixed, so another number is a surprise.
 */
public final class Pins {
    private static final String FILE = "tampered.txt";

    private Pins() {}

    /** Returns the lines that rows are pinned by. */
    public static List<String> lines(List<Row> rows) {
        return rows.stream()
                .map(row -> row.what() + ": " + row.rejected() + " rejected, " + (row.accepted() - row.unexplained())
                        + " explained")
                .toList();
    }

    /**
     * Returns what is not as it should be, a line each: accepted without an explanation, other numbers than those that are
     * pinned, and what was never tried.
     *
     * @param rows of what is tried by default
     */
    public static List<String> surprises(List<Row> rows) {
        List<String> surprises = new ArrayList<>();
        rows.stream()
                .filter(row -> row.unexplained() > 0)
                .forEach(row ->
                        surprises.add(row.what() + ": " + row.unexplained() + " accepted without an explanation"));
        Set<String> found = new TreeSet<>(lines(rows));
        Set<String> pinned = new TreeSet<>(pinned());
        found.stream().filter(line -> !pinned.contains(line)).forEach(line -> surprises.add("not pinned: " + line));
        pinned.stream()
                .filter(line -> !found.contains(line))
                .forEach(line -> surprises.add("pinned, not found: " + line));
        missing(rows).forEach(what -> surprises.add("never tried: " + what));
        return surprises;
    }

    /** Returns the fields of actions that were never altered, and the ways to change a trace that no action met. */
    static Set<String> missing(List<Row> rows) {
        Set<String> wanted = new TreeSet<>();
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            TraceSchema.fields(event.asSubclass(Event.class))
                    .forEach(field -> wanted.add(Kind.ALTER + " " + event.getSimpleName() + " " + field));
        }
        wanted.removeAll(rows.stream().map(Row::what).collect(Collectors.toSet()));
        for (Kind kind : Kind.values()) {
            if (rows.stream().noneMatch(row -> row.kind() == kind)) {
                wanted.add(kind.toString());
            }
        }
        return wanted;
    }

    private static List<String> pinned() {
        try (InputStream in = Pins.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return IOUtils.readLines(in, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
