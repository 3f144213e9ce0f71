package dev.faultline.spec.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for files that nobody needs afterwards. */
record TempFolder(Path path) implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    static TempFolder create() throws IOException {
        return new TempFolder(Files.createTempDirectory("faultline-tlc"));
    }

    /** Deletes the folder with all that is in it, as far as that is possible. */
    @Override
    public void close() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
            // Again if a process that is on its way out has put one more file there.
            deleteOnce();
        }
    }

    private void deleteOnce() {
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            // Then it is tried again, or left to the system: it is a temporary folder.
        }
    }
}
