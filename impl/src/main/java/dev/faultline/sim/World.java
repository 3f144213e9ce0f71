package dev.faultline.sim;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Content;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Cut;
import dev.faultline.core.Effect;
import dev.faultline.core.Event;
import dev.faultline.core.Io;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Rules;
import dev.faultline.core.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The whole system at one instant: the cores as they are, messages on their way, a storage container, and hosts that wait
 * for their I/Os. What it can do next of itself is one of the {@link #moves()}; what others do to it (hosts, operators,
 * failures) is a method each. It can be copied and compared. For one thread at a time.
 */
public final class World {
    /** What every block holds in the beginning. */
    public static final Content ZERO = new Content(0);

    private static final String CONTROLLER = "controller";
    private static final String OPERATOR = "operator";

    private final int segments;
    private final int blocks;
    private final Rules rules;

    private final Map<String, AgentCore> agents = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private ControllerCore controller;
    private MappingTables tables;
    private Network network;
    private Container container;
    private final Map<String, Call> calls = new TreeMap<>();
    private final Map<String, Io> orphans = new TreeMap<>();

    // What other worlds look at too: it is copied before it is changed.
    private final Set<String> sharedAgents = new TreeSet<>();
    private boolean sharedController;
    private boolean sharedTables;
    private boolean sharedNetwork;
    private boolean sharedContainer;

    /** A host's I/O under way; written is null for a read. */
    public record Call(String agent, @Nullable Content written) {}

    /** Something that happened, and where. */
    public record Happening(String place, Event event) {}

    /** Something that can happen next. The same move can be made in any world that offers it. */
    public interface Move {
        /** Lets it happen. */
        Happening in(World world);
    }

    /** Makes a system in its initial state: the agents know nothing, and every block is zero. */
    public World(List<String> firstAgents, List<String> firstDisks, int segments, int blocks, Rules rules) {
        this.segments = segments;
        this.blocks = blocks;
        this.rules = rules;
        network = new Network();
        container = new Container(blocks, ZERO, rules.storage());
        for (String agent : firstAgents) {
            begin(agent);
            container.admit(agent);
        }
        tables = MappingTables.ofNewDisks(firstDisks, segments);
        tables.locations().forEach(container::use);
        controller = new ControllerCore(container.members(), blocks, tables, rules.controller());
    }

    private World(World other) {
        segments = other.segments;
        blocks = other.blocks;
        rules = other.rules;
        agents.putAll(other.agents);
        known.addAll(other.known);
        controller = other.controller;
        tables = other.tables;
        network = other.network;
        container = other.container;
        calls.putAll(other.calls);
        orphans.putAll(other.orphans);
    }

    /** Returns a system in the same state, which from then on goes its own way. */
    public World copy() {
        World copy = new World(this);
        share();
        copy.share();
        return copy;
    }

    private void share() {
        sharedAgents.addAll(agents.keySet());
        sharedController = true;
        sharedTables = true;
        sharedNetwork = true;
        sharedContainer = true;
    }

    private void begin(String agent) {
        agents.put(agent, new AgentCore(agent, segments, rules.agent()));
        known.add(agent);
    }

    // ---- What is there

    /** Returns the agents that run, by name; not to be changed. */
    public Map<String, AgentCore> agents() {
        return Collections.unmodifiableMap(agents);
    }

    /** Returns the names of all agents that ever ran. */
    public Set<String> knownAgents() {
        return Collections.unmodifiableSet(known);
    }

    /** Returns the controller; not to be changed. */
    public ControllerCore controller() {
        return controller;
    }

    /** Returns the tables that are durable; not to be changed. */
    public MappingTables tables() {
        return tables;
    }

    /** Returns how often each message on its way will arrive. */
    public Map<Message, Integer> messages() {
        return network.copies();
    }

    /** Returns the agents whose I/O storage performs. */
    public Set<String> members() {
        return container.members();
    }

    /** Returns the blocks at each location that is in use. */
    public Map<Long, List<Content>> storage() {
        return container.contents();
    }

    /** Returns what the I/Os that storage has performed have read or written, by host; their agents have not yet heard. */
    public Map<String, Content> performed() {
        return container.performed();
    }

    /** Returns the I/Os of hosts, under way or left over by agents that are gone. */
    public Map<String, Call> calls() {
        return Collections.unmodifiableMap(calls);
    }

    /** Returns the I/Os of agents that are gone, as they were then. */
    public Map<String, Io> orphans() {
        return Collections.unmodifiableMap(orphans);
    }

    /** Returns whether no host waits and nothing more will happen of itself, with or without repetitions. */
    public boolean isQuiet() {
        return calls.isEmpty() && controller.isUnoccupied() && moves().isEmpty();
    }

    // ---- What it has in common with the world that it is a copy of

    /** Returns whether the messages on their way are those of another world, and have not been touched since. */
    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    public boolean sharesNetwork(World other) {
        return network == other.network;
    }

    /** Returns whether the storage container is that of another world, and has not been touched since. */
    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    public boolean sharesStorage(World other) {
        return container == other.container;
    }

    /** Returns whether the controller is that of another world, and has not been touched since. */
    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    public boolean sharesController(World other) {
        return controller == other.controller;
    }

    /** Returns whether the durable tables are those of another world, and have not been touched since. */
    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    public boolean sharesTables(World other) {
        return tables == other.tables;
    }

    /** Returns whether the agents are those of another world, and have not been touched since. */
    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    public boolean sharesAgents(World other) {
        return known.equals(other.known)
                && agents.keySet().equals(other.agents.keySet())
                && agents.entrySet().stream().allMatch(agent -> agent.getValue() == other.agents.get(agent.getKey()));
    }

    // ---- What it does of itself

    /** Returns all that can happen next of itself, in a fixed order. */
    public List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        agents.forEach((name, agent) -> agent.turns().forEach(turn -> moves.add(world -> world.take(name, turn))));
        controller.turns().forEach(turn -> moves.add(world -> world.take(turn)));
        addDeliveries(moves);
        for (String host : container.waiting()) {
            if (container.performs(host)) {
                moves.add(world -> world.perform(host));
            } else if (!orphans.containsKey(host)) {
                moves.add(world -> world.refuse(host));
            }
        }
        for (String host : container.performed().keySet()) {
            if (!orphans.containsKey(host)) {
                moves.add(world -> world.complete(host));
            }
        }
        orphans.keySet().forEach(host -> moves.add(world -> world.abandon(host)));
        container.copies().forEach(copy -> moves.add(world -> world.copyBlock(copy)));
        return moves;
    }

    /** Returns all that a core could be made to do, whether or not its time has come: it refuses what it must not do. */
    public List<Move> attempts() {
        List<Move> attempts = new ArrayList<>();
        agents.forEach((name, agent) -> agent.begun().forEach(turn -> attempts.add(world -> world.take(name, turn))));
        controller.begun().forEach(turn -> attempts.add(world -> world.take(turn)));
        return attempts;
    }

    private void addDeliveries(List<Move> moves) {
        boolean up = controller.isUp();
        for (Message message : network.copies().keySet()) {
            if (message instanceof Command command ? agents.containsKey(command.to()) : up) {
                moves.add(world -> world.deliver(message));
            }
        }
    }

    private Happening take(String agent, AgentCore.Turn turn) {
        return follow(agent, agent(agent).take(turn));
    }

    private Happening take(ControllerCore.Turn turn) {
        return follow(CONTROLLER, ownController().take(turn));
    }

    private Happening deliver(Message message) {
        ownNetwork().take(message);
        if (message instanceof Command command) {
            return follow(command.to(), agent(command.to()).applyCommand(command));
        } else if (message instanceof MappingFault fault) {
            return follow(CONTROLLER, ownController().receiveFault(fault));
        }
        return follow(CONTROLLER, ownController().receiveAnswer((Answer) message));
    }

    private Happening perform(String host) {
        ownContainer().perform(host);
        return new Happening("storage", new Event.Perform(host));
    }

    private Happening refuse(String host) {
        ownContainer().forget(host);
        String agent = call(host).agent();
        return follow(agent, agent(agent).refuse(host));
    }

    private Happening complete(String host) {
        Content value = container.performed().get(host);
        if (value == null) {
            throw new IllegalStateException("no I/O of " + host + " performed");
        }
        ownContainer().forget(host);
        String agent = call(host).agent();
        return follow(agent, agent(agent).complete(host, value));
    }

    private Happening abandon(String host) {
        ownContainer().forget(host);
        orphans.remove(host);
        calls.remove(host);
        return new Happening(host, new Event.Abandon(host));
    }

    private Happening copyBlock(Container.Copy copy) {
        Content value = ownContainer().copyBlock(copy);
        return follow(CONTROLLER, ownController().copyBlock(copy.segment(), copy.block(), value));
    }

    // ---- What is done to it

    // Who asks for what cannot be is told so by an IllegalStateException, and nothing has happened.

    /** A host that has no I/O under way hands over a read. */
    public Happening read(String host, String agent, String disk, int segment, int block) {
        expect(host, disk);
        Step step = agent(agent).read(host, disk, segment, block);
        calls.put(host, new Call(agent, null));
        return follow(host, step);
    }

    /** A host that has no I/O under way hands over a write. */
    public Happening write(String host, String agent, String disk, int segment, int block, Content value) {
        expect(host, disk);
        Step step = agent(agent).write(host, disk, segment, block, value);
        calls.put(host, new Call(agent, value));
        return follow(host, step);
    }

    /** Somebody asks for snapshots. */
    public Happening askSnapshot(Cut cut) {
        return follow(OPERATOR, ownController().askSnapshot(cut));
    }

    /** Somebody asks for a disk to be deleted. */
    public Happening askDeletion(String disk) {
        return follow(OPERATOR, ownController().askDeletion(disk));
    }

    /** Returns whether somebody can ask what an agent has of a disk: no question or answer like it is on its way. */
    public boolean canInspect(String agent, String disk) {
        return controller.canInspect(agent, disk)
                && network.copies().keySet().stream().noneMatch(message -> isInspection(message, agent, disk))
                && (!agents.containsKey(agent)
                        || agents.get(agent).owed().keySet().stream()
                                .noneMatch(command -> isInspection(command, agent, disk)));
    }

    private static boolean isInspection(Message message, String agent, String disk) {
        Message about = message instanceof Answer answer ? answer.command() : message;
        return about instanceof Message.GetEntry question
                && question.to().equals(agent)
                && question.range().disk().equals(disk);
    }

    /** Somebody asks what an agent has of a disk. */
    public Happening inspect(String agent, String disk) {
        if (!canInspect(agent, disk)) {
            throw new IllegalStateException("agent " + agent + " cannot be asked for disk " + disk);
        }
        return follow(OPERATOR, ownController().inspect(agent, disk));
    }

    /** An agent crashes. Its I/Os are done, not done, or on their way. */
    public Happening crashAgent(String name) {
        AgentCore crashed = agent(name);
        orphans.putAll(crashed.ios());
        agents.remove(name);
        sharedAgents.remove(name);
        return new Happening(name, new Event.CrashAgent(name));
    }

    /** An agent that never was there becomes a member. */
    public Happening join(String name) {
        if (known.contains(name)) {
            throw new IllegalStateException("there was an agent " + name + " before");
        }
        Step step = ownController().join(name);
        begin(name);
        return follow(CONTROLLER, step);
    }

    /** The controller gives an agent up, which may be running or not. */
    public Happening fence(String name) {
        return follow(OPERATOR, ownController().fence(name));
    }

    /** The controller crashes; what comes back has the durable tables and storage's list of members. */
    public Happening crashController() {
        if (!controller.isUp()) {
            throw new IllegalStateException("the controller is down already");
        }
        controller = ControllerCore.afterCrash(container.members(), blocks, tables, rules.controller());
        sharedController = false;
        ownContainer().stopCopying();
        return new Happening(CONTROLLER, new Event.CrashController());
    }

    /** A message is lost. */
    public Happening lose(Message message) {
        ownNetwork().take(message);
        return new Happening("network", new Event.Lose(message));
    }

    /** A message that is on its way will arrive once more. */
    public Happening repeat(Message message) {
        ownNetwork().add(message);
        return new Happening("network", new Event.Repeat(message));
    }

    /** Returns what can be said again, for it is not on its way and not answered. */
    public List<Move> repetitions() {
        List<Move> moves = new ArrayList<>();
        for (Command command : controller.awaited()) {
            if (!network.has(command)) {
                moves.add(
                        world -> world.follow(CONTROLLER, world.ownController().resend(command)));
            }
        }
        agents.forEach((name, agent) -> agent.ios().forEach((host, io) -> {
            if (io.phase() == Io.Phase.FAULTED
                    && !network.has(new MappingFault(name, io.disk(), io.segment(), io.kind()))) {
                moves.add(world -> world.follow(name, world.agent(name).remind(host)));
            }
        }));
        return moves;
    }

    // ---- Parts

    private Happening follow(String place, Step step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send send) {
                ownNetwork().add(send.message());
            } else if (effect instanceof Effect.Dispatch dispatch) {
                Call call = call(dispatch.host());
                ownContainer().send(dispatch.host(), new Container.Sent(call.agent(), dispatch.io(), call.written()));
            } else if (effect instanceof Effect.Return back) {
                calls.remove(back.host());
            } else if (effect instanceof Effect.Reject reject) {
                calls.remove(reject.host());
            } else if (effect instanceof Effect.Refuse refuse) {
                calls.remove(refuse.host());
            } else if (effect instanceof Effect.TableChange change) {
                ownTables().apply(change);
            } else if (effect instanceof Effect.Free free) {
                ownContainer().free(free.locations());
            } else if (effect instanceof Effect.Retain retain) {
                ownContainer().retain(retain.locations());
            } else if (effect instanceof Effect.CopySegment copy) {
                ownContainer().beginCopy(copy.segment(), copy.from(), copy.to());
            } else if (effect instanceof Effect.Admit admit) {
                ownContainer().admit(admit.agent());
            } else if (effect instanceof Effect.Fence fence) {
                ownContainer().fence(fence.agent());
            }
        }
        return new Happening(place, step.event());
    }

    private void expect(String host, String disk) {
        if (calls.containsKey(host)) {
            throw new IllegalStateException(host + " has an I/O under way");
        }
        if (!tables.has(disk)) {
            throw new IllegalStateException("there is no disk " + disk);
        }
    }

    private Call call(String host) {
        return Objects.requireNonNull(calls.get(host), () -> "no I/O of " + host + " under way");
    }

    private AgentCore agent(String name) {
        AgentCore agent = agents.get(name);
        if (agent == null) {
            throw new IllegalStateException("no agent " + name + " runs");
        }
        if (sharedAgents.remove(name)) {
            agent = agent.copy();
            agents.put(name, agent);
        }
        return agent;
    }

    private ControllerCore ownController() {
        if (sharedController) {
            controller = controller.copy();
            sharedController = false;
        }
        return controller;
    }

    private Network ownNetwork() {
        if (sharedNetwork) {
            network = network.copy();
            sharedNetwork = false;
        }
        return network;
    }

    private Container ownContainer() {
        if (sharedContainer) {
            container = container.copy();
            sharedContainer = false;
        }
        return container;
    }

    private MappingTables ownTables() {
        if (sharedTables) {
            tables = tables.copy();
            sharedTables = false;
        }
        return tables;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof World that
                && agents.equals(that.agents)
                && known.equals(that.known)
                && controller.equals(that.controller)
                && tables.equals(that.tables)
                && network.equals(that.network)
                && container.equals(that.container)
                && calls.equals(that.calls)
                && orphans.equals(that.orphans);
    }

    @Override
    public int hashCode() {
        return Objects.hash(agents, known, controller, tables, network, container, calls, orphans);
    }
}
