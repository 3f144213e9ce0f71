package dev.faultline.sim;

import dev.faultline.core.Durability;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The shape of a simulated system and what is done with it.
 *
 * @param agents how many agents, 1 to 1,000
 * @param hosts how many hosts, 1 to 1,000; each has one I/O under way at most
 * @param segments how many segments a disk has, 1 to 1,000
 * @param blocks how many blocks a segment has, 1 to 1,000
 * @param operationsPerHost how many I/Os each host does, 0 to 1,000,000
 * @param snapshots how often snapshots are asked for, of one to three disks that exist by then, 0 to 1,000
 * @param deletions how many disks are deleted, each after its share of the I/Os has begun; one is always left, 0 to 1,000
 * @param inspections how often an agent is asked for its entries of a disk, 0 to 1,000
 * @param faults what goes wrong
 * @param mapping which agents map a disk; where they have to open it, they do when a host wants to use it
 * @param closings how often an agent closes a disk that it has open, 0 to 1,000; 0 if there is nothing to open
 * @param creations how many disks are created, which are empty, 0 to 1,000
 * @param offers how often an agent offers storage back, 0 to 1,000; if it does, every second write is one of zeros
 * @param capacity how many segments storage has space for, at least those of the first disks; 0 if there is no bound
 * @param flushes how many times a host flushes a disk, 0 to 1,000
 * @param powerLosses how many times storage loses power, 0 to 1,000
 */
public record Workload(
        int agents,
        int hosts,
        int segments,
        int blocks,
        int operationsPerHost,
        int snapshots,
        int deletions,
        int inspections,
        Faults faults,
        Mapping mapping,
        int closings,
        int creations,
        int offers,
        int capacity,
        int flushes,
        int powerLosses) {
    /** The disks that exist in the beginning. */
    public static final List<String> FIRST_DISKS = List.of("disk", "twin");

    private static final int LARGEST_CUT = 3;
    private static final int MOST = 1000;
    private static final int MOST_OPERATIONS = 1_000_000;

    /** {@link IllegalArgumentException} for a number that is out of its range. */
    public Workload {
        Faults.check("agents", agents, 1, MOST);
        Faults.check("hosts", hosts, 1, MOST);
        Faults.check("segments", segments, 1, MOST);
        Faults.check("blocks of a segment", blocks, 1, MOST);
        Faults.check("I/Os of each host", operationsPerHost, 0, MOST_OPERATIONS);
        Faults.check("snapshots", snapshots, 0, MOST);
        Faults.check("deletions", deletions, 0, MOST);
        Faults.check("inspections", inspections, 0, MOST);
        Faults.check("closings", closings, 0, mapping == Mapping.ALL ? 0 : MOST);
        Faults.check("creations", creations, 0, MOST);
        Faults.check("offers", offers, 0, MOST);
        Faults.check("flushes", flushes, 0, MOST);
        Faults.check("losses of power", powerLosses, 0, MOST);
        if (capacity != MappingTables.UNBOUNDED) {
            Faults.check(
                    "segments that storage has space for", capacity, FIRST_DISKS.size() * segments, MOST_OPERATIONS);
        }
    }

    /** A workload in which all agents map all disks. */
    public Workload(
            int agents,
            int hosts,
            int segments,
            int blocks,
            int operationsPerHost,
            int snapshots,
            int deletions,
            int inspections,
            Faults faults) {
        this(
                agents,
                hosts,
                segments,
                blocks,
                operationsPerHost,
                snapshots,
                deletions,
                inspections,
                faults,
                Mapping.ALL,
                0,
                0,
                0,
                MappingTables.UNBOUNDED,
                0,
                0);
    }

    /** Returns the names of the agents. */
    public List<String> agentNames() {
        return names("a", agents);
    }

    /** Returns the names of the hosts. */
    public List<String> hostNames() {
        return names("h", hosts);
    }

    /** A workload in which nothing goes wrong. */
    public Workload(
            int agents,
            int hosts,
            int segments,
            int blocks,
            int operationsPerHost,
            int snapshots,
            int deletions,
            int inspections) {
        this(agents, hosts, segments, blocks, operationsPerHost, snapshots, deletions, inspections, Faults.NONE);
    }

    /** Returns a workload that differs in what goes wrong. */
    public Workload with(Faults newFaults) {
        return with(newFaults, mapping, closings, creations, offers, capacity, flushes, powerLosses);
    }

    /** Returns the same workload of a system whose agents open disks, and close them so often. */
    public Workload withOpening(int newClosings) {
        return with(faults, Mapping.OPENED, newClosings, creations, offers, capacity, flushes, powerLosses);
    }

    /** Returns the same workload with so many new disks, which are empty, and so many offers of storage. */
    public Workload withSpace(int newCreations, int newOffers) {
        return with(faults, mapping, closings, newCreations, newOffers, capacity, flushes, powerLosses);
    }

    /** Returns the same workload with a storage that has space for so many segments; 0 if there is no bound. */
    public Workload withCapacity(int newCapacity) {
        return with(faults, mapping, closings, creations, offers, newCapacity, flushes, powerLosses);
    }

    /** Returns the same workload with so many flushes of hosts, and a storage that loses power so often. */
    public Workload withPower(int newFlushes, int newPowerLosses) {
        return with(faults, mapping, closings, creations, offers, capacity, newFlushes, newPowerLosses);
    }

    /** Returns whether storage may lose power: it does, or somebody flushes. */
    public Durability durability() {
        return flushes + powerLosses > 0 ? Durability.WHEN_FLUSHED : Durability.AT_ONCE;
    }

    private Workload with(
            Faults newFaults,
            Mapping newMapping,
            int newClosings,
            int newCreations,
            int newOffers,
            int newCapacity,
            int newFlushes,
            int newPowerLosses) {
        return new Workload(
                agents,
                hosts,
                segments,
                blocks,
                operationsPerHost,
                snapshots,
                deletions,
                inspections,
                newFaults,
                newMapping,
                newClosings,
                newCreations,
                newOffers,
                newCapacity,
                newFlushes,
                newPowerLosses);
    }

    private static List<String> names(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(prefix + i);
        }
        return names;
    }

    /**
     * One I/O that a host is to do.
     *
     * @param disk which of the disks that exist when it begins, modulo their number
     */
    record Operation(boolean write, int agent, int disk, int segment, int block) {}

    /** Returns how many I/Os there are in all. */
    int operations() {
        return hosts * operationsPerHost;
    }

    /**
     * Returns which disks each snapshot, deletion and inspection is of, drawn from the source of randomness: for each
     * request, one number for each disk, modulo the number of disks that there are by then. A snapshot has one to three,
     * an inspection has one for the disk and one for the agent.
     */
    Requests requests(SplittableRandom random) {
        List<List<Integer>> cuts = new ArrayList<>();
        for (int i = 0; i < snapshots; i++) {
            cuts.add(picks(random, 1 + random.nextInt(LARGEST_CUT)));
        }
        List<List<Integer>> questions = new ArrayList<>();
        for (int i = 0; i < inspections; i++) {
            questions.add(picks(random, 2));
        }
        return new Requests(cuts, picks(random, deletions), questions);
    }

    /** What is asked of the controller, see {@link #requests}. */
    record Requests(List<List<Integer>> snapshots, List<Integer> deletions, List<List<Integer>> inspections) {}

    private static List<Integer> picks(SplittableRandom random, int count) {
        List<Integer> picks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picks.add(random.nextInt(1 << 16));
        }
        return picks;
    }

    /** Returns what each host does, drawn from the source of randomness. */
    List<List<Operation>> script(SplittableRandom random) {
        List<List<Operation>> script = new ArrayList<>();
        for (int host = 0; host < hosts; host++) {
            List<Operation> operations = new ArrayList<>();
            for (int i = 0; i < operationsPerHost; i++) {
                operations.add(new Operation(
                        random.nextInt(5) < 3,
                        random.nextInt(agents),
                        random.nextInt(1 << 16),
                        random.nextInt(segments),
                        random.nextInt(blocks)));
            }
            script.add(operations);
        }
        return script;
    }
}
