package dev.faultline.runtime;

import dev.faultline.core.AgentRules;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Mapping;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * A cluster as Lincheck calls it: two disks that all threads use, and the snapshots that each thread has taken of them
 * last, which it alone uses, since a snapshot is a disk like any other only when it was answered. {@link Blocks} is what it
 * must look like.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "mine", gen = IntGen.class, conf = "0:1")
@Param(name = "disk", gen = IntGen.class, conf = "0:1")
@Param(name = "block", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class ClusterOfBlocks {
    static final int DISKS = 2;
    static final int BLOCKS = 2;

    /** A value that takes long to be written. */
    static final int SLOW = 9;

    private static final List<String> AGENTS = List.of("a1", "a2");
    private static final Geometry GEOMETRY = new Geometry(1, BLOCKS, 1);

    private final AtomicInteger names = new AtomicInteger();
    private final Map<String, String> snapshots = new ConcurrentHashMap<>();
    private final Cluster cluster;

    /** Starts a cluster whose second disk is a snapshot of the first, so that writes to both are preceded by copies. */
    public ClusterOfBlocks() {
        this(AgentRules.ALL, ControllerRules.ALL);
    }

    ClusterOfBlocks(AgentRules agentRules, ControllerRules controllerRules) {
        this(agentRules, controllerRules, Mapping.ALL);
    }

    ClusterOfBlocks(AgentRules agentRules, ControllerRules controllerRules, Mapping mapping) {
        cluster = Cluster.start(
                ClusterConfig.of(AGENTS, List.of("disk0"), GEOMETRY, new UnsteadyStorage(), new MemoryTableStore())
                        .withRules(agentRules, controllerRules)
                        .withMapping(mapping));
        cluster.snapshot("disk0", "disk1");
    }

    /** Reads a block; -1 if the thread has no such disk of its own. */
    @Operation
    public int read(
            @Param(name = "thread") int thread,
            @Param(name = "mine") int mine,
            @Param(name = "disk") int disk,
            @Param(name = "block") int block) {
        String name = name(thread, mine, disk);
        if (name == null) {
            return -1;
        }
        byte[] bytes = new byte[1];
        cluster.host("h" + thread).read(agent(thread + block), name, block, bytes);
        return bytes[0];
    }

    /** Writes a block, if the thread has such a disk. */
    @Operation
    public void write(
            @Param(name = "thread") int thread,
            @Param(name = "mine") int mine,
            @Param(name = "disk") int disk,
            @Param(name = "block") int block,
            @Param(name = "value") int value) {
        String name = name(thread, mine, disk);
        if (name != null) {
            cluster.host("h" + thread).write(agent(thread + disk), name, block, new byte[] {(byte) value});
        }
    }

    /** Takes a snapshot of a disk that all use. */
    @Operation
    public void snapshot(@Param(name = "thread") int thread, @Param(name = "disk") int disk) {
        String name = newName();
        cluster.snapshot("disk" + disk, name);
        snapshots.put(mine(thread, disk), name);
    }

    /** Takes snapshots of both disks that all use, at one instant. */
    @Operation
    public void snapshotBoth(@Param(name = "thread") int thread) {
        String first = newName();
        String second = newName();
        cluster.snapshot(Map.of(first, "disk0", second, "disk1"));
        snapshots.put(mine(thread, 0), first);
        snapshots.put(mine(thread, 1), second);
    }

    /** Called by Lincheck when all threads are done. */
    @Validate
    public void close() {
        cluster.close();
    }

    void closeDiskOfAll(int thread, int disk) {
        cluster.close(agent(thread), "disk" + disk);
    }

    private String name(int thread, int mine, int disk) {
        return mine == 1 ? snapshots.get(mine(thread, disk)) : "disk" + disk;
    }

    private String newName() {
        return "snapshot" + names.incrementAndGet();
    }

    private static String mine(int thread, int disk) {
        return thread + "." + disk;
    }

    private static String agent(int number) {
        return AGENTS.get(number % AGENTS.size());
    }

    /** Blocks in memory. Some I/Os take longer than others, as they do everywhere. */
    private static final class UnsteadyStorage implements StorageContainer {
        private static final int SLOW_NANOS = 100_000;
        private static final int VERY_SLOW_NANOS = 2_000_000;

        private final Map<Long, Byte> blocks = new ConcurrentHashMap<>();

        @Override
        public void read(long location, int block, byte[] destination) {
            dawdle();
            destination[0] = blocks.getOrDefault(location * BLOCKS + block, (byte) 0);
        }

        @Override
        public void write(long location, int block, byte[] source) {
            dawdle();
            if (source[0] == SLOW) {
                LockSupport.parkNanos(VERY_SLOW_NANOS);
            }
            blocks.put(location * BLOCKS + block, source[0]);
        }

        @Override
        public void flush() {
            dawdle();
        }

        private static void dawdle() {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(SLOW_NANOS));
            }
        }
    }
}
