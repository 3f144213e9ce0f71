package dev.faultline.conformance.projection;

import dev.faultline.conformance.names.Naming;
import dev.faultline.core.AgentCore;
import dev.faultline.core.Content;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Io;
import dev.faultline.core.Job;
import dev.faultline.core.Kind;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.OldBlock;
import dev.faultline.core.Opening;
import dev.faultline.sim.World;
import dev.faultline.sim.World.Call;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The state of the whole code as a state of the spec, variable by variable, for disks of one segment. What is durable is
 * taken from what is durable, not from what the controller believes of it. For the thread of the spec.
 */
public final class WorldProjection {
    private static final int SEGMENT = 0;

    private final LoadedSpec spec;
    private final Plain plain;
    private final Naming names;
    private final SpecValue nothing;

    /** What was projected before, by what it was projected from: most of a state is as it was in another. */
    private final Map<List<?>, SpecValue> known = new HashMap<>();

    public WorldProjection(LoadedSpec spec, Plain plain, Naming names) {
        this.spec = spec;
        this.plain = plain;
        this.names = names;
        nothing = spec.value(List.of());
    }

    /** Returns the spec's state for a state of the code. */
    public SpecState of(World world) {
        Map<String, SpecValue> state = new LinkedHashMap<>();
        putStorage(state, world);
        putTables(state, world);
        putController(state, world);
        putAgents(state, world);
        state.put("ios", ios(world));
        putNetwork(state, world);
        return spec.state(state);
    }

    /**
     * Returns the spec's state for a state of the code that a step led to: only what the step has touched is projected.
     *
     * @param before what the world was a copy of
     * @param state the spec's state for that
     */
    public SpecState of(World world, World before, SpecState state) {
        Map<String, SpecValue> touched = new LinkedHashMap<>();
        boolean sameStorage = world.sharesStorage(before);
        boolean sameAgents = world.sharesAgents(before);
        if (!sameStorage) {
            putStorage(touched, world);
        }
        if (!world.sharesTables(before)) {
            putTables(touched, world);
        }
        if (!world.sharesController(before)) {
            putController(touched, world);
        }
        if (!sameAgents) {
            putAgents(touched, world);
        }
        if (!sameStorage
                || !sameAgents
                || !world.calls().equals(before.calls())
                || !world.orphans().equals(before.orphans())) {
            touched.put("ios", ios(world));
        }
        if (!world.sharesNetwork(before)) {
            putNetwork(touched, world);
        }
        return spec.with(state, touched);
    }

    private void putStorage(Map<String, SpecValue> state, World world) {
        state.put("storage", once("storage", Map.copyOf(world.storage()), () -> storage(world)));
        state.put("older", once("older", Set.copyOf(world.older()), () -> set(world.older(), this::old)));
        state.put("members", namesOf("members", world.members()));
        state.put("cut", namesOf("cut", world.cut()));
    }

    private void putTables(Map<String, SpecValue> state, World world) {
        MappingTables tables = world.tables();
        state.put("table", once("table", tables.copy(), () -> table(tables)));
        state.put("version", spec.value(tables.version()));
        state.put("names", namesOf("names", tables.names()));
        state.put(
                "openings",
                once(
                        "openings",
                        Map.copyOf(tables.openings()),
                        () -> function(tables.openings(), o -> List.of(o.agent(), o.disk()), number -> number)));
    }

    private void putController(Map<String, SpecValue> state, World world) {
        ControllerCore controller = world.controller();
        state.put(
                "faults",
                once("faults", Set.copyOf(controller.faults()), () -> set(controller.faults(), this::message)));
        state.put("jobs", once("jobs", Map.copyOf(controller.jobs()), () -> jobs(controller.jobs())));
        state.put("clones", once("clones", Map.copyOf(controller.clones()), () -> clones(controller)));
        state.put("deletions", once("deletions", Map.copyOf(controller.deletions()), () -> deletions(controller)));
        state.put(
                "recovery",
                once(
                        "recovery",
                        controller.recovery(),
                        () -> spec.value(Map.of(
                                "step", label(controller.recovery().step()),
                                "awaits", commands(controller.recovery().awaits())))));
    }

    private void putAgents(Map<String, SpecValue> state, World world) {
        state.put("running", namesOf("running", world.agents().keySet()));
        state.put("opened", opened(world));
        state.put("cache", caches(world));
        state.put("owed", owed(world));
    }

    private void putNetwork(Map<String, SpecValue> state, World world) {
        state.put(
                "net",
                once("net", Map.copyOf(world.messages()), () -> function(world.messages(), this::message, n -> n)));
    }

    private SpecValue once(String variable, Object from, Supplier<SpecValue> projection) {
        return known.computeIfAbsent(List.of(variable, from), key -> projection.get());
    }

    private SpecValue namesOf(String variable, Collection<String> all) {
        return once(variable, Set.copyOf(all), () -> spec.value(Set.copyOf(all)));
    }

    private SpecValue storage(World world) {
        return function(world.storage(), l -> names.location(l), this::blocks);
    }

    private SpecValue old(OldBlock old) {
        return spec.value(
                List.of(names.location(old.location()), old.block(), names.content(old.block(), old.content())));
    }

    private SpecValue blocks(List<Content> blocks) {
        Map<Integer, Object> contents = new TreeMap<>();
        for (int block = 0; block < blocks.size(); block++) {
            contents.put(block, names.content(block, blocks.get(block)));
        }
        return spec.value(contents);
    }

    private SpecValue table(MappingTables tables) {
        Map<String, Object> rows = new TreeMap<>();
        tables.disks().forEach(disk -> rows.put(disk, row(tables.entries(disk))));
        return function(rows, key -> key, row -> row);
    }

    private SpecValue row(List<Entry> entries) {
        return spec.value(Map.of(SEGMENT, entry(entries.get(SEGMENT))));
    }

    private Map<String, Object> entry(Entry entry) {
        return Map.of(
                "location", names.location(entry.location()),
                "states", entry.states().stream().map(EntryState::toString).collect(Collectors.toSet()),
                "version", entry.version());
    }

    private SpecValue jobs(Map<Integer, Job> jobs) {
        return function(
                jobs,
                segment -> segment,
                job -> spec.value(Map.of(
                        "step", label(job.step()),
                        "disk", job.disk(),
                        "from", names.location(job.from()),
                        "to", names.location(job.to()),
                        "copied", job.copied(),
                        "awaits", commands(job.awaits()))));
    }

    private SpecValue clones(ControllerCore controller) {
        return function(
                controller.clones(),
                plain::value,
                clone -> spec.value(Map.of("step", label(clone.step()), "awaits", commands(clone.awaits()))));
    }

    private SpecValue deletions(ControllerCore controller) {
        return function(
                controller.deletions(),
                disk -> disk,
                deletion -> spec.value(Map.of("step", label(deletion.step()), "awaits", commands(deletion.awaits()))));
    }

    private SpecValue caches(World world) {
        Map<String, Object> all = new TreeMap<>();
        for (String agent : world.knownAgents()) {
            AgentCore core = world.agents().get(agent);
            all.put(agent, core == null ? nothing : cache(core));
        }
        return once("caches", all, () -> spec.value(all));
    }

    private SpecValue opened(World world) {
        Map<String, Object> all = new TreeMap<>();
        for (String agent : world.knownAgents()) {
            AgentCore core = world.agents().get(agent);
            all.put(agent, core == null ? nothing : opened(core));
        }
        return once("opened", all, () -> spec.value(all));
    }

    private SpecValue opened(AgentCore agent) {
        Map<String, Opening> rows = Map.copyOf(agent.opened());
        return once(
                "opened by an agent",
                rows,
                () -> function(
                        rows,
                        disk -> disk,
                        opening -> Map.of("step", label(opening.step()), "number", opening.number())));
    }

    private SpecValue cache(AgentCore agent) {
        Map<String, List<Entry>> rows = agent.cache();
        return once("cache", rows, () -> function(rows, disk -> disk, this::row));
    }

    private SpecValue owed(World world) {
        Map<Command, Set<String>> all = new HashMap<>();
        world.agents().values().forEach(agent -> agent.owed().forEach((c, hosts) -> all.put(c, Set.copyOf(hosts))));
        return once("owed", all, () -> function(all, this::message, hosts -> hosts));
    }

    private SpecValue ios(World world) {
        Map<String, List<Object>> all = new TreeMap<>();
        for (Map.Entry<String, Call> call : world.calls().entrySet()) {
            String host = call.getKey();
            AgentCore agent = world.agents().get(call.getValue().agent());
            Io io = Objects.requireNonNull(
                    world.orphans().containsKey(host) || agent == null
                            ? world.orphans().get(host)
                            : agent.ios().get(host));
            Content done = world.performed().get(host);
            Content value = io.kind() == Kind.WRITE
                    ? Objects.requireNonNull(call.getValue().written())
                    : done == null ? World.ZERO : done;
            all.put(host, List.of(call.getValue().agent(), io, value, done == null ? label(io.phase()) : "performed"));
        }
        return once("ios", all, () -> function(all, host -> host, this::io));
    }

    private SpecValue io(List<Object> parts) {
        Io io = (Io) parts.get(1);
        return spec.value(Map.of(
                "kind", io.kind().toString(),
                "agent", parts.get(0),
                "disk", io.disk(),
                "segment", io.kind() == Kind.FLUSH ? Io.NOWHERE : SEGMENT,
                "block", io.block(),
                "value", names.content(io.block(), (Content) parts.get(2)),
                "phase", parts.get(3),
                "location", names.location(io.location())));
    }

    private SpecValue message(Message message) {
        if (message instanceof Command command) {
            return plain.value(names.command(command));
        }
        if (message instanceof OfOpening opening) {
            return plain.value(names.opening(opening));
        }
        if (message instanceof Full full) {
            return plain.value(names.full(full));
        }
        return plain.value(
                message instanceof Answer answer ? names.answer(answer) : names.fault((MappingFault) message));
    }

    private Set<SpecValue> commands(Set<Command> commands) {
        return commands.stream().map(this::message).collect(Collectors.toSet());
    }

    private <T> SpecValue set(Collection<T> elements, Function<T, SpecValue> projection) {
        return spec.value(elements.stream().map(projection).collect(Collectors.toSet()));
    }

    private <K, V> SpecValue function(Map<K, V> map, Function<K, ?> key, Function<V, ?> value) {
        if (map.isEmpty()) {
            return nothing;
        }
        Map<Object, Object> plain = new LinkedHashMap<>();
        map.forEach((k, v) -> plain.put(key.apply(k), value.apply(v)));
        return spec.value(plain);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
