package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.slices.SliceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What readers are sent to is there. */
class PagesTest {
    private static final Path HOME =
            SliceSpec.modules().resolve("../..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]+)`");
    private static final Pattern CLASS_IN_ROOM = Pattern.compile("`([a-z]+(?:\\.[a-z]+)*\\.[A-Z]\\w+)");
    private static final Pattern OPERATOR = Pattern.compile("(?m)^(\\w+)(?:\\([^)]*\\))? *==");
    private static final List<String> FOLDERS = List.of("spec", "impl", "conformance", "docs");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        int links = 0;
        for (Path page : pages()) {
            for (String link : found(LINK, page)) {
                assertThat(page.resolveSibling(link)).as("link in " + page).exists();
                links++;
            }
        }
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void theMapsNameClassesAndModulesThatThereAre() throws IOException {
        Set<String> files = new TreeSet<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> all = Files.walk(HOME.resolve(folder))) {
                all.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java") || name.endsWith(".tla") || name.endsWith(".cfg"))
                        .forEach(name -> files.add(name.substring(0, name.lastIndexOf('.'))));
            }
        }
        for (String map : List.of("spec", "impl", "conformance")) {
            Set<String> named = found(NAME, HOME.resolve(map).resolve("README.md"));
            named.removeAll(Set.of("RULE", "Next"));
            named.removeAll(operators());
            assertThat(named).as(map + "/README.md").isNotEmpty().isSubsetOf(files);
        }
    }

    /** The walk in the engine's map: each class is in the room that it says. */
    @Test
    void theWalkGoesThroughRoomsThatThereAre() throws IOException {
        Set<String> walked = found(CLASS_IN_ROOM, HOME.resolve("conformance/README.md"));
        Set<String> files = new TreeSet<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> all = Files.walk(HOME.resolve(folder))) {
                all.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> HOME.relativize(file)
                                .toString()
                                .replace('/', '.')
                                .replaceFirst("\\.java$", ""))
                        .forEach(files::add);
            }
        }
        assertThat(walked)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(files)
                        .as("conformance/README.md")
                        .anyMatch(file -> file.endsWith("." + name.replaceFirst("\\.[a-z]\\w*$", ""))));
    }

    private static Set<String> operators() throws IOException {
        Set<String> operators = new TreeSet<>();
        try (Stream<Path> modules = Files.list(SliceSpec.modules())) {
            for (Path module : modules.toList()) {
                operators.addAll(found(OPERATOR, module));
            }
        }
        return operators;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(HOME);
                Stream<Path> rest = FOLDERS.stream().flatMap(folder -> below(HOME.resolve(folder)))) {
            return Stream.concat(top, rest)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
