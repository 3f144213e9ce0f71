package dev.faultline.cli;

import dev.faultline.conformance.verify.Part;
import dev.faultline.conformance.verify.Part.Row;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code verify} found: one table for the terminal, one page for the browser. For one thread at a time. */
final class VerifyReport {
    private final List<Told> rows = new ArrayList<>();
    private final PrintWriter out;

    private record Told(Part part, Row row) {}

    VerifyReport(PrintWriter out) {
        this.out = out;
    }

    /** Adds a row, and prints it. */
    void add(Part part, Row row) {
        if (rows.isEmpty() || !rows.get(rows.size() - 1).part().equals(part)) {
            out.printf(Locale.ROOT, "%n%s%n", part.name());
        }
        rows.add(new Told(part, row));
        out.printf(Locale.ROOT, "  %s %-28s %s%n", row.ok() ? "ok  " : "FAIL", row.name(), row.found());
        if (!row.ok() && !row.detail().isEmpty()) {
            out.println(row.detail().indent(7).stripTrailing());
        }
        out.flush();
    }

    boolean isOk() {
        return rows.stream().allMatch(told -> told.row().ok());
    }

    /** Returns the last line: how much was as expected. */
    String summary(double seconds) {
        long failed = rows.stream().filter(told -> !told.row().ok()).count();
        return String.format(
                Locale.ROOT,
                "%s: %d of %d as expected, in %.0f s",
                failed == 0 ? "verified" : "NOT VERIFIED",
                rows.size() - failed,
                rows.size(),
                seconds);
    }

    /**
     * Returns the page.
     *
     * @param depth how much was done, as the option is called
     */
    String html(String depth, double seconds) {
        StringBuilder page = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Faultline: verify</title>
                <meta name="viewport" content="width=device-width, initial-scale=1"><style>
                :root { color-scheme: light dark; }
                body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
                table { border-collapse: collapse; width: 100%; } td:last-child { width: 99%; } td { white-space: nowrap; border-top: 1px solid #ccc; padding: .3rem .6rem; vertical-align: top; }
                .ok { color: #176f2c; } .fail { color: #b00020; font-weight: bold; } td:last-child { white-space: normal; } pre { overflow-x: auto; }
                @media (prefers-color-scheme: dark) { .ok { color: #6fcf82; } .fail { color: #ff8a94; } td { border-color: #555; } }
                @media (max-width: 40rem) {
                  tr { display: grid; grid-template-columns: 3.5rem 1fr; border-top: 1px solid #888; }
                  td, td:last-child { border: 0; width: auto; white-space: normal; overflow-wrap: anywhere; }
                  td:last-child { grid-column: 2; padding-top: 0; }
                }
                </style></head><body><h1>Faultline: verify</h1>
                """);
        page.append("<p class=\"")
                .append(isOk() ? "ok" : "fail")
                .append("\">")
                .append(escaped(summary(seconds)))
                .append("</p>\n<p>")
                .append(escaped(ranWith(depth)))
                .append("</p>\n");
        @Nullable Part part = null;
        for (Told told : rows) {
            Row row = told.row();
            if (!told.part().equals(part)) {
                page.append(part == null ? "" : "</table>\n")
                        .append("<h2>")
                        .append(escaped(told.part().name()))
                        .append("</h2>\n<p>")
                        .append(escaped(told.part().reason()))
                        .append("</p>\n<table>\n");
                part = told.part();
            }
            page.append("<tr><td class=\"")
                    .append(row.ok() ? "ok\">ok" : "fail\">FAIL")
                    .append("</td><td>")
                    .append(escaped(row.name()))
                    .append("</td><td>")
                    .append(escaped(row.found()))
                    .append(row.detail().isEmpty() ? "" : "<pre>" + escaped(row.detail()) + "</pre>")
                    .append("</td></tr>\n");
        }
        page.append(rows.isEmpty() ? "" : "</table>\n").append("</body></html>\n");
        return page.toString();
    }

    private static String ranWith(String depth) {
        return String.format(
                Locale.ROOT,
                "%s, on Java %s, %d processors, ended at %s.",
                depth,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
