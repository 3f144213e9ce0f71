package dev.faultline.runtime;

import static dev.faultline.runtime.ClusterFixture.DISK;
import static dev.faultline.runtime.ClusterFixture.DISK_BLOCKS;
import static dev.faultline.runtime.ClusterFixture.GEOMETRY;
import static dev.faultline.runtime.ClusterFixture.block;
import static dev.faultline.runtime.ClusterFixture.read;
import static dev.faultline.runtime.ClusterFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts may rely on: disks are arrays of blocks, whichever agent is used, and snapshots stay as they were. */
class ClusterTest {
    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private ClusterFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new ClusterFixture(folder);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void aNewDiskReadsAsZeros() {
        try (Cluster cluster = fixture.start()) {
            assertThat(readAll(cluster, "h", DISK)).containsOnly(0);
        }
    }

    @Test
    void whatOneAgentWritesTheOtherReads() {
        try (Cluster cluster = fixture.start()) {
            Host writer = cluster.host("h1");
            Host reader = cluster.host("h2");
            for (int diskBlock = 0; diskBlock < DISK_BLOCKS; diskBlock++) {
                writer.write("a1", DISK, diskBlock, block(diskBlock));
                assertThat(read(reader, "a2", DISK, diskBlock)).isEqualTo(block(diskBlock));
            }
            assertThat(cluster.counts().reads()).isEqualTo(DISK_BLOCKS);
            assertThat(cluster.counts().writes()).isEqualTo(DISK_BLOCKS);
        }
    }

    @Test
    void aWriteAfterASnapshotCarriesTheRestOfItsSegmentAlong() {
        try (Cluster cluster = fixture.start()) {
            Host host = cluster.host("h1");
            for (int diskBlock = 0; diskBlock < DISK_BLOCKS; diskBlock++) {
                host.write("a1", DISK, diskBlock, block(diskBlock + 1));
            }
            cluster.snapshot(DISK, "snap");
            host.write("a2", DISK, 5, block(77));

            for (int diskBlock = 0; diskBlock < DISK_BLOCKS; diskBlock++) {
                assertThat(read(host, "a1", "snap", diskBlock)).isEqualTo(block(diskBlock + 1));
                assertThat(read(host, "a1", DISK, diskBlock)).isEqualTo(block(diskBlock == 5 ? 77 : diskBlock + 1));
            }
            assertThat(cluster.counts().copies()).isEqualTo(1);
            assertThat(cluster.counts().snapshots()).isEqualTo(1);
        }
    }

    @Test
    void snapshotsOfSnapshotsAndTheirOriginalsGoTheirOwnWays() {
        try (Cluster cluster = fixture.start()) {
            Host host = cluster.host("h1");
            host.write("a1", DISK, 0, block(1));
            cluster.snapshot(DISK, "snap");
            cluster.snapshot("snap", "snap of snap");
            host.write("a2", "snap", 0, block(2));
            cluster.snapshot("snap", "later snap");
            host.write("a1", DISK, 0, block(3));
            host.write("a2", "snap", 1, block(4));

            assertThat(cluster.disks()).containsExactlyInAnyOrder(DISK, "snap", "snap of snap", "later snap");
            assertThat(read(host, "a2", DISK, 0)).isEqualTo(block(3));
            assertThat(read(host, "a1", "snap", 0)).isEqualTo(block(2));
            assertThat(read(host, "a1", "snap", 1)).isEqualTo(block(4));
            assertThat(read(host, "a1", "snap of snap", 0)).isEqualTo(block(1));
            assertThat(read(host, "a1", "snap of snap", 1)).isEqualTo(block(0));
            assertThat(read(host, "a1", "later snap", 0)).isEqualTo(block(2));
            assertThat(read(host, "a1", "later snap", 1)).isEqualTo(block(0));
        }
    }

    @Test
    void aSnapshotWaitsForAWriteThatIsAtStorage() throws Exception {
        CountDownLatch release = holdAtStorage(true);
        try (Cluster cluster = fixture.start()) {
            CompletableFuture<Void> write =
                    CompletableFuture.runAsync(() -> cluster.host("h1").write("a1", DISK, 0, block(1)));
            held.await();
            CompletableFuture<Void> snapshot = CompletableFuture.runAsync(() -> cluster.snapshot(DISK, "snap"));

            Thread.sleep(50);
            assertThat(snapshot).as("while the write is in flight").isNotDone();
            release.countDown();
            write.join();
            snapshot.join();
            assertThat(read(cluster.host("h1"), "a2", "snap", 0)).isEqualTo(block(1));
        }
    }

    @Test
    void aWriteAfterASnapshotWaitsForAReadOfTheOldLocation() throws Exception {
        try (Cluster cluster = fixture.start()) {
            cluster.snapshot(DISK, "snap");
            CountDownLatch release = holdAtStorage(false);
            CompletableFuture<Void> read =
                    CompletableFuture.runAsync(() -> cluster.host("h1").read("a1", DISK, 1, block(99)));
            held.await();
            // To a block that is another I/O thread's, so that it is not that thread which it waits for.
            CompletableFuture<Void> write =
                    CompletableFuture.runAsync(() -> cluster.host("h2").write("a2", DISK, 0, block(1)));

            Thread.sleep(50);
            assertThat(write).as("while the read is in flight").isNotDone();
            release.countDown();
            read.join();
            write.join();
        }
    }

    @Test
    void snapshotsOfSeveralDisksAreTakenTogether() {
        try (Cluster cluster = fixture.start()) {
            Host host = cluster.host("h1");
            cluster.snapshot(DISK, "twin");
            host.write("a1", DISK, 0, block(1));
            host.write("a2", "twin", 0, block(2));
            cluster.snapshot(Map.of("snap", DISK, "snap of twin", "twin", "again", DISK));
            host.write("a1", DISK, 0, block(3));

            assertThat(cluster.disks()).containsExactlyInAnyOrder(DISK, "twin", "snap", "snap of twin", "again");
            assertThat(read(host, "a1", "snap", 0)).isEqualTo(block(1));
            assertThat(read(host, "a2", "again", 0)).isEqualTo(block(1));
            assertThat(read(host, "a2", "snap of twin", 0)).isEqualTo(block(2));
            assertThat(read(host, "a2", DISK, 0)).isEqualTo(block(3));
            assertThatThrownBy(() -> cluster.snapshot(Map.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aDeletedDiskIsGoneAndWhatSharedWithItStays() {
        try (Cluster cluster = fixture.start()) {
            Host host = cluster.host("h1");
            host.write("a1", DISK, 0, block(1));
            cluster.snapshot(DISK, "snap");
            cluster.delete(DISK);

            assertThat(cluster.disks()).containsExactly("snap");
            assertThatThrownBy(() -> host.read("a1", DISK, 0, block(0)))
                    .isInstanceOf(DiskDeletedException.class)
                    .hasMessage("disk disk is deleted");
            assertThatThrownBy(() -> cluster.delete(DISK)).isInstanceOf(DiskDeletedException.class);
            assertThatThrownBy(() -> cluster.snapshot(DISK, "snap 2")).isInstanceOf(DiskDeletedException.class);
            assertThatThrownBy(() -> cluster.snapshot("snap", DISK)).isInstanceOf(IllegalArgumentException.class);
            assertThat(read(host, "a1", "snap", 0)).isEqualTo(block(1));
            host.write("a2", "snap", 0, block(2));
            assertThat(read(host, "a1", "snap", 0)).isEqualTo(block(2));
            assertThat(cluster.counts().copies()).as("the snapshot is alone").isZero();
        }
    }

    @Test
    void aDeletionWaitsForAnIoThatIsAtStorage() throws Exception {
        CountDownLatch release = holdAtStorage(true);
        try (Cluster cluster = fixture.start()) {
            CompletableFuture<Void> write =
                    CompletableFuture.runAsync(() -> cluster.host("h1").write("a1", DISK, 1, block(1)));
            held.await();
            CompletableFuture<Void> deletion = CompletableFuture.runAsync(() -> cluster.delete(DISK));

            Thread.sleep(50);
            assertThat(deletion).as("while the write is in flight").isNotDone();
            assertThatThrownBy(() -> cluster.host("h2").read("a2", DISK, 0, block(0)))
                    .isInstanceOf(DiskDeletedException.class);
            release.countDown();
            write.join();
            deletion.join();
        }
        assertThat(fixture.trace)
                .extracting(traced -> traced.event().action())
                .containsSubsequence("Delete", "Complete", "Remove");
    }

    @Test
    void anIoThatWaitsForItsEntryIsToldThatItsDiskIsDeleted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Cluster cluster = fixture.start()) {
            cluster.snapshot(DISK, "snap");
            // While the controller persists something else, it serves no fault.
            fixture.tablesProbe = changes -> {
                held.countDown();
                awaitUnchecked(release);
            };
            CompletableFuture<Void> snapshot = CompletableFuture.runAsync(() -> cluster.snapshot("snap", "late"));
            held.await();
            Host host = cluster.host("h1");
            host.startRead("a2", DISK, 0, block(0));
            BulkIo io = cluster.bulk("b", 2);
            ByteBuffer twoBlocks = ByteBuffer.allocate(2 * GEOMETRY.blockBytes());
            CompletableFuture<Void> bulk = CompletableFuture.runAsync(() -> io.read(DISK, 0, twoBlocks));
            for (String name : List.of("h1", "b.1", "b.2")) {
                while (fixture.trace.stream().noneMatch(traced -> traced.event().equals(new Event.Fault(name)))) {
                    Thread.sleep(1);
                }
            }
            Thread deletion = new Thread(() -> cluster.delete(DISK));
            deletion.start();
            while (deletion.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
            release.countDown();

            assertThatThrownBy(host::awaitLast)
                    .isInstanceOf(DiskDeletedException.class)
                    .hasMessageContaining("read by host h1 through agent a2 of disk disk")
                    .hasMessageContaining("deleted");
            deletion.join();
            snapshot.join();
            assertThat(read(host, "a2", "late", 0)).as("the host can go on").isEqualTo(block(0));
            assertThatThrownBy(bulk::join).hasRootCauseInstanceOf(DiskDeletedException.class);
            io.read("late", 0, twoBlocks.clear());
        }
        assertThat(fixture.trace)
                .extracting(traced -> traced.event().action())
                .containsSubsequence("Fault", "Delete", "Reject", "Remove");
    }

    @Test
    void anAgentTellsWhatItHas() {
        try (Cluster cluster = fixture.start()) {
            assertThat(cluster.inspect("a1", DISK)).hasSize(8).containsOnly(Entry.NONE);
            cluster.host("h1").write("a1", DISK, 4, block(1));
            assertThat(cluster.inspect("a1", DISK).get(1)).isEqualTo(Entry.at(1));
            assertThat(cluster.inspect("a2", DISK)).containsOnly(Entry.NONE);
            cluster.snapshot(DISK, "snap");
            assertThat(cluster.inspect("a1", DISK).get(1).states()).containsExactly(EntryState.NO_WRITE);
            assertThatThrownBy(() -> cluster.inspect("a3", DISK)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cluster.inspect("a1", "none")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the first read or write, but no other, wait at storage until it is released. */
    private CountDownLatch holdAtStorage(boolean write) {
        CountDownLatch release = new CountDownLatch(1);
        fixture.storageProbe = (isWrite, location, block) -> {
            if (isWrite == write && held.getCount() > 0) {
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        return release;
    }

    @Test
    void aRangeOfBytesNeedNotBeginOrEndWithABlock() {
        Random random = new Random(42);
        byte[] expected = new byte[(int) GEOMETRY.diskBytes()];
        try (Cluster cluster = fixture.start()) {
            BulkIo io = cluster.bulk("h", 3);
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(expected.length);
                byte[] bytes = new byte[random.nextInt(Math.min(5000, expected.length - from + 1))];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, expected, from, bytes.length);
                io.write(DISK, from, ByteBuffer.wrap(bytes));

                int begin = random.nextInt(expected.length);
                byte[] found = new byte[random.nextInt(Math.min(5000, expected.length - begin + 1))];
                io.read(DISK, begin, ByteBuffer.wrap(found));
                assertThat(found).isEqualTo(Arrays.copyOfRange(expected, begin, begin + found.length));
            }
            assertThat(readAll(cluster, "h", DISK)).isEqualTo(expected);
        }
    }

    @Test
    void aClusterComesBackWithItsTables() throws IOException {
        Path tablesFile = folder.resolve("tables.db");
        try (TableStore tables = SqliteTableStore.open(tablesFile);
                Cluster cluster = Cluster.start(fixture.config(tables))) {
            Host host = cluster.host("h1");
            host.write("a1", DISK, 0, block(1));
            cluster.snapshot(DISK, "snap");
            host.write("a1", DISK, 0, block(2));
        }
        try (TableStore tables = SqliteTableStore.open(tablesFile);
                Cluster cluster = Cluster.start(fixture.config(tables))) {
            Host host = cluster.host("h1");
            assertThat(read(host, "a1", "snap", 0)).isEqualTo(block(1));
            assertThat(read(host, "a2", DISK, 0)).isEqualTo(block(2));
            host.write("a2", DISK, 4, block(3));
            assertThat(read(host, "a1", "snap", 4)).isEqualTo(block(0));
        }
        try (TableStore tables = SqliteTableStore.open(tablesFile)) {
            ClusterConfig traced = fixture.config(tables).withTrace(fixture.trace::add);
            assertThatThrownBy(() -> Cluster.start(traced))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("new cluster");
        }
    }

    @Test
    void whatThereIsNotIsRefusedAtOnce() {
        try (Cluster cluster = fixture.start()) {
            Host host = cluster.host("h1");
            assertThatThrownBy(() -> host.read("a3", DISK, 0, block(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no agent a3");
            assertThatThrownBy(() -> host.read("a1", "snap", 0, block(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no disk snap");
            assertThatThrownBy(() -> host.write("a1", DISK, DISK_BLOCKS, block(0)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> host.write("a1", DISK, 0, new byte[511]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cluster.snapshot("snap", "snap 2")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cluster.snapshot(DISK, DISK)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cluster.host("a1")).isInstanceOf(IllegalArgumentException.class);
            BulkIo io = cluster.bulk("h", 2);
            ByteBuffer two = ByteBuffer.allocate(2);
            assertThatThrownBy(() -> io.read(DISK, GEOMETRY.diskBytes() - 1, two))
                    .isInstanceOf(IndexOutOfBoundsException.class);

            host.write("a1", DISK, 0, block(1));
            assertThat(read(host, "a2", DISK, 0)).as("the cluster is well").isEqualTo(block(1));
        }
    }
}
