package dev.faultline.runtime;

import dev.faultline.core.AgentRules;
import dev.faultline.core.Content;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Durability;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.trace.Emitter;
import dev.faultline.trace.TraceHeader;
import dev.faultline.trace.TraceSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What a cluster is made of. Storage, table store and trace belong to whoever opened them, who closes them after the
 * cluster.
 *
 * @param agents the names of the agents
 * @param disks the disks of a new cluster; one that has tables already must have them all
 * @param geometry the measures of every disk
 * @param storage the container; all zeros for a new cluster
 * @param tables where the mapping tables are kept; without a disk for a new cluster
 * @param ioThreads how many threads wait for storage
 * @param agentRules the agents' rules; others than {@link AgentRules#ALL} are for mutants
 * @param controllerRules the controller's rules; others than {@link ControllerRules#ALL} are for mutants
 * @param trace where events go; a new cluster alone can be traced
 * @param timeout how long a host waits for an I/O or a snapshot, and how long closing may take
 * @param mapping whether all agents map all disks, or an agent opens a disk when a host first uses it there; see
 *     {@link Cluster#close(String, String)}
 * @param capacity for how many segments the container has space, at least those of the disks; {@link
 *     MappingTables#UNBOUNDED} if there is no bound
 * @param durability whether the container has to be flushed; where it loses nothing, or nobody minds, the controller need not
 */
public record ClusterConfig(
        List<String> agents,
        List<String> disks,
        Geometry geometry,
        StorageContainer storage,
        TableStore tables,
        int ioThreads,
        AgentRules agentRules,
        ControllerRules controllerRules,
        TraceSink trace,
        Duration timeout,
        Mapping mapping,
        int capacity,
        Durability durability) {
    private static final int IO_THREADS = 2;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Copies the lists; {@link IllegalArgumentException} for what cannot be. */
    public ClusterConfig {
        agents = List.copyOf(agents);
        disks = List.copyOf(disks);
        if (agents.isEmpty() || disks.isEmpty() || ioThreads < 1) {
            throw new IllegalArgumentException("a cluster needs an agent, a disk and an I/O thread");
        }
        if (new HashSet<>(agents).size() < agents.size() || new HashSet<>(disks).size() < disks.size()) {
            throw new IllegalArgumentException("a name is twice among the agents " + agents + " or the disks " + disks);
        }
        long needed = (long) disks.size() * geometry.segmentsPerDisk();
        if (capacity != MappingTables.UNBOUNDED && capacity < needed) {
            throw new IllegalArgumentException(
                    "the disks have " + needed + " segments, but the container has space for " + capacity);
        }
    }

    /**
     * Returns a config with two I/O threads, all rules, no trace, a timeout of a minute, disks that all agents map, and a
     * container without bound that is to be flushed.
     */
    public static ClusterConfig of(
            List<String> agents, List<String> disks, Geometry geometry, StorageContainer storage, TableStore tables) {
        return new ClusterConfig(
                agents,
                disks,
                geometry,
                storage,
                tables,
                IO_THREADS,
                AgentRules.ALL,
                ControllerRules.ALL,
                TraceSink.NONE,
                TIMEOUT,
                Mapping.ALL,
                MappingTables.UNBOUNDED,
                Durability.WHEN_FLUSHED);
    }

    /** Returns the header of a trace of a new cluster whose storage is to be flushed: hosts are not known in the beginning. */
    public static TraceHeader header(List<String> agents, List<String> disks, Geometry geometry) {
        List<String> places = new ArrayList<>(agents);
        places.add(Emitter.CONTROLLER_PLACE);
        places.add(Emitter.OPERATOR_PLACE);
        return new TraceHeader(
                        TraceHeader.VERSION,
                        agents,
                        disks,
                        geometry.segmentsPerDisk(),
                        geometry.blocksPerSegment(),
                        BlockHash.ofZeros(geometry.blockBytes()))
                .withPlaces(places)
                .withDurability(Durability.WHEN_FLUSHED);
    }

    /** Returns what a block of zeros holds. */
    Content zero() {
        return BlockHash.ofZeros(geometry.blockBytes());
    }

    /** Returns the header of this cluster's trace, if it is new. */
    public TraceHeader header() {
        return header(agents, disks, geometry)
                .withMapping(mapping)
                .withCapacity(capacity)
                .withDurability(durability);
    }

    /** Returns the same config with another trace. */
    public ClusterConfig withTrace(TraceSink newTrace) {
        return with(ioThreads, agentRules, controllerRules, newTrace, timeout, mapping, capacity, durability);
    }

    /** Returns the same config with other rules. */
    public ClusterConfig withRules(AgentRules newAgentRules, ControllerRules newControllerRules) {
        return with(ioThreads, newAgentRules, newControllerRules, trace, timeout, mapping, capacity, durability);
    }

    /** Returns the same config with another number of I/O threads. */
    public ClusterConfig withIoThreads(int newIoThreads) {
        return with(newIoThreads, agentRules, controllerRules, trace, timeout, mapping, capacity, durability);
    }

    /** Returns the same config with another timeout. */
    public ClusterConfig withTimeout(Duration newTimeout) {
        return with(ioThreads, agentRules, controllerRules, trace, newTimeout, mapping, capacity, durability);
    }

    /** Returns the same config with another mapping. */
    public ClusterConfig withMapping(Mapping newMapping) {
        return with(ioThreads, agentRules, controllerRules, trace, timeout, newMapping, capacity, durability);
    }

    /** Returns the same config with another capacity. */
    public ClusterConfig withCapacity(int newCapacity) {
        return with(ioThreads, agentRules, controllerRules, trace, timeout, mapping, newCapacity, durability);
    }

    /** Returns the same config of a storage that is, or is not, to be flushed. */
    public ClusterConfig withDurability(Durability newDurability) {
        return with(ioThreads, agentRules, controllerRules, trace, timeout, mapping, capacity, newDurability);
    }

    private ClusterConfig with(
            int newIoThreads,
            AgentRules newAgentRules,
            ControllerRules newControllerRules,
            TraceSink newTrace,
            Duration newTimeout,
            Mapping newMapping,
            int newCapacity,
            Durability newDurability) {
        return new ClusterConfig(
                agents,
                disks,
                geometry,
                storage,
                tables,
                newIoThreads,
                newAgentRules,
                newControllerRules,
                newTrace,
                newTimeout,
                newMapping,
                newCapacity,
                newDurability);
    }
}
