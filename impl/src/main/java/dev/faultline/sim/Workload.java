package dev.faultline.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The shape of a simulated system and what is done with it.
 *
 * @param agents how many agents, at least 1
 * @param hosts how many hosts, at least 1; each has one I/O under way at most
 * @param segments how many segments a disk has, at least 1
 * @param blocks how many blocks a segment has, at least 1
 * @param operationsPerHost how many I/Os each host does
 * @param snapshots how many snapshots are taken, of disks that exist by then
 */
public record Workload(int agents, int hosts, int segments, int blocks, int operationsPerHost, int snapshots) {
    /** The disk that exists in the beginning. */
    public static final String FIRST_DISK = "disk";

    /** {@link IllegalArgumentException} for a system without an agent, a host, a segment or a block. */
    public Workload {
        if (agents < 1 || hosts < 1 || segments < 1 || blocks < 1 || operationsPerHost < 0 || snapshots < 0) {
            throw new IllegalArgumentException("a system needs an agent, a host, a segment and a block, not " + agents
                    + ", " + hosts + ", " + segments + " and " + blocks);
        }
    }

    /** Returns the names of the agents. */
    public List<String> agentNames() {
        return names("a", agents);
    }

    /** Returns the names of the hosts. */
    public List<String> hostNames() {
        return names("h", hosts);
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
