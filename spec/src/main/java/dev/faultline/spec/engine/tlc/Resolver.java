package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecLoadException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import util.FilenameToStream;

/**
 * Finds modules in the folders of the specification, then on the class path, which has the standard ones; those are
 * copied to a temporary folder that lasts until the resolver is closed.
 */
final class Resolver implements FilenameToStream, AutoCloseable {
    private static final String STANDARD_MODULES = "tla2sany/StandardModules/";

    private final Path config;
    private final List<Path> folders = new ArrayList<>();
    private final Path copies;

    Resolver(Path module, Path config, List<Path> libraries) {
        this.config = config;
        folders.add(module.toAbsolutePath().getParent());
        try {
            copies = Files.createTempDirectory(
                    "faultline-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new SpecLoadException("no temporary folder for the standard modules: " + e, e);
        }
        try {
            for (Path library : libraries) {
                folders.add(folderOf(library));
            }
        } catch (SpecLoadException e) {
            close();
            throw e;
        }
    }

    /** Returns a folder with the library's modules: itself, or one with those that are at the top of a jar. */
    private Path folderOf(Path library) {
        if (Files.isDirectory(library)) {
            return library;
        } else if (!Files.isReadable(library)) {
            throw new SpecLoadException("the library " + library + " does not exist, or cannot be read", null);
        }
        try (ZipFile jar = new ZipFile(library.toFile())) {
            Path folder = Files.createTempDirectory(copies, "library");
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && entry.getName().matches("[\\w-]+\\.tla")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, folder.resolve(entry.getName()));
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new SpecLoadException(
                    "the library " + library + " is no folder and no jar that can be read: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable File resolve(String name, boolean isModule) {
        if (!isModule) {
            return name.endsWith(".cfg") ? config.toFile() : null; // never .class: TLC looks for Java overrides
        }
        String file = name.endsWith(".tla") ? name : name + ".tla";
        return folders.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(path -> new TLAFile(path.toString(), this))
                .orElseGet(() -> fromClassPath(file));
    }

    private @Nullable TLAFile fromClassPath(String file) {
        ClassLoader loader = Resolver.class.getClassLoader();
        return Stream.of(STANDARD_MODULES + file, file)
                .map(loader::getResourceAsStream)
                .filter(in -> in != null)
                .findFirst()
                .map(in -> new TLAFile(copy(in, file).toString(), true, this))
                .orElse(null);
    }

    private Path copy(InputStream in, String file) {
        Path copy = copies.resolve(file);
        try (in) {
            if (!Files.exists(copy)) {
                Files.copy(in, copy);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getFullPath() {
        return folders.toString();
    }

    @Override
    public boolean isStandardModule(String moduleName) {
        return resolve(moduleName, true) instanceof TLAFile file && file.isLibraryModule();
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(copies)) {
            files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
