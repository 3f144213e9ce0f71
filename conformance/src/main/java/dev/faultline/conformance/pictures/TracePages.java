package dev.faultline.conformance.pictures;

import dev.faultline.spec.model.WholeFile;
import dev.faultline.trace.TraceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code docs} says of the format of traces and is made from the records: the tables in {@code traces.md}, and the
 * JSON Schema in {@code trace.schema.json}.
 */
public final class TracePages {
    private static final String PAGE = "docs/traces.md";
    private static final String SCHEMA = "docs/trace.schema.json";

    private final Path home;

    /** Looks after the pages of the checkout with this root. */
    public TracePages(Path home) {
        this.home = home;
    }

    /**
     * Returns how the files differ from what the records say, a line for each that does.
     *
     * @throws IOException if one cannot be read
     */
    public List<String> differences() throws IOException {
        return changed().keySet().stream()
                .map(name -> name + " is not what the records say")
                .toList();
    }

    /**
     * Writes the files that differ.
     *
     * @return what has been done, a line for each file
     * @throws IOException if one cannot be written
     */
    public List<String> write() throws IOException {
        List<String> done = new ArrayList<>();
        for (Map.Entry<String, String> file : changed().entrySet()) {
            WholeFile.write(home.resolve(file.getKey()), file.getValue());
            done.add(file.getKey() + " written");
        }
        return done;
    }

    private Map<String, String> changed() throws IOException {
        Map<String, String> wanted = new LinkedHashMap<>();
        String page = read(PAGE);
        wanted.put(PAGE, withPart(withPart(page, "actions", TraceSchema.actions()), "parts", TraceSchema.parts()));
        wanted.put(SCHEMA, TraceSchema.text());
        Map<String, String> changed = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            if (!read(file.getKey()).equals(file.getValue())) {
                changed.put(file.getKey(), file.getValue());
            }
        }
        return changed;
    }

    /** Returns the text of a file, without the ends of lines that Git may have given it; nothing if there is none. */
    private String read(String name) throws IOException {
        Path file = home.resolve(name);
        return Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "";
    }

    private static String withPart(String page, String name, String text) {
        String begin = "<!-- " + name + ": written by ./faultline docs --traces -->\n";
        String end = "<!-- end of " + name + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            return page + begin + text + end + "\n";
        }
        return page.substring(0, from + begin.length()) + text + page.substring(to);
    }
}
