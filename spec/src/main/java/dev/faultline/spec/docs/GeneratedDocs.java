package dev.faultline.spec.docs;

import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Verdict;
import dev.faultline.spec.model.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files under {@code docs} that are made from what the models say: {@code rules.md}, {@code readings.md}, and a
 * picture in {@code rules} for every model that breaks. Not for several threads.
 */
public final class GeneratedDocs {
    static final String MARK =
            "<!-- Written by ./faultline docs. Change the modules, the models or their manifest instead. -->\n";

    private static final String PICTURES = "docs/rules";

    private final Path home;
    private final Map<String, String> pages;
    private final Map<String, Case> pictures = new TreeMap<>();

    private GeneratedDocs(Path home, Map<String, String> pages, List<Case> cases) {
        this.home = home;
        this.pages = pages;
        cases.forEach(one -> pictures.put("docs/" + one.file(), one));
    }

    /**
     * Makes the pages, in memory. Pictures are drawn when they are needed.
     *
     * @param home the root of the checkout
     * @param results of the models that are expected to break, and do
     * @throws IOException if a module or finding cannot be read
     */
    public static GeneratedDocs of(Path home, Manifest manifest, List<ModelResult> results) throws IOException {
        List<Path> places = List.of(home.resolve("spec/modules"), home.resolve("spec/models"));
        List<Case> cases = new ArrayList<>();
        for (ModelResult result : results) {
            if (result.verdict() instanceof Verdict.Breaks found) {
                cases.add(new Case(result, found));
            }
        }
        Definitions definitions = Definitions.read(places);
        Map<String, String> files = new TreeMap<>();
        files.put("docs/rules.md", RulesPage.text(cases, definitions));
        files.put(
                "docs/readings.md",
                new ReadingsPage(manifest, cases, definitions, home.resolve("docs/findings")).text());
        return new GeneratedDocs(home, files, cases);
    }

    /**
     * Returns how the files on disk differ, a line for each that does. All pictures are drawn anew, and compared.
     *
     * @throws IOException if a file cannot be read
     */
    public List<String> differences() throws IOException {
        return differences(drawn());
    }

    /**
     * Returns how the files on disk differ, a line for each that does. Of a picture it is only found out whether it is of the
     * counterexample that there is now, by what it says of itself: that takes no time.
     *
     * @throws IOException if a file cannot be read
     */
    public List<String> differencesUndrawn() throws IOException {
        Map<String, String> wanted = new TreeMap<>(pages);
        for (Map.Entry<String, Case> picture : pictures.entrySet()) {
            String there = onDisk(picture.getKey()).orElse("");
            wanted.put(picture.getKey(), there.contains(picture.getValue().mark()) ? there : "");
        }
        return differences(wanted);
    }

    private Map<String, String> drawn() {
        Map<String, String> drawn = new TreeMap<>(pages);
        List<Path> libraries = List.of(home.resolve("spec/modules"));
        pictures.forEach((name, one) -> drawn.put(name, one.picture(libraries)));
        return drawn;
    }

    private List<String> differences(Map<String, String> wanted) throws IOException {
        List<String> differences = new ArrayList<>();
        for (String name : changed(wanted)) {
            differences.add(name + (Files.exists(home.resolve(name)) ? " is not what the models say" : " is missing"));
        }
        left().forEach(name -> differences.add(name + " belongs to no model"));
        return differences;
    }

    /**
     * Writes the files that differ and removes pictures that belong to no model. Each file is there as a whole or as it
     * was, as far as the file system allows.
     *
     * @return what has been done, a line for each file
     * @throws IOException if one cannot be written
     */
    public List<String> write() throws IOException {
        List<String> done = new ArrayList<>();
        Files.createDirectories(home.resolve(PICTURES));
        Map<String, String> wanted = drawn();
        for (String name : changed(wanted)) {
            WholeFile.write(home.resolve(name), wanted.getOrDefault(name, ""));
            done.add(name + " written");
        }
        for (String name : left()) {
            Files.delete(home.resolve(name));
            done.add(name + " removed: it belongs to no model");
        }
        return done;
    }

    private List<String> changed(Map<String, String> wanted) throws IOException {
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            if (!onDisk(file.getKey()).equals(Optional.of(file.getValue()))) {
                changed.add(file.getKey());
            }
        }
        return changed;
    }

    private Optional<String> onDisk(String name) throws IOException {
        Path path = home.resolve(name);
        // Git may have checked it out with other ends of lines.
        return Files.exists(path) ? Optional.of(Files.readString(path).replace("\r\n", "\n")) : Optional.empty();
    }

    /** Returns the pictures on disk that are not made any more. */
    private Set<String> left() throws IOException {
        Set<String> left = new TreeSet<>();
        Path folder = home.resolve(PICTURES);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                there.map(path -> PICTURES + "/" + path.getFileName())
                        .filter(name -> !pictures.containsKey(name))
                        .forEach(left::add);
            }
        }
        return left;
    }

    /** Returns how Markdown's readers call a heading of one word. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT);
    }

    /** Returns where an operator is defined, and what the comment says of it. */
    static String definedIn(Definitions.Definition definition) {
        Path file = definition.module();
        String folder = file.getName(file.getNameCount() - 2).toString();
        String place =
                String.format(Locale.ROOT, "Defined in [`%1$s`](../spec/%2$s/%1$s).\n", file.getFileName(), folder);
        return definition.comment().isEmpty() ? place : place + "\n> " + definition.comment() + "\n";
    }
}
