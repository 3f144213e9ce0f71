package dev.faultline.sim;

import dev.faultline.core.AgentCore;
import dev.faultline.core.AgentRules;
import dev.faultline.core.Content;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Cut;
import dev.faultline.core.Effect;
import dev.faultline.core.Event;
import dev.faultline.core.Io;
import dev.faultline.core.Kind;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Step;
import dev.faultline.sim.Workload.Operation;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The whole system on one thread: the cores as they are, a network that delivers messages in any order, a storage
 * container that performs I/Os at any time, and hosts that follow a script. What happens next is one of the
 * {@link #choices()}; who chooses decides the schedule, and the same choices give the same events. For one thread at a
 * time.
 */
public final class Simulation {
    private static final Content ZERO = new Content(0);

    private final Workload workload;
    private final Consumer<TraceEvent> trace;
    private final List<List<Operation>> script;
    private final int[] done;
    private final Workload.Requests requests;
    private int begun;
    private int snapshotsAsked;
    private int snapshotNames;
    private int deletionsAsked;
    private int inspectionsAsked;

    private final Map<String, AgentCore> agents = new LinkedHashMap<>();
    private final ControllerCore controller;
    private final TreeSet<String> disks = new TreeSet<>();
    private final TreeSet<String> gone = new TreeSet<>();
    private final Set<String> leaving = new HashSet<>();

    private final List<Message> network = new ArrayList<>();
    private final Map<String, Io> storageQueue = new LinkedHashMap<>();
    private final Map<String, Content> performed = new LinkedHashMap<>();
    private final Map<Long, Content[]> storage = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();

    private final Map<String, Content> writing = new HashMap<>();
    private final Map<String, String> agentOfHost = new HashMap<>();
    private final Map<String, Long> eventsOfPlace = new HashMap<>();
    private long time;

    private record Copy(int segment, long from, long to, int block) {}

    /** Something that can happen next. */
    public interface Choice {
        /** Lets it happen. */
        void happen();
    }

    /** Makes a system in its initial state; its events go to the consumer. */
    public Simulation(
            Workload workload,
            long seed,
            AgentRules agentRules,
            ControllerRules controllerRules,
            Consumer<TraceEvent> trace) {
        this.workload = workload;
        this.trace = trace;
        SplittableRandom random = new SplittableRandom(seed);
        script = workload.script(random);
        requests = workload.requests(random);
        done = new int[workload.hosts()];
        for (String agent : workload.agentNames()) {
            agents.put(agent, new AgentCore(agent, workload.segments(), agentRules));
        }
        disks.addAll(Workload.FIRST_DISKS);
        MappingTables tables = MappingTables.ofNewDisks(Workload.FIRST_DISKS, workload.segments());
        controller = new ControllerCore(agents.keySet(), workload.blocks(), tables, controllerRules);
    }

    /** Returns the header of this system's trace. */
    public TraceHeader header() {
        return new TraceHeader(
                TraceHeader.VERSION,
                workload.agentNames(),
                Workload.FIRST_DISKS,
                workload.segments(),
                workload.blocks(),
                ZERO);
    }

    /** Returns all that can happen next, in a fixed order; none when all is done, or nothing can go on. */
    public List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        for (int host = 0; host < done.length; host++) {
            int number = host;
            String name = "h" + (host + 1);
            if (done[host] < workload.operationsPerHost() && !agentOfHost.containsKey(name)) {
                choices.add(() -> begin(number, name));
            }
        }
        addRequests(choices);
        agents.values()
                .forEach(agent ->
                        agent.turns().forEach(turn -> choices.add(() -> follow(agent.name(), agent.take(turn)))));
        controller.turns().forEach(turn -> choices.add(() -> follow("controller", controller.take(turn))));
        // Two copies of a message are the same choice.
        network.stream().distinct().forEach(message -> choices.add(() -> deliver(message)));
        storageQueue.keySet().forEach(host -> choices.add(() -> perform(host)));
        performed.keySet().forEach(host -> choices.add(() -> complete(host)));
        copies.forEach(copy -> choices.add(() -> copyBlock(copy)));
        return choices;
    }

    /** Returns whether every host has done its I/Os and nothing is left over. */
    public boolean isFinished() {
        for (int operations : done) {
            if (operations < workload.operationsPerHost()) {
                return false;
            }
        }
        return agentOfHost.isEmpty() && controller.isIdle() && network.isEmpty();
    }

    private void addRequests(List<Choice> choices) {
        // The first at any time; the others after their share of the I/Os, so that some come after deletions.
        if (snapshotsAsked < workload.snapshots()
                && begun * workload.snapshots() >= snapshotsAsked * workload.operations()) {
            List<String> originals = disks.stream()
                    .filter(disk -> controller.canSnapshot(Cut.of(disk, nextSnapshot(0))))
                    .toList();
            if (!originals.isEmpty()) {
                choices.add(() -> askSnapshot(originals));
            }
        }
        // Each deletion after its share of the I/Os, so that there is something to be lost.
        if (deletionsAsked < workload.deletions()
                && begun * (workload.deletions() + 1) >= (deletionsAsked + 1) * workload.operations()) {
            List<String> candidates =
                    disks.stream().filter(controller::canDelete).toList();
            if (!candidates.isEmpty() && leaving.size() + 1 < disks.size()) {
                choices.add(() -> askDeletion(candidates));
            }
        }
        if (inspectionsAsked < workload.inspections()) {
            List<Integer> picks = requests.inspections().get(inspectionsAsked);
            String disk = pick(List.copyOf(disks), picks.get(0));
            String agent = pick(workload.agentNames(), picks.get(1));
            if (controller.canInspect(agent, disk)) {
                choices.add(() -> inspect(agent, disk));
            }
        }
    }

    private static String pick(List<String> names, int number) {
        return names.get(number % names.size());
    }

    /** Returns a name that no disk ever had. */
    private String nextSnapshot(int ahead) {
        return "snap" + (snapshotNames + ahead + 1);
    }

    private void begin(int host, String name) {
        begun++;
        Operation operation = script.get(host).get(done[host]++);
        String agent = workload.agentNames().get(operation.agent());
        String disk = new ArrayList<>(disks).get(operation.disk() % disks.size());
        agentOfHost.put(name, agent);
        AgentCore core = agent(agent);
        if (operation.write()) {
            // Every write writes something else, so that no two can be taken for each other.
            Content value = new Content(((long) (host + 1) << Integer.SIZE) + done[host]);
            writing.put(name, value);
            follow(name, core.write(name, disk, operation.segment(), operation.block(), value));
        } else {
            follow(name, core.read(name, disk, operation.segment(), operation.block()));
        }
    }

    private void askSnapshot(List<String> candidates) {
        Map<String, String> originals = new HashMap<>();
        for (int pick : requests.snapshots().get(snapshotsAsked++)) {
            String original = pick(candidates, pick);
            // A name that was used before is tried first: a controller that takes it is wrong.
            String name = gone.stream()
                    .filter(old -> !originals.containsKey(old) && controller.canSnapshot(Cut.of(original, old)))
                    .findFirst()
                    .orElse(nextSnapshot(originals.size()));
            originals.put(name, original);
        }
        snapshotNames += originals.size();
        follow("operator", controller.askSnapshot(new Cut(originals)));
    }

    private void askDeletion(List<String> candidates) {
        String disk = pick(candidates, requests.deletions().get(deletionsAsked++));
        leaving.add(disk);
        follow("operator", controller.askDeletion(disk));
    }

    private void inspect(String agent, String disk) {
        inspectionsAsked++;
        follow("operator", controller.inspect(agent, disk));
    }

    private void deliver(Message message) {
        network.remove(message);
        if (message instanceof Command command) {
            follow(command.to(), agent(command.to()).applyCommand(command));
        } else if (message instanceof MappingFault fault) {
            follow("controller", controller.receiveFault(fault));
        } else if (message instanceof Answer answer) {
            follow("controller", controller.receiveAnswer(answer));
        }
    }

    private void perform(String host) {
        Io io = storageQueue.remove(host);
        if (io == null) {
            throw new IllegalStateException("no I/O of " + host + " at storage");
        }
        Content[] blocks = at(io.location());
        if (io.kind() == Kind.WRITE) {
            blocks[io.block()] = written(host);
        }
        performed.put(host, blocks[io.block()]);
        emit("storage", new Event.Perform(host));
    }

    private Content written(String host) {
        Content value = writing.get(host);
        if (value == null) {
            throw new IllegalStateException("no write of " + host);
        }
        return value;
    }

    private void complete(String host) {
        Content value = performed.remove(host);
        String agent = agentOfHost.get(host);
        if (value == null || agent == null) {
            throw new IllegalStateException("no I/O of " + host + " performed");
        }
        follow(agent, agent(agent).complete(host, value));
    }

    private void copyBlock(Copy copy) {
        copies.remove(copy);
        Content value = at(copy.from())[copy.block()];
        at(copy.to())[copy.block()] = value;
        follow("controller", controller.copyBlock(copy.segment(), copy.block(), value));
    }

    private Content[] at(long location) {
        return storage.computeIfAbsent(location, l -> {
            Content[] blocks = new Content[workload.blocks()];
            Arrays.fill(blocks, ZERO);
            return blocks;
        });
    }

    private AgentCore agent(String name) {
        AgentCore agent = agents.get(name);
        if (agent == null) {
            throw new IllegalStateException("no agent " + name);
        }
        return agent;
    }

    private void follow(String place, Step step) {
        emit(place, step.event());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send send) {
                network.add(send.message());
            } else if (effect instanceof Effect.Dispatch dispatch) {
                storageQueue.put(dispatch.host(), dispatch.io());
            } else if (effect instanceof Effect.Return back) {
                release(back.host());
            } else if (effect instanceof Effect.Reject reject) {
                release(reject.host());
            } else if (effect instanceof Effect.Persist persist) {
                disks.add(persist.disk());
            } else if (effect instanceof Effect.Erase erase) {
                disks.remove(erase.disk());
                leaving.remove(erase.disk());
                gone.add(erase.disk());
            } else if (effect instanceof Effect.Free free) {
                storage.keySet().removeAll(free.locations());
            } else if (effect instanceof Effect.CopySegment copy) {
                for (int block = 0; block < workload.blocks(); block++) {
                    copies.add(new Copy(copy.segment(), copy.from(), copy.to(), block));
                }
            }
        }
    }

    private void release(String host) {
        agentOfHost.remove(host);
        writing.remove(host);
    }

    private void emit(String place, Event event) {
        time++;
        trace.accept(new TraceEvent(eventsOfPlace.merge(place, 1L, Long::sum), time, place, event));
    }
}
