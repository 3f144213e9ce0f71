package dev.faultline.conformance.scenarios;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Durability;
import dev.faultline.core.Kind;
import dev.faultline.core.Mapping;
import dev.faultline.core.OldBlock;
import dev.faultline.core.Rules;
import dev.faultline.sim.Move;
import dev.faultline.sim.World;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bounded system for the explorer: what there is, and what hosts, operators and failures may do to it. Whatever they may
 * do, they may do at any time.
 *
 * @param name the name on the command line
 * @param what what it is for
 * @param agents the agents that run in the beginning
 * @param disks the disks that exist in the beginning, each of one segment
 * @param blocks the blocks of the segment
 * @param plans what each host does
 * @param cuts the snapshots that are asked for, each once
 * @param deletions the disks that are deleted
 * @param disturbances how often anything else is done
 * @param capacity how many locations storage has; 0 if there is no bound
 * @param quick whether it is explored in a hurry, too
 * @param states how many states there are, as measured
 * @param transitions how many steps there are, as measured
 */
public record Scenario(
        String name,
        String what,
        List<String> agents,
        List<String> disks,
        int blocks,
        List<Plan> plans,
        Set<Cut> cuts,
        Set<String> deletions,
        Map<Disturbance, Integer> disturbances,
        int capacity,
        boolean quick,
        long states,
        long transitions) {

    /** The disk that is created. */
    static final String CREATED = "n";

    private static final long SMALL = 150_000;

    /** Returns the header of the traces of such a system. */
    public TraceHeader header() {
        return new TraceHeader(TraceHeader.VERSION, agents, disks, 1, blocks, World.ZERO)
                .withMapping(mapping())
                .withCapacity(capacity)
                .withDurability(durability());
    }

    /** Returns which agents map a disk: where they are asked to open some, those that have. */
    private Mapping mapping() {
        return disturbances.containsKey(Disturbance.OPEN) ? Mapping.OPENED : Mapping.ALL;
    }

    /** Returns whether storage may lose power: where it does. */
    private Durability durability() {
        return disturbances.containsKey(Disturbance.LOSE_POWER) ? Durability.WHEN_FLUSHED : Durability.AT_ONCE;
    }

    /**
     * What a host does: so many I/Os, each of one of the kinds, on one of the disks, through any agent. To trim is to write
     * zeros.
     */
    record Plan(int operations, Set<Kind> kinds, Set<String> disks) {}

    /** What can be done to a system besides asking for I/O, snapshots and deletions. */
    enum Disturbance {
        /** An agent is asked to open a disk. */
        OPEN,
        /** An agent is asked to close a disk. */
        CLOSE,
        /** A disk is created, which is empty. */
        CREATE,
        /** An agent offers the storage of a segment back. */
        OFFER,
        /** A host flushes a disk. */
        FLUSH,
        /** Storage loses power, and what was not flushed may fall back. */
        LOSE_POWER,
        /** An agent is asked what it has. */
        INSPECT,
        /** An agent crashes. */
        CRASH_AGENT,
        /** A new agent joins. */
        JOIN,
        /** An agent is given up, which may be running. */
        FENCE,
        /** An agent that has crashed is given up. */
        FENCE_GONE,
        /** The controller crashes. */
        CRASH_CONTROLLER,
        /** A message is lost. */
        LOSE,
        /** A message will arrive once more. */
        REPEAT,
        /** Something is said again that was not answered. */
        SAY_AGAIN
    }

    /** What may still be done. */
    public record Left(
            List<Integer> operations, Set<Cut> cuts, Set<String> deletions, Map<Disturbance, Integer> disturbances) {
        /** Copies the collections. */
        public Left {
            operations = List.copyOf(operations);
            cuts = Set.copyOf(cuts);
            deletions = Set.copyOf(deletions);
            disturbances = Map.copyOf(disturbances);
        }

        private boolean has(Disturbance disturbance) {
            return disturbances.getOrDefault(disturbance, 0) > 0;
        }

        private Left without(int host) {
            List<Integer> fewer = new ArrayList<>(operations);
            fewer.set(host, operations.get(host) - 1);
            return new Left(fewer, cuts, deletions, disturbances);
        }

        private Left without(Cut cut) {
            Set<Cut> fewer = new HashSet<>(cuts);
            fewer.remove(cut);
            return new Left(operations, fewer, deletions, disturbances);
        }

        private Left without(String deleted) {
            Set<String> fewer = new HashSet<>(deletions);
            fewer.remove(deleted);
            return new Left(operations, cuts, fewer, disturbances);
        }

        private Left without(Disturbance disturbance) {
            Map<Disturbance, Integer> fewer = new EnumMap<>(disturbances);
            fewer.merge(disturbance, -1, Integer::sum);
            return new Left(operations, cuts, deletions, fewer);
        }
    }

    /**
     * Something that can happen, and what may still be done afterwards.
     *
     * @param isFollowed whether it is looked at what can happen after it
     */
    public record Option(Move move, Left left, boolean isFollowed) {
        Option(Move move, Left left) {
            this(move, left, true);
        }
    }

    /** Returns whether it is explored within seconds. */
    public boolean isSmall() {
        return transitions < SMALL;
    }

    /** Returns the system in its initial state. */
    public World world(Rules rules) {
        return new World(agents, disks, 1, blocks, rules, mapping(), capacity, durability());
    }

    /** Returns all that may be done in the beginning. */
    public Left all() {
        return new Left(plans.stream().map(Plan::operations).toList(), cuts, deletions, disturbances);
    }

    /** Returns all that can happen: what the world does of itself, and what is done to it. */
    public List<Option> options(World world, Left left) {
        List<Option> options = new ArrayList<>();
        world.moves().forEach(move -> options.add(new Option(move, left)));
        for (int host = 0; host < plans.size(); host++) {
            String name = "h" + (host + 1);
            if (left.operations().get(host) > 0 && !world.calls().containsKey(name)) {
                addOperations(options, world, left, host, name);
            }
        }
        for (Cut cut : left.cuts()) {
            if (world.controller().canSnapshot(cut)) {
                options.add(new Option(w -> w.askSnapshot(cut), left.without(cut)));
            }
        }
        for (String disk : left.deletions()) {
            if (world.controller().canDelete(disk)) {
                options.add(new Option(w -> w.askDeletion(disk), left.without(disk)));
            }
        }
        addDisturbances(options, world, left);
        return options;
    }

    private void addOperations(List<Option> options, World world, Left left, int host, String name) {
        Plan plan = plans.get(host);
        // Each write of a host writes something else.
        Content value = new Content((host + 1) * 16L + left.operations().get(host));
        for (Map.Entry<String, AgentCore> running : world.agents().entrySet()) {
            String agent = running.getKey();
            for (String disk : plan.disks()) {
                boolean isThere = world.tables().has(disk) && running.getValue().maps(disk);
                for (int block = 0; block < blocks && isThere; block++) {
                    int b = block;
                    if (plan.kinds().contains(Kind.READ)) {
                        options.add(new Option(w -> w.read(name, agent, disk, 0, b), left.without(host)));
                    }
                    if (plan.kinds().contains(Kind.WRITE)) {
                        options.add(new Option(w -> w.write(name, agent, disk, 0, b, value), left.without(host)));
                    }
                    if (plan.kinds().contains(Kind.TRIM)) {
                        options.add(new Option(w -> w.write(name, agent, disk, 0, b, World.ZERO), left.without(host)));
                    }
                }
            }
        }
    }

    private static void addOpenings(List<Option> options, World world, Left left) {
        world.agents().forEach((name, agent) -> {
            if (left.has(Disturbance.OPEN)) {
                world.tables().disks().stream()
                        .sorted()
                        .filter(agent::isClosed)
                        .forEach(disk ->
                                options.add(new Option(w -> w.open(name, disk), left.without(Disturbance.OPEN))));
            }
            if (left.has(Disturbance.CLOSE)) {
                agent.closable()
                        .forEach(disk ->
                                options.add(new Option(w -> w.close(name, disk), left.without(Disturbance.CLOSE))));
            }
        });
    }

    private static void addSpace(List<Option> options, World world, Left left) {
        if (left.has(Disturbance.CREATE) && world.controller().canCreate(CREATED)) {
            options.add(new Option(w -> w.create(CREATED), left.without(Disturbance.CREATE)));
        }
        if (left.has(Disturbance.OFFER)) {
            world.agents()
                    .forEach((name, agent) -> agent.cache().keySet().stream()
                            .filter(disk -> agent.canOffer(disk, 0))
                            .forEach(disk -> options.add(
                                    new Option(w -> w.offer(name, disk, 0), left.without(Disturbance.OFFER)))));
        }
    }

    private void addPower(List<Option> options, World world, Left left) {
        for (int host = 0; host < plans.size() && left.has(Disturbance.FLUSH); host++) {
            String name = "h" + (host + 1);
            if (!world.calls().containsKey(name)) {
                world.agents()
                        .forEach((agent, core) -> world.tables().disks().stream()
                                .filter(core::maps)
                                .forEach(disk -> options.add(
                                        new Option(w -> w.flush(name, agent, disk), left.without(Disturbance.FLUSH)))));
            }
        }
        if (left.has(Disturbance.LOSE_POWER)) {
            for (List<OldBlock> fallen : fallen(world.older())) {
                options.add(new Option(w -> w.losePower(fallen), left.without(Disturbance.LOSE_POWER)));
            }
        }
    }

    /** Returns all that may fall back: of each block, one of its old contents or none. */
    private static List<List<OldBlock>> fallen(Set<OldBlock> older) {
        List<List<OldBlock>> all = new ArrayList<>(List.of(List.of()));
        for (OldBlock old : older) {
            for (List<OldBlock> fallen : List.copyOf(all)) {
                if (fallen.stream()
                        .noneMatch(other -> other.location() == old.location() && other.block() == old.block())) {
                    List<OldBlock> more = new ArrayList<>(fallen);
                    more.add(old);
                    all.add(more);
                }
            }
        }
        return all;
    }

    private void addDisturbances(List<Option> options, World world, Left left) {
        addOpenings(options, world, left);
        addPower(options, world, left);
        addSpace(options, world, left);
        if (left.has(Disturbance.INSPECT)) {
            for (String agent : world.members()) {
                world.tables().disks().stream()
                        .filter(disk -> world.canInspect(agent, disk))
                        .forEach(disk -> options.add(
                                new Option(w -> w.inspect(agent, disk), left.without(Disturbance.INSPECT))));
            }
        }
        if (left.has(Disturbance.CRASH_AGENT)) {
            for (String agent : world.agents().keySet()) {
                options.add(new Option(w -> w.crashAgent(agent), left.without(Disturbance.CRASH_AGENT)));
            }
        }
        if (world.controller().isUp()) {
            if (left.has(Disturbance.JOIN)) {
                String name = "a" + (world.knownAgents().size() + 1);
                options.add(new Option(w -> w.join(name), left.without(Disturbance.JOIN)));
            }
            if (left.has(Disturbance.FENCE)) {
                for (String agent : world.members()) {
                    options.add(new Option(w -> w.fence(agent), left.without(Disturbance.FENCE)));
                }
            }
            if (left.has(Disturbance.FENCE_GONE)) {
                for (String agent : world.members()) {
                    if (!world.agents().containsKey(agent)) {
                        options.add(new Option(w -> w.fence(agent), left.without(Disturbance.FENCE_GONE)));
                    }
                }
            }
            if (left.has(Disturbance.CRASH_CONTROLLER)) {
                options.add(new Option(World::crashController, left.without(Disturbance.CRASH_CONTROLLER)));
            }
        }
        // These are the system's own: they are always checked, but without a bound there would be no end of them.
        for (Move move : world.repetitions()) {
            options.add(
                    left.has(Disturbance.SAY_AGAIN)
                            ? new Option(move, left.without(Disturbance.SAY_AGAIN))
                            : new Option(move, left, false));
        }
        world.messages().keySet().forEach(message -> {
            if (left.has(Disturbance.LOSE)) {
                options.add(new Option(w -> w.lose(message), left.without(Disturbance.LOSE)));
            }
            if (left.has(Disturbance.REPEAT)) {
                options.add(new Option(w -> w.repeat(message), left.without(Disturbance.REPEAT)));
            }
        });
    }
}
