package dev.faultline.spec.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a module and of all that it extends or instantiates, but for TLC's own: enough of it to know which names
 * it defines, and where. Whether the text is TLA+ is TLC's to say.
 */
final class ModuleTexts {
    private static final Pattern IMPORTED =
            Pattern.compile("\\bEXTENDS\\s+(\\w+(?:\\s*,\\s*\\w+)*)|\\bINSTANCE\\s+(\\w+)");
    private static final Pattern CONSTANTS =
            Pattern.compile("\\bCONSTANTS?\\s+(\\w+(?:\\([_,\\s]*\\))?(?:\\s*,\\s*\\w+(?:\\([_,\\s]*\\))?)*)");
    private static final Pattern DEFINITION =
            Pattern.compile("(?m)^(?:LOCAL\\s+)?(\\w+)(?:\\([^=]*?\\)|\\[[^=]*?])?\\s*==");
    private static final Pattern WORD = Pattern.compile("\\w+");

    private final Map<String, String> texts = new HashMap<>();

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
