package dev.faultline.runtime;

import static dev.faultline.runtime.ClusterFixture.DISK;
import static dev.faultline.runtime.ClusterFixture.DISK_BLOCKS;
import static dev.faultline.runtime.ClusterFixture.GEOMETRY;
import static dev.faultline.runtime.ClusterFixture.block;
import static dev.faultline.runtime.ClusterFixture.read;
import static dev.faultline.runtime.ClusterFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Event;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Space;
import dev.faultline.trace.TraceEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are empty, storage that is given back, and a container that is full. */
class ClusterSpaceTest {
    private static final int SEGMENTS = GEOMETRY.segmentsPerDisk();
    private static final int BLOCKS = GEOMETRY.blocksPerSegment();

    @TempDir
    Path folder;

    private ClusterFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new ClusterFixture(folder);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private Cluster startWithSpaceFor(int segments) {
        return Cluster.start(fixture.tracedConfig().withCapacity(segments));
    }

    private static void awaitSpace(Cluster cluster, Predicate<Space> expected) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!expected.test(cluster.space()) && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(cluster.space()).matches(expected);
    }

    @Test
    void aNewDiskIsReadWithoutStorageAndGetsItSegmentBySegment() {
        try (Cluster cluster = startWithSpaceFor(SEGMENTS + 1)) {
            cluster.create("new");
            assertThat(cluster.disks()).contains("new");
            fixture.storageProbe = (write, location, block) -> {
                throw new IOException("nobody needs storage for this");
            };
            assertThat(readAll(cluster, "reader", "new")).containsOnly(0);
            fixture.storageProbe = (write, location, block) -> {};
            assertThat(cluster.space()).isEqualTo(new Space(SEGMENTS, 0, 0, SEGMENTS + 1));
            cluster.host("h").write("a1", "new", 1, block(7));
            assertThat(read(cluster.host("h"), "a2", "new", 1)).isEqualTo(block(7));
            assertThat(read(cluster.host("h"), "a2", "new", 0)).isEqualTo(block(0));
            assertThat(cluster.space().free()).isZero();
        }
    }

    @Test
    void aFullContainerFailsTheWriteAndNobodyElse() {
        try (Cluster cluster = startWithSpaceFor(SEGMENTS)) {
            cluster.create("new");
            Host host = cluster.host("h");
            assertThatThrownBy(() -> host.write("a1", "new", 0, block(7)))
                    .isInstanceOf(OutOfSpaceException.class)
                    .hasMessageContaining("no space left in storage for a write to disk new");
            assertThat(read(host, "a1", "new", 0)).isEqualTo(block(0));
            host.write("a1", DISK, 0, block(8));
            assertThat(read(host, "a2", DISK, 0)).isEqualTo(block(8));
            assertThatThrownBy(() -> cluster.bulk("bulk", 2)
                            .write(
                                    "new",
                                    0,
                                    ByteBuffer.allocate((int) GEOMETRY.diskBytes())
                                            .put(0, (byte) 1)
                                            .put(GEOMETRY.blockBytes(), (byte) 1)))
                    .isInstanceOf(OutOfSpaceException.class);
            cluster.delete(DISK);
            host.write("a1", "new", 0, block(9));
            assertThat(read(host, "a2", "new", 0)).isEqualTo(block(9));
        }
    }

    @Test
    void whatIsTrimmedIsGivenBackAndUsedAgainWithoutWhatWasThere() throws InterruptedException {
        try (Cluster cluster = startWithSpaceFor(SEGMENTS)) {
            Host host = cluster.host("h");
            for (int diskBlock = 0; diskBlock < DISK_BLOCKS; diskBlock++) {
                host.write("a1", DISK, diskBlock, block(diskBlock + 1));
            }
            assertThatThrownBy(() -> host.trim("a1", DISK, 1, DISK_BLOCKS))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> host.trim("a1", DISK, 1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(read(host, "a1", DISK, 1)).isEqualTo(block(2));
            host.trim("a1", DISK, 1, DISK_BLOCKS - 1L);
            awaitSpace(cluster, space -> space.free() == SEGMENTS - 1);
            assertThat(read(host, "a2", DISK, 0)).isEqualTo(block(1));
            assertThat(read(host, "a2", DISK, DISK_BLOCKS - 1L)).isEqualTo(block(0));
            cluster.create("new");
            host.write("a1", "new", 0, block(7));
            for (int diskBlock = 1; diskBlock < BLOCKS; diskBlock++) {
                assertThat(read(host, "a2", "new", diskBlock)).isEqualTo(block(0));
            }
        }
    }

    @Test
    void aTrimOfASharedSegmentChangesNothingForTheOther() throws InterruptedException {
        try (Cluster cluster = startWithSpaceFor(3 * SEGMENTS)) {
            Host host = cluster.host("h");
            host.write("a1", DISK, 0, block(5));
            cluster.snapshot(DISK, "snap");
            assertThat(cluster.space()).isEqualTo(new Space(0, SEGMENTS, 0, 3 * SEGMENTS));
            host.trim("a1", DISK, 0, BLOCKS);
            awaitSpace(cluster, space -> space.used() == 1 && space.shared() == SEGMENTS - 1);
            assertThat(read(host, "a2", "snap", 0)).isEqualTo(block(5));
            assertThat(read(host, "a2", DISK, 0)).isEqualTo(block(0));
        }
    }

    @Test
    void aSegmentThatIsNotAllZerosIsKept() {
        try (Cluster cluster = startWithSpaceFor(SEGMENTS)) {
            Host host = cluster.host("h");
            host.write("a1", DISK, 0, block(5));
            cluster.agent("a1").loop().put(new AgentLoop.Offer(DISK, 0));
            cluster.agent("a1").loop().put(new AgentLoop.Offer("none", 0));
            assertThat(read(host, "a1", DISK, 0)).isEqualTo(block(5));
        }
        assertThat(fixture.trace).extracting(TraceEvent::event).hasAtLeastOneElementOfType(Event.Release.class);
        assertThat(fixture.trace).extracting(TraceEvent::event).doesNotHaveAnyElementsOfTypes(Event.Vacate.class);
    }

    @Test
    void whatIsEmptyStaysSoInTheDatabase() {
        Path file = folder.resolve("tables.db");
        try (SqliteTableStore tables = SqliteTableStore.open(file);
                Cluster cluster = Cluster.start(fixture.config(tables).withCapacity(SEGMENTS + 1))) {
            cluster.create("new");
            cluster.host("h").write("a1", "new", 0, block(7));
        }
        try (SqliteTableStore tables = SqliteTableStore.open(file);
                Cluster cluster = Cluster.start(fixture.config(tables).withCapacity(SEGMENTS + 1))) {
            cluster.create("another");
            assertThat(cluster.space()).isEqualTo(new Space(SEGMENTS + 1L, 0, 0, SEGMENTS + 1));
            assertThat(read(cluster.host("h"), "a1", "new", 0)).isEqualTo(block(7));
            assertThat(read(cluster.host("h"), "a1", "new", DISK_BLOCKS - 1L)).isEqualTo(block(0));
        }
        try (SqliteTableStore tables = SqliteTableStore.open(file)) {
            assertThatThrownBy(() -> Cluster.start(fixture.config(tables).withCapacity(SEGMENTS)))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageEndingWith(
                            "tables.db: disk new: location " + SEGMENTS + " of a storage that has " + SEGMENTS);
        }
    }

    @Test
    void whatCannotBeCreatedIsRefused() {
        try (Cluster cluster = fixture.start()) {
            cluster.create("new");
            assertThatThrownBy(() -> cluster.create("new")).hasMessage("there is a disk new already");
            assertThatThrownBy(() -> cluster.create("a\u202eb")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cluster.space().free()).isInstanceOf(IllegalStateException.class);
            cluster.delete("new");
            assertThatThrownBy(() -> cluster.create("new"))
                    .hasMessage("there was a disk new, whose name cannot be used again");
        }
        assertThatThrownBy(() -> fixture.config(new MemoryTableStore()).withCapacity(1))
                .hasMessage("the disks have " + SEGMENTS + " segments, but the container has space for 1");
        assertThat(fixture.config(new MemoryTableStore()).capacity()).isEqualTo(MappingTables.UNBOUNDED);
    }
}
