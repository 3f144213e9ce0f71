package dev.faultline.spec.model;

import dev.faultline.spec.engine.SpecLoadException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The jar of the TLA+ tools.
 *
 * @param jar the file
 * @param noTrace the option that keeps TLC from writing a module for each counterexample beside the specification; empty
 *     where there is no such option, as TLC does not do that unasked
 * @param own whether they are those that Faultline comes with, and nobody has named others
 */
record TlaTools(Path jar, String noTrace, boolean own) {
    private static final String JAR_PROPERTY = "faultline.tlatools";
    private static final String NO_TRACE = "-noGenerateSpecTE";

    /**
     * Finds the jar that the system property {@code faultline.tlatools} names or, without it, the one on the class path.
     *
     * @throws SpecLoadException if there is none, in one line
     */
    static TlaTools find() {
        String named = System.getProperty(JAR_PROPERTY);
        Path jar = named == null ? ofClassPath() : Path.of(named).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new SpecLoadException(JAR_PROPERTY + " names " + jar + ", which is not a file", null);
        }
        try (JarFile tools = new JarFile(jar.toFile())) {
            ZipEntry tlc = tools.getEntry("tlc2/TLC.class");
            if (tlc == null) {
                throw new SpecLoadException(jar + " has no class tlc2.TLC", null);
            }
            try (InputStream content = tools.getInputStream(tlc)) {
                // Every option that it compares its arguments with is a constant of the class.
                boolean known = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1).contains(NO_TRACE);
                return new TlaTools(jar, known ? NO_TRACE : "", named == null);
            }
        } catch (IOException e) {
            throw new SpecLoadException(jar + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path ofClassPath() {
        CodeSource source = tlc2.TLC.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new SpecLoadException("the jar of the TLA+ tools is not known; name it with -D" + JAR_PROPERTY, null);
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new SpecLoadException(source.getLocation() + " cannot be read", e);
        }
    }
}
