package dev.faultline.spec.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The modules that the tests of this package run. */
final class Specs {
    private Specs() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Specs.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static LoadedSpec load(String name) {
        return LoadedSpec.load(file(name + ".tla"), file(name + ".cfg"));
    }

    /** Loads a module under a configuration that is written for the occasion. */
    static LoadedSpec load(String module, Path folder, String... config) {
        return LoadedSpec.load(file(module + ".tla"), write(folder, module + ".cfg", config));
    }

    static Path write(Path folder, String name, String... lines) {
        try {
            return Files.write(folder.resolve(name), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of the first line that contains the text. */
    static int line(String file, String text) {
        try {
            List<String> lines = Files.readAllLines(file(file));
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException(file + " does not contain " + text);
    }
}
