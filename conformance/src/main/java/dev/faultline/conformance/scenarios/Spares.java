package dev.faultline.conformance.scenarios;

import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.core.Content;
import dev.faultline.core.Durability;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loaded specs that nobody uses at the moment. Each has classes of its own, which the JVM compiles anew as they become hot:
 * in one that was used before, the next system is explored at full speed at once. What differs between systems of as many
 * blocks is their initial state alone, so a spec serves them all. For any threads.
 */
final class Spares {
    /** More than are used. */
    private static final int LOCATIONS = 24;

    private static final int MOST_KEPT = 4;

    private static final Map<Shape, Deque<LoadedSpec>> IDLE = new HashMap<>();
    private static final Map<TraceHeader, List<Map<String, Object>>> FIRST = new ConcurrentHashMap<>();

    /** What of a header a spec depends on, but for its initial state. */
    private record Shape(
            boolean oneSegment,
            int blocks,
            Content zero,
            Mapping mapping,
            Durability durability,
            int capacity,
            int firstOfCapacity) {
        Shape(TraceHeader header) {
            this(
                    header.segments() == 1,
                    header.blocks(),
                    header.zero(),
                    header.mapping(),
                    header.durability(),
                    header.capacity(),
                    header.capacity() == MappingTables.UNBOUNDED
                            ? 0
                            : header.disks().size());
        }
    }

    private Spares() {}

    /** Returns a spec for systems like that of the header, whose initial states may be those of another. */
    static LoadedSpec take(TraceHeader header) {
        synchronized (IDLE) {
            Deque<LoadedSpec> idle = IDLE.get(new Shape(header));
            if (idle != null && !idle.isEmpty()) {
                return idle.pop();
            }
        }
        return load(header);
    }

    /** Takes back a spec that was taken for systems like that of the header. */
    static void giveBack(TraceHeader header, LoadedSpec spec) {
        synchronized (IDLE) {
            Deque<LoadedSpec> idle = IDLE.computeIfAbsent(new Shape(header), shape -> new ArrayDeque<>());
            if (idle.size() < MOST_KEPT) {
                idle.push(spec);
                return;
            }
        }
        spec.close();
    }

    static LoadedSpec load(TraceHeader header) {
        return SliceSpec.load(header, LOCATIONS);
    }

    /** Returns the initial states of just this system, as states of a spec that serves it. */
    static List<SpecState> initialStates(TraceHeader header, LoadedSpec spec) {
        return FIRST.computeIfAbsent(header, Spares::initialStates).stream()
                .map(state -> {
                    Map<String, SpecValue> values = new HashMap<>();
                    state.forEach((variable, plain) -> values.put(variable, spec.value(plain)));
                    return spec.state(values);
                })
                .toList();
    }

    private static List<Map<String, Object>> initialStates(TraceHeader header) {
        try (LoadedSpec own = load(header)) {
            return own.initialStates().stream()
                    .map(state -> {
                        Map<String, Object> values = new HashMap<>();
                        own.variables()
                                .forEach(variable ->
                                        values.put(variable, state.get(variable).toJava()));
                        return values;
                    })
                    .toList();
        }
    }
}
