package dev.faultline.conformance.scenarios;

import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.ActiveIo;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.projection.Projection;
import dev.faultline.conformance.projection.WorldProjection;
import dev.faultline.core.Event;
import dev.faultline.sim.World;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecTransition;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds single steps of the whole code, whose disks have one segment, against the spec: the state after it must be a
 * successor, under the action that the step names and with the arguments that it names, of the state before it. For one
 * thread at a time.
 */
public final class StepCheck implements AutoCloseable {
    private final LoadedSpec spec;
    private final TraceHeader header;
    private final boolean isSpare;
    private final Naming names;
    private final int firstDisks;
    private final Plain plain;
    private final Projection projection;
    private final WorldProjection worlds;

    /**
     * Why a step is not one of the spec.
     *
     * @param action the action that it claims to be
     * @param path the operators that lead to what is false; only the action if it is the state after it that differs
     * @param text several lines
     */
    public record Refused(String action, List<String> path, String text) {}

    /** Makes one for systems with this header, with a spec that others may have used before. */
    public StepCheck(TraceHeader header) {
        this(Spares.take(header), header, true);
    }

    /** Makes one that remembers nothing of another with the same spec; whoever closes one closes the spec of both. */
    public StepCheck(LoadedSpec spec, TraceHeader header) {
        this(spec, header, false);
    }

    private StepCheck(LoadedSpec spec, TraceHeader header, boolean isSpare) {
        this.spec = spec;
        this.header = header;
        this.isSpare = isSpare;
        names = new Naming(header, 0);
        firstDisks = header.disks().size();
        projection = new Projection(spec, header, host -> ActiveIo.NONE, location -> 0);
        plain = new Plain(spec);
        worlds = new WorldProjection(spec, plain, names);
    }

    /**
     * Returns one for another thread, with the same spec. Its own memory is for that thread; the spec may be asked by both at
     * the same time for all that it allows in states that were made complete before. It need not be closed.
     */
    public StepCheck another() {
        return new StepCheck(spec, header, false);
    }

    /** Loads the spec for systems with this header. */
    public static LoadedSpec load(TraceHeader header) {
        return Spares.load(header);
    }

    /** Returns the spec's state for a state of the code. */
    public SpecState state(World world) {
        return worlds.of(world);
    }

    /**
     * Returns the spec's state for a state of the code that a step led to.
     *
     * @param before what the world was a copy of
     * @param state the spec's state for that
     */
    public SpecState state(World world, World before, SpecState state) {
        return worlds.of(world, before, state);
    }

    /** Returns why this is no initial state; empty if it is one. */
    public Optional<Refused> begin(SpecState state) {
        List<SpecState> initial = isSpare ? Spares.initialStates(header, spec) : spec.initialStates();
        return initial.contains(state)
                ? Optional.empty()
                : Optional.of(new Refused(
                        "Init",
                        List.of("Init"),
                        "the first state is not an initial state of the spec:" + differences(initial, state)));
    }

    /** Returns all that the spec allows the system to do of itself. */
    List<SpecTransition> allowed(SpecState state) {
        return spec.next(state);
    }

    /** Returns whether the spec allows a step with such arguments. */
    public boolean allows(SpecState state, Event event) {
        Claim claim = event.accept(projection);
        return !spec.successors(state, claim.action(), arguments(claim)).isEmpty();
    }

    /**
     * Returns why a step is not one of the spec; empty if it is.
     *
     * @param allowed what is known to be allowed in the state before; the spec is asked about anything else
     */
    public Optional<Refused> check(SpecState before, List<SpecTransition> allowed, Event event, SpecState after) {
        Claim claim = event.accept(projection);
        SpecValue[] arguments = arguments(claim);
        String action = claim.action().name();
        if (allowed.contains(new SpecTransition(action, List.of(arguments), after))) {
            return Optional.empty();
        }
        List<SpecState> successors = spec.successors(before, claim.action(), arguments);
        if (successors.contains(after)) {
            return Optional.empty();
        } else if (successors.isEmpty()) {
            return spec.explain(before, claim.action(), arguments)
                    .map(denial -> new Refused(action, denial.nearest().path(), told(denial.text())));
        }
        return Optional.of(new Refused(
                action,
                List.of(action),
                told(action + " is allowed here, but leads to another state than the code's:"
                        + differences(successors, after))));
    }

    /** Returns the arguments of the action that an event names. */
    public List<SpecValue> arguments(Event event) {
        return List.of(arguments(event.accept(projection)));
    }

    /** Returns the names of the spec's variables. */
    public List<String> variables() {
        return spec.variables();
    }

    /** Returns a state in plain Java, variable by variable. */
    public Map<String, Object> plain(SpecState state) {
        Map<String, Object> values = new LinkedHashMap<>();
        spec.variables()
                .forEach(variable -> values.put(variable, state.get(variable).toJava()));
        return values;
    }

    private SpecValue[] arguments(Claim claim) {
        return plain.values(claim.arguments().apply(names));
    }

    /** Says how the spec counts locations, if the text has some; see {@link Naming}. */
    private String told(String text) {
        return text.contains("ocation")
                ? text + "\n  (the spec calls location n of an event n + " + firstDisks
                        + ", unless a disk had it in the beginning)"
                : text;
    }

    private static String differences(List<SpecState> expected, SpecState found) {
        StringBuilder text = new StringBuilder();
        for (SpecState.Difference difference : expected.get(0).diff(found)) {
            text.append("\n  ")
                    .append(difference.path())
                    .append("\n    the spec has ")
                    .append(difference.here());
            text.append("\n    the code has ").append(difference.there());
        }
        return text.toString();
    }

    @Override
    public void close() {
        if (isSpare) {
            Spares.giveBack(header, spec);
        } else {
            spec.close();
        }
    }
}
