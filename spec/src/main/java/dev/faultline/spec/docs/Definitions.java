package dev.faultline.spec.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;

/** The operators that some modules define, with the comments above them. */
final class Definitions {
    private static final Pattern DEFINITION = Pattern.compile(
            "(?ms)^(?:\\(\\*(?<comment>(?:(?!\\*\\)).)*)\\*\\)\\s*^)?(?<name>\\w+)(?:\\([^)]*\\))?\\s*==");
    private static final Pattern RULE = Pattern.compile("^RULE\\.\\s*");

    /**
     * An operator.
     *
     * @param module the file that defines it
     * @param comment on one line, without the word RULE; empty if there is none
     * @param rule whether the comment says that it is a rule
     */
    record Definition(String name, Path module, String comment, boolean rule) {}

    private final List<Definition> all = new ArrayList<>();

    private Definitions() {}

    /**
     * Reads modules.
     *
     * @param places files, or folders with {@code .tla} files, in order of preference
     */
    static Definitions read(List<Path> places) throws IOException {
        Definitions definitions = new Definitions();
        for (Path place : places) {
            try (Stream<Path> files = Files.walk(place, 1)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".tla"))
                        .sorted()
                        .toList()) {
                    definitions.add(file, Files.readString(file));
                }
            }
        }
        return definitions;
    }

    private void add(Path file, String text) {
        Matcher definition = DEFINITION.matcher(text);
        while (definition.find()) {
            String comment = StringUtils.normalizeSpace(StringUtils.defaultString(definition.group("comment")));
            Matcher rule = RULE.matcher(comment);
            all.add(new Definition(definition.group("name"), file, rule.replaceFirst(""), rule.lookingAt()));
        }
    }

    /** Returns the first definition of an operator. */
    Optional<Definition> of(String name) {
        return all.stream().filter(definition -> definition.name().equals(name)).findFirst();
    }

    /** Returns the operators whose comment says that they are rules. */
    List<Definition> rules() {
        return all.stream().filter(Definition::rule).toList();
    }
}
