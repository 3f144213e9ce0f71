package dev.faultline.sim;

import dev.faultline.core.AgentCore;
import dev.faultline.core.ControllerCore;
import dev.faultline.core.Io;
import dev.faultline.core.MappingTables;
import dev.faultline.sim.World.Call;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a world is made of, compared by value. Worlds that are copies of each other look at the same parts; one that wants
 * to change a part asks for its own, and gets a copy if others look at it too. For one thread at a time.
 */
final class Parts {
    private final Map<String, AgentCore> agents = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private ControllerCore controller;
    private MappingTables tables;
    private Network network;
    private Container container;
    private final Map<String, Call> calls = new TreeMap<>();
    private final Map<String, Io> orphans = new TreeMap<>();

    // What other worlds look at too.
    private final Set<String> sharedAgents = new TreeSet<>();
    private boolean sharedController;
    private boolean sharedTables;
    private boolean sharedNetwork;
    private boolean sharedContainer;

    Parts(ControllerCore controller, MappingTables tables, Container container) {
        this.controller = controller;
        this.tables = tables;
        this.network = new Network();
        this.container = container;
    }

    private Parts(Parts other) {
        agents.putAll(other.agents);
        known.addAll(other.known);
        controller = other.controller;
        tables = other.tables;
        network = other.network;
        container = other.container;
        calls.putAll(other.calls);
        orphans.putAll(other.orphans);
    }

    Parts copy() {
        Parts copy = new Parts(this);
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

    // ---- To look at

    Map<String, AgentCore> agents() {
        return agents;
    }

    /** The names of all agents that ever ran. */
    Set<String> known() {
        return known;
    }

    ControllerCore controller() {
        return controller;
    }

    MappingTables tables() {
        return tables;
    }

    Network network() {
        return network;
    }

    Container container() {
        return container;
    }

    // ---- To change

    /** The I/Os of hosts, by host; to be changed by who asks. */
    Map<String, Call> calls() {
        return calls;
    }

    /** The I/Os of agents that are gone, by host; to be changed by who asks. */
    Map<String, Io> orphans() {
        return orphans;
    }

    void begin(String name, AgentCore agent) {
        agents.put(name, agent);
        known.add(name);
    }

    void end(String agent) {
        agents.remove(agent);
        sharedAgents.remove(agent);
    }

    void replace(ControllerCore other) {
        controller = other;
        sharedController = false;
    }

    AgentCore ownAgent(String name) {
        AgentCore agent = agents.get(name);
        if (agent == null) {
            throw new IllegalRequestException("no agent " + name + " runs");
        }
        if (sharedAgents.remove(name)) {
            agent = agent.copy();
            agents.put(name, agent);
        }
        return agent;
    }

    ControllerCore ownController() {
        if (sharedController) {
            controller = controller.copy();
            sharedController = false;
        }
        return controller;
    }

    Network ownNetwork() {
        if (sharedNetwork) {
            network = network.copy();
            sharedNetwork = false;
        }
        return network;
    }

    Container ownContainer() {
        if (sharedContainer) {
            container = container.copy();
            sharedContainer = false;
        }
        return container;
    }

    MappingTables ownTables() {
        if (sharedTables) {
            tables = tables.copy();
            sharedTables = false;
        }
        return tables;
    }

    // ---- To compare

    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    boolean sharesNetwork(Parts other) {
        return network == other.network;
    }

    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    boolean sharesContainer(Parts other) {
        return container == other.container;
    }

    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    boolean sharesController(Parts other) {
        return controller == other.controller;
    }

    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    boolean sharesTables(Parts other) {
        return tables == other.tables;
    }

    @SuppressWarnings("ReferenceEquality") // the very same, not another like it
    boolean sharesAgents(Parts other) {
        return known.equals(other.known)
                && agents.keySet().equals(other.agents.keySet())
                && agents.entrySet().stream().allMatch(agent -> agent.getValue() == other.agents.get(agent.getKey()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parts that
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
