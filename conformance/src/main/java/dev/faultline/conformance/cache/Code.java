package dev.faultline.conformance.cache;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/** The code that runs, for a key of what depends on it: two builds of the same sources are the same, others are not. */
public final class Code {
    private Code() {}

    /**
     * Adds to a digest all that is where these classes are from, jar or folder, and the names of all jars.
     *
     * @throws IOException if that cannot be read
     */
    public static void addTo(Digest.Builder digest, Class<?>... classes) throws IOException {
        for (Class<?> one : classes) {
            CodeSource source = one.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IOException("it is not known where " + one + " is from");
            }
            try {
                Path place = Path.of(source.getLocation().toURI());
                if (Files.isDirectory(place)) {
                    addFolder(digest, place);
                } else {
                    digest.add(Files.readAllBytes(place));
                }
            } catch (URISyntaxException | RuntimeException e) {
                throw new IOException(e);
            }
        }
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            digest.add(String.valueOf(Path.of(entry).getFileName()));
        }
    }

    private static void addFolder(Digest.Builder digest, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            digest.add(folder.relativize(file).toString()).add(Files.readAllBytes(file));
        }
    }
}
