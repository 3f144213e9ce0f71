package dev.faultline.spec.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the manifest: a module at a size that TLC can explore, and what must come of it.
 *
 * @param name what people call it; unique in its manifest
 * @param module the {@code .tla} file
 * @param config the {@code .cfg} file
 * @param suite the smallest suite that it belongs to
 * @param exploration how it is explored
 * @param expectation what must come of it
 * @param workers how many threads TLC has
 * @param heap the most heap that TLC's JVM may use, as for {@code java -Xmx}; empty for the default
 * @param rule the operator that this model takes away from the protocol, if any
 * @param reaches the situations that it must get into; see {@code spec/models/Reaching.tla}
 * @param time about how long it takes, for people; empty where nobody has said
 * @param why a sentence: what it is for
 */
public record Model(
        String name,
        Path module,
        Path config,
        Suite suite,
        Exploration exploration,
        Expectation expectation,
        int workers,
        Optional<String> heap,
        Optional<String> rule,
        Set<String> reaches,
        Optional<String> time,
        String why) {
    /** Copies the situations. */
    public Model {
        reaches = Collections.unmodifiableSet(new LinkedHashSet<>(reaches)); // in the order of the manifest
    }
}
