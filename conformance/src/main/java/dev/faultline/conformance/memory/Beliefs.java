package dev.faultline.conformance.memory;

import dev.faultline.conformance.names.NameKind;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sets of states that are believed together, in normal form, each once: those of this run, and the nodes of what was kept
 * of an earlier one. For who holds the monitor of the spec.
 */
final class Beliefs {
    private final LoadedSpec spec;
    private final NamedValues parts;
    private final int blocks;
    private final Map<Set<SpecState>, Believed> known = new HashMap<>();
    private @Nullable KeptSteps kept;
    private @Nullable Believed[] ofNodes = {};

    /**
     * Makes a table.
     *
     * @param blocks how many blocks a segment has
     */
    Beliefs(LoadedSpec spec, NamedValues parts, int blocks) {
        this.spec = spec;
        this.parts = parts;
        this.blocks = blocks;
    }

    /** Takes over what was kept, or nothing; the table is as a new one then. */
    void begin(@Nullable KeptSteps steps) {
        kept = steps;
        forget();
    }

    /** Returns what was kept, if there is such. */
    @Nullable
    KeptSteps kept() {
        return kept;
    }

    void forget() {
        known.clear();
        ofNodes = new @Nullable Believed[kept == null ? 0 : kept.count()];
    }

    int count() {
        return known.size();
    }

    /** Returns the normal form of states. */
    NormalForm normal(Collection<SpecState> states, ToIntFunction<NameKind> names) {
        return new NormalForm(spec, parts, blocks, states, names);
    }

    /** Returns what is believed, of states that are not in normal form perhaps. */
    Believed of(NormalForm normal) {
        Believed believed = known.get(normal.states());
        if (believed == null) {
            believed = keptLike(normal.states());
            if (believed == null) {
                believed = new Believed(normal.states());
            }
            believed.states = normal.states();
            note(symmetries(normal), believed);
            known.put(normal.states(), believed);
        }
        return believed;
    }

    private @Nullable Believed keptLike(Set<SpecState> states) {
        if (kept != null) {
            for (int node : kept.candidates(hash(states))) {
                Believed candidate = ofNode(node);
                if (states(candidate).equals(states)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /** Returns a hash of what is believed that is the same in every run. */
    long hash(Believed believed) {
        return believed.states == null ? steps().hash(believed.node) : hash(believed.states);
    }

    private long hash(Collection<SpecState> states) {
        long sum = 0;
        for (SpecState state : states) {
            long mixed = 0;
            for (NamedValue part : parts.of(state)) {
                mixed = NamedValue.mix(mixed, part.hash());
            }
            sum += mixed;
        }
        return sum;
    }

    /** Returns what is believed at a node of what was kept. */
    Believed ofNode(int node) {
        Believed believed = ofNodes[node];
        if (believed == null) {
            believed = new Believed(steps().size(node), node);
            ofNodes[node] = believed;
        }
        return believed;
    }

    private KeptSteps steps() {
        if (kept == null) {
            throw new IllegalStateException("a node, but nothing was kept");
        }
        return kept;
    }

    /** Returns the states that are believed. */
    Set<SpecState> states(Believed believed) {
        Set<SpecState> states = believed.states;
        if (states == null) {
            states = new LinkedHashSet<>(steps().states(believed.node));
            believed.states = states;
        }
        return states;
    }

    /** Returns which names may take each other's place; empty if that is not known. */
    Optional<Symmetries> symmetries(Believed believed) {
        if (!believed.symmetriesAreKnown) {
            note(symmetries(normal(states(believed), countsIn(states(believed)))), believed);
        }
        return believed.symmetries;
    }

    private static void note(Optional<Symmetries> symmetries, Believed believed) {
        believed.symmetries = symmetries;
        believed.symmetriesAreKnown = true;
    }

    private Optional<Symmetries> symmetries(NormalForm normal) {
        return normal.states().size() == 1
                ? Optional.of(new Symmetries(parts, normal.states().iterator().next(), normal.firstAlike()))
                : Optional.empty();
    }

    /** Returns how many names of a kind a slice knows that believes these states, which are in normal form. */
    ToIntFunction<NameKind> countsIn(Collection<SpecState> states) {
        int[] counts = new int[NameKind.values().length];
        counts[NameKind.BLOCK.ordinal()] = blocks;
        for (SpecState state : states) {
            for (NamedValue part : parts.of(state)) {
                for (int i = 0; i < part.names(); i++) {
                    NameKind kind = part.kind(i);
                    int number = kind.index(part.token(i), 0);
                    counts[kind.ordinal()] = Math.max(counts[kind.ordinal()], number + 1);
                }
            }
        }
        return kind -> counts[kind.ordinal()];
    }

    /** Returns the plain values of the variables of what is believed, state by state, without making states of them. */
    List<int[]> write(Believed believed, StepWriter writer) {
        return believed.states == null
                ? steps().plainStates(believed.node).stream().map(writer::state).toList()
                : believed.states.stream().map(writer::state).toList();
    }
}
