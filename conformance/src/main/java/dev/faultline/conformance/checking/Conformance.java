package dev.faultline.conformance.checking;

import dev.faultline.conformance.memory.RememberedSlice;
import dev.faultline.conformance.memory.StepCache;
import dev.faultline.conformance.memory.Transitions;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.slices.AskingSlice;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.conformance.slices.Steps;
import dev.faultline.core.Durability;
import dev.faultline.core.Mapping;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes trace checkers, and keeps the specs that they need, each loaded once. It may know steps of earlier runs, and keep its
 * own for later ones. For any threads.
 */
public final class Conformance implements AutoCloseable {
    private final Map<Shape, Known> specs = new ConcurrentHashMap<>();
    private final Optional<StepCache> cache;

    /** What is known of such systems. */
    private record Known(TraceHeader header, Transitions transitions) {}

    /** What of a header the spec depends on. */
    private record Shape(
            List<String> agents,
            List<String> disks,
            boolean oneSegment,
            int blocks,
            Object zero,
            Mapping mapping,
            Durability durability) {}

    /** Begins without knowing anything, and keeps nothing. */
    public Conformance() {
        this(Optional.empty());
    }

    /** Begins with what is known from earlier runs, and keeps what is new when it is closed. */
    public Conformance(Optional<StepCache> cache) {
        this.cache = cache;
    }

    /** Returns a new checker for a short trace with this header: it asks the spec about every event. */
    public TraceChecker checker(TraceHeader header) {
        LoadedSpec spec = transitions(header).spec();
        synchronized (spec) {
            Slice first = new AskingSlice(new Plain(spec), new Steps(spec), spec.initialStates());
            return new TraceChecker(spec, header, first);
        }
    }

    /** Returns a new checker for a long trace with this header: it asks the spec about every event of a kind once. */
    public TraceChecker rememberingChecker(TraceHeader header) {
        return rememberingChecker(header, 1);
    }

    /** Returns such a checker whose slices are checked by so many threads beside the caller's; by the caller's if by one. */
    public TraceChecker rememberingChecker(TraceHeader header, int threads) {
        Transitions transitions = transitions(header);
        return new TraceChecker(transitions.spec(), header, RememberedSlice.first(transitions, header), threads);
    }

    /**
     * Returns a rejection with the last event that set each value which the false conjunct reads.
     *
     * @param rejection what a checker of this conformance has said of a trace with this header
     * @param again the events of that trace from the first on, one after the other; null after the last
     */
    public Rejection explained(TraceHeader header, Rejection rejection, Supplier<@Nullable TraceEvent> again) {
        if (rejection.reads().isEmpty()) {
            return rejection;
        }
        Transitions transitions = transitions(header);
        synchronized (transitions.spec()) {
            Origins origins =
                    new Origins(transitions.spec(), header, RememberedSlice.first(transitions, header), rejection);
            @Nullable TraceEvent event = again.get();
            while (event != null && origins.accept(event)) {
                event = again.get();
            }
            return origins.told();
        }
    }

    private Transitions transitions(TraceHeader header) {
        Shape shape = new Shape(
                header.agents(),
                header.disks(),
                header.segments() == 1,
                header.blocks(),
                header.zero(),
                header.mapping(),
                header.durability());
        return specs.computeIfAbsent(shape, s -> known(header)).transitions;
    }

    private Known known(TraceHeader header) {
        Transitions transitions = new Transitions(SliceSpec.load(header), header);
        cache.ifPresent(kept -> kept.begin(transitions, header));
        return new Known(header, transitions);
    }

    /** Returns how many steps the spec was asked for so far; all others were remembered. */
    public long asked() {
        return specs.values().stream()
                .mapToLong(known -> known.transitions.asked())
                .sum();
    }

    /** Returns how many different sets of believed states are remembered. */
    public long remembered() {
        return specs.values().stream()
                .mapToLong(known -> known.transitions.distinct())
                .sum();
    }

    /** Lets go of the specs. */
    @Override
    public void close() {
        specs.values().forEach(known -> {
            cache.ifPresent(kept -> kept.keep(known.transitions, known.header));
            known.transitions.spec().close();
        });
        specs.clear();
    }
}
