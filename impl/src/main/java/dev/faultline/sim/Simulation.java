package dev.faultline.sim;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Event;
import dev.faultline.core.OldBlock;
import dev.faultline.core.Opener;
import dev.faultline.core.Rules;
import dev.faultline.sim.Workload.Operation;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A {@link World} in which hosts follow a script, operators ask for snapshots and deletions, and things go wrong. What
 * happens next is one of the {@link #choices()}; who chooses decides the schedule, and the same choices give the same
 * events. For one thread at a time.
 */
public final class Simulation {
    private static final String SNAPSHOT = "snapshot";
    private static final String DELETION = "deletion";
    private static final String AGENT_CRASH = "crash of an agent";
    private static final String FENCE = "fence";
    private static final String CONTROLLER_CRASH = "crash of the controller";
    private static final String LOSS = "lose";
    private static final String REPEAT = "repeat";
    private static final String REPETITION = "say again";
    private static final String CLOSING = "close";
    private static final String CREATION = "creation";
    private static final String OFFER = "offer";
    private static final String FLUSH = "flush";
    private static final String POWER = "lose power";

    private final Workload workload;
    private final Consumer<TraceEvent> trace;
    private final World world;
    private final List<List<Operation>> script;
    private final int[] done;
    private final Workload.Requests requests;

    private int begun;
    private int snapshotsAsked;
    private int snapshotNames;
    private int deletionsAsked;
    private int inspectionsAsked;
    private int agentCrashes;
    private int fences;
    private int controllerCrashes;
    private int losses;
    private int repeats;
    private int closings;
    private int creations;
    private int offers;
    private int flushes;
    private int powerLosses;
    private final TreeSet<String> everDisks = new TreeSet<>(Workload.FIRST_DISKS);

    private final Map<String, Long> eventsOfPlace = new HashMap<>();
    private long time;

    /** Makes a system in its initial state; its events go to the consumer. */
    public Simulation(Workload workload, long seed, Rules rules, Consumer<TraceEvent> trace) {
        this.workload = workload;
        this.trace = trace;
        SplittableRandom random = new SplittableRandom(seed);
        script = workload.script(random);
        requests = workload.requests(random);
        done = new int[workload.hosts()];
        world = new World(
                workload.agentNames(),
                Workload.FIRST_DISKS,
                workload.segments(),
                workload.blocks(),
                rules,
                workload.mapping(),
                workload.capacity(),
                workload.durability());
    }

    /** Returns the header of this system's trace. */
    public TraceHeader header() {
        return new TraceHeader(
                        TraceHeader.VERSION,
                        workload.agentNames(),
                        Workload.FIRST_DISKS,
                        workload.segments(),
                        workload.blocks(),
                        World.ZERO)
                .withMapping(workload.mapping())
                .withCapacity(workload.capacity())
                .withDurability(workload.durability());
    }

    /** Returns the system as it is now; not to be changed. */
    public World world() {
        return world;
    }

    /** Returns all that can happen next, in a fixed order; none when all is done, or nothing can go on. */
    public List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        addOperations(choices);
        addRequests(choices);
        addClosings(choices);
        addSpace(choices);
        addPower(choices);
        List<Move> moves = world.moves();
        moves.forEach(move -> choices.add(choice(move)));
        addFailures(choices);
        if (moves.isEmpty()) {
            // Nothing else can go on: somebody says again what was not answered.
            world.repetitions().forEach(move -> choices.add(choice(move)));
        }
        return choices;
    }

    /**
     * Returns what could be chosen besides, but never is at random, in a fixed order: not to wait until something is due, and
     * not to do the next I/Os of a host's script. Who makes a schedule shorter needs it.
     */
    public List<Choice> shortcuts() {
        List<Choice> shortcuts = new ArrayList<>();
        Faults faults = workload.faults();
        addWait(shortcuts, SNAPSHOT, snapshotsAsked, workload.snapshots(), 0);
        addWait(shortcuts, DELETION, deletionsAsked, workload.deletions(), 1);
        addWait(shortcuts, AGENT_CRASH, agentCrashes, faults.agentCrashes(), 1);
        addWait(shortcuts, FENCE, fences, faults.fences(), 1);
        addWait(shortcuts, CONTROLLER_CRASH, controllerCrashes, faults.controllerCrashes(), 1);
        addWait(shortcuts, LOSS, losses, faults.losses(), 1);
        addWait(shortcuts, REPEAT, repeats, faults.repeats(), 1);
        addWait(shortcuts, REPETITION, repeats, faults.repeats(), 1);
        addWait(shortcuts, CLOSING, closings, workload.closings(), 1);
        addWait(shortcuts, CREATION, creations, workload.creations(), 0);
        addWait(shortcuts, OFFER, offers, workload.offers(), 1);
        addWait(shortcuts, FLUSH, flushes, workload.flushes(), 1);
        addWait(shortcuts, POWER, powerLosses, workload.powerLosses(), 1);
        for (int host = 0; host < done.length && !world.agents().isEmpty(); host++) {
            int number = host;
            String name = "h" + (host + 1);
            for (int later = done[host] + 1;
                    later < workload.operationsPerHost() && !world.calls().containsKey(name);
                    later++) {
                int operation = later;
                if (!agentOf(number, operation).maps(diskOf(number, operation))) {
                    continue;
                }
                shortcuts.add(new Choice("begin " + name, later, () -> {
                    done[number] = operation;
                    begin(number, name);
                }));
            }
        }
        return shortcuts;
    }

    private void addWait(List<Choice> shortcuts, String kind, int soFar, int total, int head) {
        if (soFar < total && !isDue(soFar, total, head)) {
            shortcuts.add(Choice.due(kind, () -> {
                while (!isDue(soFar, total, head)) {
                    begun++;
                }
            }));
        }
    }

    private Choice choice(Move move) {
        return new Choice("move", move, () -> emit(move.in(world)));
    }

    private Choice choice(String kind, Object subject, Supplier<Happening> action) {
        return new Choice(kind, subject, () -> emit(action.get()));
    }

    /**
     * Returns how much of what was asked for has begun, and gone wrong: it only grows, and as long as it does the run comes
     * nearer to its end.
     */
    public int progress() {
        return begun
                - world.calls().size()
                + begun
                + snapshotsAsked
                + deletionsAsked
                + inspectionsAsked
                + agentCrashes
                + fences
                + controllerCrashes
                + losses
                + repeats
                + closings
                + creations
                + offers
                + flushes
                + powerLosses;
    }

    /** Returns whether every host has done its I/Os and nothing is left over. */
    public boolean isFinished() {
        for (int operations : done) {
            if (operations < workload.operationsPerHost()) {
                return false;
            }
        }
        return world.isQuiet();
    }

    // ---- Hosts

    private void addOperations(List<Choice> choices) {
        if (world.agents().isEmpty()) {
            return;
        }
        for (int host = 0; host < done.length; host++) {
            int number = host;
            String name = "h" + (host + 1);
            if (done[host] < workload.operationsPerHost() && !world.calls().containsKey(name)) {
                AgentCore agent = agentOf(host, done[host]);
                String disk = diskOf(host, done[host]);
                if (agent.maps(disk)) {
                    choices.add(new Choice("begin " + name, done[host], () -> begin(number, name)));
                } else if (agent.isClosed(disk)) {
                    Opener opener = new Opener(agent.name(), disk);
                    choices.add(choice("open", opener, () -> world.open(opener.agent(), disk)));
                }
            }
        }
    }

    private AgentCore agentOf(int host, int operation) {
        return pick(
                List.copyOf(world.agents().values()),
                script.get(host).get(operation).agent());
    }

    private String diskOf(int host, int operation) {
        return pick(disks(), script.get(host).get(operation).disk());
    }

    private void begin(int host, String name) {
        begun++;
        String agent = agentOf(host, done[host]).name();
        String disk = diskOf(host, done[host]);
        Operation operation = script.get(host).get(done[host]++);
        // Every write writes something else, so that no two can be taken for each other; but for zeros.
        boolean zeros = workload.offers() > 0 && done[host] % 2 == 0;
        emit(
                operation.write()
                        ? world.write(
                                name,
                                agent,
                                disk,
                                operation.segment(),
                                operation.block(),
                                zeros ? World.ZERO : new Content(((long) (host + 1) << Integer.SIZE) + done[host]))
                        : world.read(name, agent, disk, operation.segment(), operation.block()));
    }

    private List<String> disks() {
        return world.tables().disks().stream().sorted().toList();
    }

    private static <T> T pick(List<T> all, int number) {
        return all.get(number % all.size());
    }

    // ---- Operators

    private void addRequests(List<Choice> choices) {
        if (isDue(snapshotsAsked, workload.snapshots(), 0)) {
            List<String> originals = disks().stream()
                    .filter(disk -> world.controller().canSnapshot(Cut.of(disk, nextSnapshot(0))))
                    .toList();
            if (!originals.isEmpty()) {
                choices.add(new Choice(SNAPSHOT, snapshotsAsked, () -> askSnapshot(originals)));
            }
        }
        if (isDue(deletionsAsked, workload.deletions(), 1)) {
            List<String> candidates =
                    disks().stream().filter(world.controller()::canDelete).toList();
            int leaving = world.controller().deletions().size();
            if (!candidates.isEmpty() && leaving + 1 < disks().size()) {
                choices.add(new Choice(DELETION, deletionsAsked, () -> askDeletion(candidates)));
            }
        }
        if (inspectionsAsked < workload.inspections()) {
            List<Integer> picks = requests.inspections().get(inspectionsAsked);
            String disk = pick(disks(), picks.get(0));
            List<String> members = world.members().stream().sorted().toList();
            if (!members.isEmpty() && world.canInspect(pick(members, picks.get(1)), disk)) {
                choices.add(new Choice(
                        "inspection", inspectionsAsked, () -> inspect(pick(members, picks.get(1)), disk)));
            }
        }
    }

    /**
     * Returns whether it is time for the next of so many things that are spread over the I/Os: with a head of 0 the first
     * may come at any time, with 1 only when there is something to be lost.
     */
    private boolean isDue(int soFar, int total, int head) {
        return soFar < total && begun * (total + head) >= (soFar + head) * workload.operations();
    }

    /** Returns a name that no disk ever had. */
    private String nextSnapshot(int ahead) {
        return "snap" + (snapshotNames + ahead + 1);
    }

    private void askSnapshot(List<String> candidates) {
        Map<String, String> originals = new HashMap<>();
        for (int pick : requests.snapshots().get(snapshotsAsked++)) {
            String original = pick(candidates, pick);
            // A name that was used before is tried first: a controller that takes it is wrong.
            String name = everDisks.stream()
                    .filter(old ->
                            !originals.containsKey(old) && world.controller().canSnapshot(Cut.of(original, old)))
                    .findFirst()
                    .orElse(nextSnapshot(originals.size()));
            originals.put(name, original);
        }
        snapshotNames += originals.size();
        emit(world.askSnapshot(new Cut(originals)));
    }

    private void askDeletion(List<String> candidates) {
        emit(world.askDeletion(pick(candidates, requests.deletions().get(deletionsAsked++))));
    }

    private void inspect(String agent, String disk) {
        inspectionsAsked++;
        emit(world.inspect(agent, disk));
    }

    private void addClosings(List<Choice> choices) {
        if (isDue(closings, workload.closings(), 1)) {
            world.agents()
                    .forEach((name, agent) -> agent.closable()
                            .forEach(disk -> choices.add(choice(CLOSING, new Opener(name, disk), () -> {
                                closings++;
                                return world.close(name, disk);
                            }))));
        }
    }

    // ---- Space

    private void addSpace(List<Choice> choices) {
        String name = "new" + (creations + 1);
        if (isDue(creations, workload.creations(), 0) && world.controller().canCreate(name)) {
            choices.add(choice(CREATION, name, () -> {
                creations++;
                return world.create(name);
            }));
        }
        if (isDue(offers, workload.offers(), 1)) {
            world.agents()
                    .forEach((agent, core) -> core.cache().forEach((disk, entries) -> {
                        for (int segment = 0; segment < entries.size(); segment++) {
                            if (core.canOffer(disk, segment)) {
                                choices.add(choice(agent, disk, segment));
                            }
                        }
                    }));
        }
    }

    private Choice choice(String agent, String disk, int segment) {
        return choice(OFFER, List.of(agent, disk, segment), () -> {
            offers++;
            return world.offer(agent, disk, segment);
        });
    }

    // ---- Power

    private void addPower(List<Choice> choices) {
        if (isDue(flushes, workload.flushes(), 1)) {
            for (String host : workload.hostNames()) {
                if (!world.calls().containsKey(host)) {
                    world.agents()
                            .forEach((agent, core) -> disks().stream()
                                    .filter(core::maps)
                                    .forEach(disk -> choices.add(choice(FLUSH, List.of(host, agent, disk), () -> {
                                        flushes++;
                                        return world.flush(host, agent, disk);
                                    }))));
                }
            }
        }
        if (isDue(powerLosses, workload.powerLosses(), 1)) {
            List<OldBlock> older = List.copyOf(world.older());
            addLoss(choices, List.of());
            older.forEach(old -> addLoss(choices, List.of(old)));
            addLoss(choices, oneForEach(older));
        }
    }

    private void addLoss(List<Choice> choices, List<OldBlock> fallen) {
        choices.add(choice(POWER, fallen, () -> {
            powerLosses++;
            return world.losePower(fallen);
        }));
    }

    /** Returns the oldest content that is left of each block. */
    private static List<OldBlock> oneForEach(List<OldBlock> older) {
        Map<List<Long>, OldBlock> oldest = new LinkedHashMap<>();
        older.forEach(old -> oldest.putIfAbsent(List.of(old.location(), (long) old.block()), old));
        return List.copyOf(oldest.values());
    }

    // ---- Failures

    private void addFailures(List<Choice> choices) {
        Faults faults = workload.faults();
        boolean up = world.controller().isUp();
        for (Map.Entry<String, AgentCore> agent : world.agents().entrySet()) {
            String name = agent.getKey();
            boolean served = world.members().contains(name) && !world.cut().contains(name);
            // Who is fenced, or was there before power was lost, finds out, and stops.
            if (!served) {
                choices.add(choice("stop", name, () -> world.crashAgent(name)));
            } else if (isDue(agentCrashes, faults.agentCrashes(), 1)) {
                choices.add(choice(AGENT_CRASH, name, () -> {
                    agentCrashes++;
                    return world.crashAgent(name);
                }));
            }
            if (served && up && isDue(fences, faults.fences(), 1)) {
                choices.add(choice(FENCE, name, () -> {
                    fences++;
                    return world.fence(name);
                }));
            }
        }
        if (up) {
            world.members().stream()
                    .filter(member -> !world.agents().containsKey(member))
                    .forEach(gone -> choices.add(choice("give up", gone, () -> world.fence(gone))));
            if (world.agents().size() < workload.agents()) {
                String name = "a" + (world.knownAgents().size() + 1);
                choices.add(choice("join", name, () -> world.join(name)));
            }
            if (isDue(controllerCrashes, faults.controllerCrashes(), 1)) {
                choices.add(choice(CONTROLLER_CRASH, "controller", () -> {
                    controllerCrashes++;
                    return world.crashController();
                }));
            }
        }
        if (isDue(losses, faults.losses(), 1)) {
            world.messages()
                    .keySet()
                    .forEach(message -> choices.add(choice(LOSS, message, () -> {
                        losses++;
                        return world.lose(message);
                    })));
        }
        if (isDue(repeats, faults.repeats(), 1)) {
            world.messages()
                    .keySet()
                    .forEach(message -> choices.add(choice(REPEAT, message, () -> {
                        repeats++;
                        return world.repeat(message);
                    })));
            world.repetitions()
                    .forEach(move -> choices.add(choice(REPETITION, move, () -> {
                        repeats++;
                        return move.in(world);
                    })));
        }
    }

    // ---- Events

    private void emit(Happening happening) {
        Event event = happening.event();
        if (event instanceof Event.CopyTable copied) {
            everDisks.addAll(copied.cut().snapshots());
        } else if (event instanceof Event.Create created) {
            everDisks.add(created.disk());
        }
        time++;
        String place = happening.place();
        trace.accept(new TraceEvent(eventsOfPlace.merge(place, 1L, Long::sum), time, place, event));
    }
}
