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
    static TempFolder create() throws IOException {
        return new TempFolder(Files.createTempDirectory("faultline-tlc"));
    }

    /** Deletes the folder with all that is in it, as far as that is possible. */
    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            // Somebody else is deleting it, too, or it is left to the system: it is a temporary folder.
        }
    }
}
