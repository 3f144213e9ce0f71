package dev.faultline.conformance.memory;

import dev.faultline.spec.engine.SpecState;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * States that are believed together; see {@link Beliefs}. There is one object for equal sets, unless it was forgotten. All but
 * the size is for who holds the monitor of the spec.
 */
final class Believed {
    /** In place of a node, for what was not kept of an earlier run. */
    static final int NO_NODE = -1;

    final int node;
    private final int size;

    /** Made when they are wanted, if they were kept. */
    @Nullable
    Set<SpecState> states;

    /** Looked for when they are wanted. */
    Optional<Symmetries> symmetries = Optional.empty();

    boolean symmetriesAreKnown;

    /** Whether the steps that were kept are among the answers. */
    boolean isOpen;

    /** Makes one whose states are those of a node of what was kept. */
    Believed(int size, int node) {
        this.size = size;
        this.node = node;
    }

    /** Makes one of states that are new. */
    Believed(Set<SpecState> states) {
        this(states.size(), NO_NODE);
        this.states = states;
        isOpen = true;
    }

    /** Returns how many states there are. */
    int size() {
        return size;
    }
}
