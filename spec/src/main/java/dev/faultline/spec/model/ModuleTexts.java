package dev.faultline.spec.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;

/**
 * The text of a module and of all that it extends or instantiates, but for TLC's own: enough of it to know which names
 * it defines, and where. Whether the text is TLA+ is TLC's to say.
 */
final class ModuleTexts {
    private static final Pattern IMPORTED =
            Pattern.compile("\\bEXTENDS\\s+(\\w+(?:\\s*,\\s*\\w+)*)|\\bINSTANCE\\s+(\\w+)");
    private static final Pattern EXTENDED = Pattern.compile("\\bEXTENDS\\s+(\\w+(?:\\s*,\\s*\\w+)*)");
    private static final Pattern CONSTANTS =
            Pattern.compile("\\bCONSTANTS?\\s+(\\w+(?:\\([_,\\s]*\\))?(?:\\s*,\\s*\\w+(?:\\([_,\\s]*\\))?)*)");
    private static final Pattern DEFINITION =
            Pattern.compile("(?m)^(?:LOCAL\\s+)?(\\w+)(?:\\([^=]*?\\)|\\[[^=]*?])?\\s*==");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern EVENTUALLY = Pattern.compile("(?<!<)<>(?!>)|~>|\\b[WS]F_");
    private static final Pattern CHANGE = Pattern.compile("'|\\bUNCHANGED\\b");

    private final Map<String, String> texts = new HashMap<>();

    /** An operator of a module, at its top. */
    record Definition(String module, String name) implements Comparable<Definition> {
        @Override
        public int compareTo(Definition other) {
            return Comparator.comparing(Definition::module)
                    .thenComparing(Definition::name)
                    .compare(this, other);
        }
    }

    /** A part of a module's text. Lines and columns count from 1; the last column is part of it. */
    record Part(int line, int column, int lastLine, int lastColumn) {}

    private ModuleTexts() {}

    /**
     * Reads a module and what it imports.
     *
     * @param libraries where to look, after the folder of the module itself
     * @throws UncheckedIOException if a file cannot be read
     */
    static ModuleTexts read(Path module, List<Path> libraries) {
        ModuleTexts modules = new ModuleTexts();
        Deque<Path> files = new ArrayDeque<>(List.of(module));
        while (!files.isEmpty()) {
            Path file = files.remove();
            String text = TlaText.withoutComments(read(file));
            modules.texts.put(nameOf(file), text);
            Matcher imported = IMPORTED.matcher(text);
            while (imported.find()) {
                Matcher name = WORD.matcher(imported.group().replaceFirst("\\w+", ""));
                while (name.find()) {
                    if (!modules.texts.containsKey(name.group())) {
                        find(name.group(), module, libraries).ifPresent(files::add);
                    }
                }
            }
        }
        return modules;
    }

    /** Returns the names of the modules. */
    Set<String> modules() {
        return texts.keySet();
    }

    /** Returns the names of constants and operators at the top of any of the modules. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        for (String text : texts.values()) {
            DEFINITION.matcher(text).results().forEach(definition -> names.add(definition.group(1)));
            CONSTANTS
                    .matcher(text)
                    .results()
                    .flatMap(constants -> WORD.matcher(constants.group(1)).results())
                    .forEach(constant -> names.add(constant.group()));
        }
        return names;
    }

    /** Returns the name of the definition that the line is part of. */
    Optional<String> definitionAt(String module, int line) {
        Optional<String> found = Optional.empty();
        String text = texts.getOrDefault(module, "");
        Matcher definition = DEFINITION.matcher(text);
        while (definition.find()
                && text.substring(0, definition.start()).lines().count() < line) {
            found = Optional.of(definition.group(1));
        }
        return found;
    }

    /**
     * Returns whether the operator says that something happens at some time: whether it, or anything that it mentions,
     * has an eventuality or fairness in it. What has not, TLC checks step by step, and says so by name or place.
     */
    boolean isTemporal(String operator) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(operator));
        while (!open.isEmpty()) {
            String name = open.remove();
            for (String module : seen.add(name) ? texts.keySet() : Set.<String>of()) {
                String body = bodiesIn(module).getOrDefault(new Definition(module, name), "");
                if (EVENTUALLY.matcher(body).find()) {
                    return true;
                }
                words(body).forEach(open::add);
            }
        }
        return false;
    }

    /**
     * Returns the action that a part of a definition applies. Empty if it applies none or several, or says itself how
     * variables change, or is no part of that definition.
     */
    Optional<Definition> onlyActionIn(Definition definition, Part part) {
        if (!definitionAt(definition.module(), part.line()).equals(Optional.of(definition.name()))) {
            return Optional.empty();
        }
        String text = textOf(definition.module(), part);
        Map<String, Definition> actions = actionsSeenFrom(definition.module());
        Set<String> applied = words(text).filter(actions::containsKey).collect(Collectors.toSet());
        return CHANGE.matcher(text).find() || applied.size() != 1
                ? Optional.empty()
                : applied.stream().map(actions::get).findFirst();
    }

    /** Returns the text of a part, or as much of it as there is. */
    private String textOf(String module, Part part) {
        List<String> lines = texts.getOrDefault(module, "").lines().toList();
        StringBuilder text = new StringBuilder();
        for (int number = part.line(); number <= Math.min(part.lastLine(), lines.size()); number++) {
            String line = lines.get(number - 1);
            int from = number == part.line() ? part.column() - 1 : 0;
            int to = number == part.lastLine() ? part.lastColumn() : line.length();
            text.append(StringUtils.substring(line, from, to)).append('\n');
        }
        return text.toString();
    }

    /** Returns the operators that say how variables change, or apply one that does: those that the module can name. */
    private Map<String, Definition> actionsSeenFrom(String module) {
        Map<Definition, String> bodies = bodiesSeenFrom(module);
        Map<String, Definition> actions = new HashMap<>();
        int before;
        do {
            before = actions.size();
            bodies.forEach((definition, body) -> {
                if (CHANGE.matcher(body).find() || words(body).anyMatch(actions::containsKey)) {
                    actions.put(definition.name(), definition);
                }
            });
        } while (actions.size() > before);
        return actions;
    }

    /** Returns the definitions of a module and of all that it extends; an instance's names are not among them. */
    private Map<Definition, String> bodiesSeenFrom(String module) {
        Map<Definition, String> bodies = new HashMap<>();
        extendedBy(module).forEach(name -> bodies.putAll(bodiesIn(name)));
        return bodies;
    }

    /** Returns a module and all that it extends. */
    Set<String> extendedBy(String module) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(module));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (seen.add(name)) {
                EXTENDED.matcher(texts.getOrDefault(name, ""))
                        .results()
                        .flatMap(list -> words(list.group(1)))
                        .forEach(open::add);
            }
        }
        return seen;
    }

    private Map<Definition, String> bodiesIn(String module) {
        Map<Definition, String> bodies = new HashMap<>();
        String text = texts.getOrDefault(module, "");
        List<MatchResult> starts = DEFINITION.matcher(text).results().toList();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1).start() : text.length();
            bodies.put(
                    new Definition(module, starts.get(i).group(1)),
                    text.substring(starts.get(i).end(), end));
        }
        return bodies;
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group);
    }

    private static Optional<Path> find(String name, Path module, List<Path> libraries) {
        Path beside = module.resolveSibling(name + ".tla");
        return Files.isRegularFile(beside)
                ? Optional.of(beside)
                : libraries.stream()
                        .map(library -> library.resolve(name + ".tla"))
                        .filter(Files::isRegularFile)
                        .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".tla".length());
    }
}
