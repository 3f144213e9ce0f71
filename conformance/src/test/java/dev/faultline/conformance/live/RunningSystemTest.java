package dev.faultline.conformance.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.runtime.BulkIo;
import dev.faultline.runtime.Cluster;
import dev.faultline.runtime.ClusterConfig;
import dev.faultline.runtime.DiskDeletedException;
import dev.faultline.runtime.FileStorage;
import dev.faultline.runtime.Geometry;
import dev.faultline.runtime.MemoryTableStore;
import dev.faultline.trace.TraceEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of several disks, deletions and inspections in the running system, while threads read and write. */
class RunningSystemTest {
    private static final Geometry GEOMETRY = new Geometry(6, 2, 512);
    private static final List<String> DISKS = List.of("left", "right", "gone");
    private static final int THREADS = 3;
    private static final int ROUNDS = 4;

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<TraceEvent> trace = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void theWholeTraceIsABehaviourOfTheSpec() throws IOException {
        ClusterConfig config;
        try (FileStorage storage = FileStorage.open(folder.resolve("container"), GEOMETRY)) {
            config = ClusterConfig.of(List.of("a1", "a2"), DISKS, GEOMETRY, storage, new MemoryTableStore())
                    .withTrace(trace::add);
            try (Cluster cluster = Cluster.start(config)) {
                List<CompletableFuture<Void>> threads = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    BulkIo io = cluster.bulk("h" + thread, 2);
                    threads.add(CompletableFuture.runAsync(() -> load(io), task -> new Thread(task).start()));
                }
                for (int round = 0; round < ROUNDS; round++) {
                    cluster.snapshot(Map.of("left" + round, "left", "right" + round, "right"));
                    cluster.inspect("a1", "left");
                    cluster.snapshot("left" + round, "clone" + round);
                    cluster.delete("left" + round);
                    if (round == 0) {
                        cluster.delete("gone");
                    }
                }
                stop.set(true);
                threads.forEach(CompletableFuture::join);
            }
        }
        Set<String> actions = new TreeSet<>();
        try (Conformance conformance = new Conformance()) {
            TraceChecker checker = conformance.checker(config.header());
            List<TraceEvent> inOrder = trace.stream()
                    .sorted(Comparator.comparingLong(TraceEvent::time))
                    .toList();
            for (TraceEvent event : inOrder) {
                assertThat(checker.accept(event).map(Rejection::text)).isEqualTo(Optional.empty());
                actions.add(event.event().action());
            }
        }
        assertThat(actions)
                .contains("Quiesce", "Activate", "CopyTable", "Switch", "Inspect", "Delete", "Remove", "ReceiveAnswer");
    }

    /**
     * Writes and reads all disks until the end; the one that is deleted, as long as it is there. The last pass begins
     * after the deletion, however late this thread was started.
     */
    private void load(BulkIo io) {
        Set<String> disks = new TreeSet<>(DISKS);
        boolean last = false;
        for (int round = 0; !last; round++) {
            last = stop.get();
            for (String disk : List.copyOf(disks)) {
                try {
                    long block = round % GEOMETRY.blocksPerDisk();
                    io.write(
                            disk,
                            block * GEOMETRY.blockBytes(),
                            ByteBuffer.allocate(512).putInt(0, round));
                    io.read(disk, 0, ByteBuffer.allocate(3 * 512));
                } catch (DiskDeletedException e) {
                    disks.remove(disk);
                }
            }
        }
        assertThat(disks).containsExactly("left", "right");
    }
}
