package dev.faultline.spec.engine.tlc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tla2sany.semantic.ModuleNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.st.Location;

/** The text of the modules, as it was when they were loaded. */
final class Sources {
    private static final int TAB = 8; // SANY counts columns so

    private final Map<String, List<String>> lines = new HashMap<>();

    Sources(ModuleNode[] modules, Resolver resolver) {
        for (ModuleNode module : modules) {
            String name = module.getName().toString();
            File file = resolver.resolve(name, true);
            if (file != null) {
                lines.put(name, read(file));
            }
        }
    }

    /** Reads with the character set SANY reads with, so that columns agree. */
    private static List<String> read(File file) {
        try {
            String text = new String(Files.readAllBytes(file.toPath()), Charset.defaultCharset());
            return text.lines().map(Sources::expandTabs).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String expandTabs(String line) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            int width = line.charAt(i) == '\t' ? TAB - expanded.length() % TAB : 0;
            expanded.append(width == 0 ? line.substring(i, i + 1) : " ".repeat(width));
        }
        return expanded.toString();
    }

    /** Returns whether the text is known of the module in which something stands: it is none of TLC's own. */
    boolean has(SemanticNode node) {
        return lines.containsKey(node.getLocation().source());
    }

    /** Returns where the expression stands, such as {@code Fleet.tla line 12}. */
    String place(SemanticNode node) {
        return node.getLocation().source() + ".tla line " + node.getLocation().beginLine();
    }

    /** Returns the expression on one line, without comments. */
    String text(SemanticNode node) {
        Location place = node.getLocation();
        List<String> file = lines.get(place.source());
        if (file == null || place.endLine() > file.size()) {
            return node.toString();
        }
        StringBuilder text = new StringBuilder();
        for (int line = place.beginLine(); line <= place.endLine(); line++) {
            String whole = file.get(line - 1);
            int from = line == place.beginLine() ? place.beginColumn() - 1 : 0;
            int to = line == place.endLine() ? place.endColumn() : whole.length();
            String part = whole.substring(Math.min(from, to), Math.min(to, whole.length()));
            int comment = part.indexOf("\\*");
            text.append(comment < 0 ? part : part.substring(0, comment)).append(' ');
        }
        return text.toString().replaceAll("\\(\\*.*?\\*\\)", " ").strip().replaceAll("\\s+", " ");
    }
}
