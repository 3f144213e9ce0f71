package dev.faultline.conformance.memory;

import dev.faultline.conformance.cache.CacheFolder;
import dev.faultline.conformance.cache.Code;
import dev.faultline.conformance.cache.Digest;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the steps of slices between runs, under a digest of all that they depend on: the text of the modules, the
 * configuration for the traced system, and the code that puts states in normal form. For any threads.
 */
public final class StepCache {
    private final CacheFolder folder;

    public StepCache(CacheFolder folder) {
        this.folder = folder;
    }

    /** Returns the one in the user's cache folder, if there is such a folder. */
    public static Optional<StepCache> ofUser() {
        return CacheFolder.ofUser().map(StepCache::new);
    }

    /** Lets a new table begin with what was kept for such systems, if anything. */
    public void begin(Transitions transitions, TraceHeader header) {
        key(header)
                .ifPresent(key -> folder.read(key).ifPresent(bytes -> {
                    if (!transitions.begin(bytes)) {
                        folder.forget(key);
                    }
                }));
    }

    /** Keeps what a table has learnt, if it is worth it. */
    public void keep(Transitions transitions, TraceHeader header) {
        transitions.toKeep().ifPresent(bytes -> key(header).ifPresent(key -> folder.write(key, bytes)));
    }

    private static Optional<Digest> key(TraceHeader header) {
        Digest.Builder digest = new Digest.Builder();
        try {
            digest.add(SliceSpec.text(header));
            List<Path> modules;
            try (Stream<Path> files = Files.list(SliceSpec.modules())) {
                modules = files.filter(file -> file.toString().endsWith(".tla"))
                        .sorted()
                        .toList();
            }
            for (Path module : modules) {
                digest.add(module.getFileName().toString()).add(Files.readAllBytes(module));
            }
            Code.addTo(digest, StepCache.class, TraceHeader.class, LoadedSpec.class);
            return Optional.of(digest.build());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
