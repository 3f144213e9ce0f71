package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.AgentCore;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table in docs/source.md names only what there is, and every sentence of the source has its row. */
class SourceTableTest {
    private static final Path HOME = Path.of(System.getProperty("faultline.home", "."));
    private static final Map<String, Integer> SENTENCES =
            Map.of("P12.28", 3, "P13.7", 4, "P14.17", 8, "P15.5", 5, "P15.15", 4, "P18.1", 4);
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    /** The rows by sentence; each has its columns, and each column the names in it. */
    private static final Map<String, List<Set<String>>> ROWS = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String line : Files.readAllLines(HOME.resolve("docs/source.md"))) {
            if (line.startsWith("| P")) {
                String[] cells = line.substring(2, line.length() - 2).split(" *\\| *", -1);
                List<Set<String>> names =
                        Stream.of(cells).map(SourceTableTest::names).toList();
                assertThat(ROWS.put(cells[0], names)).as(cells[0] + " twice").isNull();
            }
        }
    }

    @Test
    void everySentenceHasARow() {
        Set<String> sentences = new TreeSet<>();
        SENTENCES.forEach((label, count) ->
                IntStream.rangeClosed(1, count).forEach(number -> sentences.add(label + "." + number)));
        assertThat(ROWS.keySet()).containsExactlyInAnyOrderElementsOf(sentences);
    }

    @Test
    void everyRowSaysWhereItIsSpecifiedAndWhatWouldNotice() {
        ROWS.forEach((sentence, columns) -> {
            assertThat(columns.get(2).size() + columns.get(3).size())
                    .as("operators of " + sentence)
                    .isPositive();
            assertThat(columns.get(4)).as("models of " + sentence).isNotEmpty();
        });
    }

    @Test
    void everyOperatorIsDefined() {
        Set<String> operators = texts("spec/modules", ".tla")
                .flatMap(text -> matches("(?m)^(\\w+)(?:\\([^)]*\\))? *==", text))
                .collect(Collectors.toSet());
        assertThat(operators).containsAll(column(2));
        Set<String> readings = texts("spec/models", ".tla")
                .flatMap(text -> matches("(?m)^(\\w+)(?:\\([^)]*\\))? *==", text))
                .collect(Collectors.toSet());
        assertThat(readings).containsAll(column(3));
    }

    @Test
    void everyModelIsInTheManifest() {
        Set<String> models = Manifest.read(HOME.resolve("spec/models/manifest.json")).models().stream()
                .map(Model::name)
                .collect(Collectors.toSet());
        assertThat(models).containsAll(column(4));
    }

    @Test
    void everyMethodIsThere() throws ClassNotFoundException {
        for (String name : column(5)) {
            Class<?> type =
                    Class.forName(AgentCore.class.getPackageName() + "." + StringUtils.substringBefore(name, "."));
            assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
                    .as(name)
                    .contains(StringUtils.substringAfter(name, "."));
        }
    }

    @Test
    void everyTestIsThere() {
        Set<String> tests = Stream.of("impl", "conformance")
                .flatMap(module -> files(module + "/src/test/java", ".java"))
                .flatMap(file -> matches("\\bvoid (\\w+)\\(", text(file))
                        .map(method ->
                                StringUtils.substringBefore(file.getFileName().toString(), ".") + "." + method))
                .collect(Collectors.toSet());
        assertThat(tests).containsAll(column(6));
    }

    private static Set<String> column(int index) {
        return ROWS.values().stream()
                .flatMap(columns -> columns.get(index).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(String cell) {
        return matches(NAME.pattern(), cell).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> matches(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().map(result -> result.group(1)).toList().stream();
    }

    private static Stream<String> texts(String folder, String ending) {
        return files(folder, ending).map(SourceTableTest::text);
    }

    private static Stream<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
