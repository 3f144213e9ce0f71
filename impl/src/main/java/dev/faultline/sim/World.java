package dev.faultline.sim;

import dev.faultline.core.AgentCore;
import dev.faultline.core.Content;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Cut;
import dev.faultline.core.Durability;
import dev.faultline.core.Effect;
import dev.faultline.core.Event;
import dev.faultline.core.Io;
import dev.faultline.core.Job;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.OldBlock;
import dev.faultline.core.Rules;
import dev.faultline.core.Step;
import dev.faultline.trace.Emitter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole system at one instant: the cores as they are, messages on their way, a storage container, and hosts that wait
 * for their I/Os. What it can do next of itself is one of the {@link #moves()}; what others do to it (hosts, operators,
 * failures) is a method each. It can be copied and compared. For one thread at a time.
 */
public final class World {
    /** What every block holds in the beginning. */
    public static final Content ZERO = Content.ZERO;

    private static final String CONTROLLER = Emitter.CONTROLLER_PLACE;
    private static final String OPERATOR = Emitter.OPERATOR_PLACE;

    private final int segments;
    private final int blocks;
    private final Rules rules;
    private final Mapping mapping;
    private final Durability durability;
    private final Parts parts;

    /** A host's I/O under way; written is null for a read. */
    public record Call(String agent, @Nullable Content written) {}

    /** Makes a system in its initial state in which all agents map all disks; see below. */
    public World(List<String> firstAgents, List<String> firstDisks, int segments, int blocks, Rules rules) {
        this(
                firstAgents,
                firstDisks,
                segments,
                blocks,
                rules,
                Mapping.ALL,
                MappingTables.UNBOUNDED,
                Durability.AT_ONCE);
    }

    /**
     * Makes a system in its initial state: the agents know nothing, nothing is open, and every block is zero.
     *
     * @param capacity how many locations storage has; {@link MappingTables#UNBOUNDED} if there is no bound
     * @param durability whether storage may lose power
     */
    public World(
            List<String> firstAgents,
            List<String> firstDisks,
            int segments,
            int blocks,
            Rules rules,
            Mapping mapping,
            int capacity,
            Durability durability) {
        this.segments = segments;
        this.blocks = blocks;
        this.rules = rules;
        this.mapping = mapping;
        this.durability = durability;
        Container container = new Container(blocks, ZERO, rules.storage(), durability);
        firstAgents.forEach(container::admit);
        MappingTables tables = MappingTables.ofNewDisks(firstDisks, segments, capacity);
        tables.locations().forEach(container::use);
        ControllerCore controller =
                new ControllerCore(container.members(), blocks, tables, rules.controller(), mapping, durability, ZERO);
        parts = new Parts(controller, tables, container);
        firstAgents.forEach(this::begin);
    }

    private World(World other) {
        segments = other.segments;
        blocks = other.blocks;
        rules = other.rules;
        mapping = other.mapping;
        durability = other.durability;
        parts = other.parts.copy();
    }

    /** Returns a system in the same state, which from then on goes its own way. */
    public World copy() {
        return new World(this);
    }

    private void begin(String agent) {
        parts.begin(agent, new AgentCore(agent, segments, rules.agent(), mapping, ZERO));
    }

    // ---- What is there

    /** Returns the agents that run, by name; not to be changed. */
    public Map<String, AgentCore> agents() {
        return Collections.unmodifiableMap(parts.agents());
    }

    /** Returns the names of all agents that ever ran. */
    public Set<String> knownAgents() {
        return Collections.unmodifiableSet(parts.known());
    }

    /** Returns the controller; not to be changed. */
    public ControllerCore controller() {
        return parts.controller();
    }

    /** Returns the tables that are durable; not to be changed. */
    public MappingTables tables() {
        return parts.tables();
    }

    /** Returns how often each message on its way will arrive. */
    public Map<Message, Integer> messages() {
        return parts.network().copies();
    }

    /** Returns the agents whose I/O storage performs. */
    public Set<String> members() {
        return parts.container().members();
    }

    /** Returns the blocks at each location that is in use. */
    public Map<Long, List<Content>> storage() {
        return parts.container().contents();
    }

    /** Returns what blocks may hold instead when storage loses power. */
    public Set<OldBlock> older() {
        return parts.container().older();
    }

    /** Returns whose way to storage a loss of power has broken: agents, and the controller. */
    public Set<String> cut() {
        return parts.container().cut();
    }

    /** Returns what the I/Os that storage has performed have read or written, by host; their agents have not yet heard. */
    public Map<String, Content> performed() {
        return parts.container().performed();
    }

    /** Returns the I/Os of hosts, under way or left over by agents that are gone. */
    public Map<String, Call> calls() {
        return Collections.unmodifiableMap(parts.calls());
    }

    /** Returns the I/Os of agents that are gone, as they were then. */
    public Map<String, Io> orphans() {
        return Collections.unmodifiableMap(parts.orphans());
    }

    /** Returns whether no host waits and nothing more will happen of itself, with or without repetitions. */
    public boolean isQuiet() {
        return parts.calls().isEmpty() && parts.controller().isUnoccupied() && moves().isEmpty();
    }

    // ---- What it has in common with the world that it is a copy of

    /** Returns whether the messages on their way are those of another world, and have not been touched since. */
    public boolean sharesNetwork(World other) {
        return parts.sharesNetwork(other.parts);
    }

    /** Returns whether the storage container is that of another world, and has not been touched since. */
    public boolean sharesStorage(World other) {
        return parts.sharesContainer(other.parts);
    }

    /** Returns whether the controller is that of another world, and has not been touched since. */
    public boolean sharesController(World other) {
        return parts.sharesController(other.parts);
    }

    /** Returns whether the durable tables are those of another world, and have not been touched since. */
    public boolean sharesTables(World other) {
        return parts.sharesTables(other.parts);
    }

    /** Returns whether the agents are those of another world, and have not been touched since. */
    public boolean sharesAgents(World other) {
        return parts.sharesAgents(other.parts);
    }

    // ---- What it does of itself

    /** Returns all that can happen next of itself, in a fixed order; moves of two worlds are equal if they do the same. */
    public List<Move> moves() {
        return OwnMove.all(parts);
    }

    /** Returns what can be said again, for it is not on its way and not answered. */
    public List<Move> repetitions() {
        return OwnMove.repetitions(parts);
    }

    /** Returns all that a core could be made to do, whether or not its time has come: it refuses what it must not do. */
    public List<Move> attempts() {
        return OwnMove.attempts(parts);
    }

    Happening take(String agent, AgentCore.Turn turn) {
        return follow(agent, parts.ownAgent(agent).take(turn));
    }

    Happening take(ControllerCore.Turn turn) {
        return follow(CONTROLLER, parts.ownController().take(turn));
    }

    Happening deliver(Message message) {
        parts.ownNetwork().take(message);
        if (message instanceof Command command) {
            return follow(command.to(), parts.ownAgent(command.to()).applyCommand(command));
        } else if (message instanceof MappingFault fault) {
            return follow(CONTROLLER, parts.ownController().receiveFault(fault));
        } else if (message instanceof OfOpening opening) {
            return deliver(opening);
        } else if (message instanceof Full full) {
            return follow(full.to(), parts.ownAgent(full.to()).receiveFull(full));
        }
        return follow(CONTROLLER, parts.ownController().receiveAnswer((Answer) message));
    }

    private Happening deliver(OfOpening message) {
        if (message instanceof OpenDisk open) {
            return follow(CONTROLLER, parts.ownController().receiveOpen(open));
        } else if (message instanceof CloseDisk close) {
            return follow(CONTROLLER, parts.ownController().receiveClose(close));
        } else if (message instanceof Opened opened) {
            return follow(opened.to(), parts.ownAgent(opened.to()).receiveOpened(opened));
        }
        Closed closed = (Closed) message;
        return follow(closed.to(), parts.ownAgent(closed.to()).receiveClosed(closed));
    }

    Happening perform(String host) {
        parts.ownContainer().perform(host);
        return new Happening("storage", new Event.Perform(host));
    }

    Happening refuse(String host) {
        parts.ownContainer().forget(host);
        String agent = call(host).agent();
        return follow(agent, parts.ownAgent(agent).refuse(host));
    }

    Happening complete(String host) {
        Content value = parts.container().performed().get(host);
        if (value == null) {
            throw new IllegalRequestException("no I/O of " + host + " performed");
        }
        parts.ownContainer().forget(host);
        String agent = call(host).agent();
        return follow(agent, parts.ownAgent(agent).complete(host, value));
    }

    Happening abandon(String host) {
        parts.ownContainer().forget(host);
        parts.orphans().remove(host);
        parts.calls().remove(host);
        return new Happening(host, new Event.Abandon(host));
    }

    Happening copyBlock(Container.Copy copy) {
        Content value = parts.ownContainer().copyBlock(copy);
        return follow(CONTROLLER, parts.ownController().copyBlock(copy.segment(), copy.block(), value));
    }

    Happening checkBlock(int segment, int block) {
        Job job = Objects.requireNonNull(parts.controller().jobs().get(segment), "a job to look for");
        Content value = parts.container().read(job.from(), block);
        return follow(CONTROLLER, parts.ownController().checkBlock(segment, block, value));
    }

    Happening flush(ControllerCore.Flush flush) {
        ControllerCore controller = parts.ownController();
        Set<Long> locations = controller.locations(flush);
        Step step = controller.flushed(flush);
        parts.ownContainer().flush(locations);
        return follow(CONTROLLER, step);
    }

    Happening reconnect() {
        parts.ownContainer().reconnect();
        return follow(CONTROLLER, parts.ownController().reconnect());
    }

    Happening resend(Command command) {
        return follow(CONTROLLER, parts.ownController().resend(command));
    }

    Happening remind(String agent, String host) {
        return follow(agent, parts.ownAgent(agent).remind(host));
    }

    Happening remindOpening(String agent, String disk) {
        return follow(agent, parts.ownAgent(agent).remindOpening(disk));
    }

    // ---- What is done to it

    // Who asks for what cannot be is told so by an IllegalRequestException, or by the core that refuses it, and nothing
    // has
    // happened.

    /** A host that has no I/O under way hands over a read. */
    public Happening read(String host, String agent, String disk, int segment, int block) {
        expect(host, disk);
        Step step = parts.ownAgent(agent).read(host, disk, segment, block);
        parts.calls().put(host, new Call(agent, null));
        return follow(host, step);
    }

    /** A host that has no I/O under way hands over a write. */
    public Happening write(String host, String agent, String disk, int segment, int block, Content value) {
        expect(host, disk);
        Step step = parts.ownAgent(agent).write(host, disk, segment, block, value);
        parts.calls().put(host, new Call(agent, value));
        return follow(host, step);
    }

    /** A host that has no I/O under way hands over a flush. */
    public Happening flush(String host, String agent, String disk) {
        expect(host, disk);
        Step step = parts.ownAgent(agent).flush(host, disk);
        parts.calls().put(host, new Call(agent, null));
        return follow(host, step);
    }

    /** Storage loses power, and comes back; these blocks hold old contents again. */
    public Happening losePower(List<OldBlock> fallen) {
        parts.ownContainer().losePower(fallen, parts.known());
        return new Happening("storage", new Event.LosePower(fallen));
    }

    /** An agent is asked to open a disk. */
    public Happening open(String agent, String disk) {
        return follow(agent, parts.ownAgent(agent).open(disk));
    }

    /** An agent is asked to close a disk. */
    public Happening close(String agent, String disk) {
        return follow(agent, parts.ownAgent(agent).close(disk));
    }

    /** Somebody creates a disk. */
    public Happening create(String disk) {
        return follow(OPERATOR, parts.ownController().create(disk));
    }

    /** An agent offers to give a segment's storage back. */
    public Happening offer(String agent, String disk, int segment) {
        return follow(agent, parts.ownAgent(agent).offer(disk, segment));
    }

    /** Somebody asks for snapshots. */
    public Happening askSnapshot(Cut cut) {
        return follow(OPERATOR, parts.ownController().askSnapshot(cut));
    }

    /** Somebody asks for a disk to be deleted. */
    public Happening askDeletion(String disk) {
        return follow(OPERATOR, parts.ownController().askDeletion(disk));
    }

    /** Returns whether somebody can ask what an agent has of a disk: no question or answer like it is on its way. */
    public boolean canInspect(String agent, String disk) {
        AgentCore asked = parts.agents().get(agent);
        return parts.controller().canInspect(agent, disk)
                && messages().keySet().stream().noneMatch(message -> isInspection(message, agent, disk))
                && (asked == null
                        || asked.owed().keySet().stream().noneMatch(command -> isInspection(command, agent, disk)));
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
            throw new IllegalRequestException("agent " + agent + " cannot be asked for disk " + disk);
        }
        return follow(OPERATOR, parts.ownController().inspect(agent, disk));
    }

    /** An agent crashes. Its I/Os are done, not done, or on their way. */
    public Happening crashAgent(String name) {
        AgentCore crashed = parts.ownAgent(name);
        parts.orphans().putAll(crashed.ios());
        parts.end(name);
        return new Happening(name, new Event.CrashAgent(name));
    }

    /** An agent that never was there becomes a member. */
    public Happening join(String name) {
        if (parts.known().contains(name)) {
            throw new IllegalRequestException("there was an agent " + name + " before");
        }
        Step step = parts.ownController().join(name);
        begin(name);
        return follow(CONTROLLER, step);
    }

    /** The controller gives an agent up, which may be running or not. */
    public Happening fence(String name) {
        return follow(OPERATOR, parts.ownController().fence(name));
    }

    /** The controller crashes; what comes back has the durable tables and storage's list of members. */
    public Happening crashController() {
        if (!parts.controller().isUp()) {
            throw new IllegalRequestException("the controller is down already");
        }
        parts.replace(ControllerCore.afterCrash(
                members(), blocks, parts.tables(), rules.controller(), mapping, durability, ZERO));
        parts.ownContainer().stopCopying();
        return new Happening(CONTROLLER, new Event.CrashController());
    }

    /** A message is lost. */
    public Happening lose(Message message) {
        parts.ownNetwork().take(message);
        return new Happening("network", new Event.Lose(message));
    }

    /** A message that is on its way will arrive once more. */
    public Happening repeat(Message message) {
        parts.ownNetwork().add(message);
        return new Happening("network", new Event.Repeat(message));
    }

    // ---- What comes of a step

    private Happening follow(String place, Step step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send send) {
                parts.ownNetwork().add(send.message());
            } else if (effect instanceof Effect.Dispatch dispatch) {
                Call call = call(dispatch.host());
                parts.ownContainer()
                        .send(dispatch.host(), new Container.Sent(call.agent(), dispatch.io(), call.written()));
            } else if (effect instanceof Effect.Return back) {
                parts.calls().remove(back.host());
            } else if (effect instanceof Effect.Reject reject) {
                parts.calls().remove(reject.host());
            } else if (effect instanceof Effect.Fail fail) {
                parts.calls().remove(fail.host());
            } else if (effect instanceof Effect.Refuse refuse) {
                parts.calls().remove(refuse.host());
            } else if (effect instanceof Effect.TableChange change) {
                parts.ownTables().apply(change);
            } else if (effect instanceof Effect.Free free) {
                parts.ownContainer().free(free.locations());
            } else if (effect instanceof Effect.Retain retain) {
                // Of a recovery: the controller has a new way to storage.
                parts.ownContainer().retain(retain.locations());
                parts.ownContainer().reconnect();
            } else if (effect instanceof Effect.CopySegment copy) {
                parts.ownContainer().beginCopy(copy.segment(), copy.from(), copy.to());
            } else if (effect instanceof Effect.CopyAnew copy) {
                parts.ownContainer().copyAnew(copy.segment(), copy.from(), copy.to());
            } else if (effect instanceof Effect.Admit admit) {
                parts.ownContainer().admit(admit.agent());
            } else if (effect instanceof Effect.Fence fence) {
                parts.ownContainer().fence(fence.agent());
            }
        }
        return new Happening(place, step.event());
    }

    private void expect(String host, String disk) {
        if (parts.calls().containsKey(host)) {
            throw new IllegalRequestException(host + " has an I/O under way");
        }
        if (!parts.tables().has(disk)) {
            throw new IllegalRequestException("there is no disk " + disk);
        }
    }

    private Call call(String host) {
        Call call = parts.calls().get(host);
        if (call == null) {
            throw new IllegalRequestException("no I/O of " + host + " under way");
        }
        return call;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof World that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }
}
