package dev.faultline.runtime;

import static dev.faultline.runtime.ClusterFixture.DISK;
import static dev.faultline.runtime.ClusterFixture.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Durability;
import dev.faultline.core.Effect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running system has its storage flush, and when. */
class ClusterFlushTest {
    private static final String FLUSH = "flush";
    private static final String WRITE = "write";
    private static final String NAMED = "named";

    @TempDir
    Path folder;

    private final List<String> done = new CopyOnWriteArrayList<>();
    private ClusterFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new ClusterFixture(folder);
        fixture.storageProbe = new ClusterFixture.StorageProbe() {
            @Override
            public void before(boolean write, long location, int block) {
                if (write) {
                    done.add(WRITE);
                }
            }

            @Override
            public void flush() {
                done.add(FLUSH);
            }
        };
        fixture.tablesProbe = changes -> {
            if (changes.stream().anyMatch(Effect.Persist.class::isInstance)) {
                done.add(NAMED);
            }
        };
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void aFlushGoesToStorageAfterWhatWasWritten() {
        try (Cluster cluster = fixture.start()) {
            Host host = cluster.host("h");
            done.clear();
            host.write("a1", DISK, 0, block(7));
            host.flush("a2", DISK);
            assertThat(done).containsExactly(WRITE, FLUSH);
            assertThatThrownBy(() -> host.flush("a1", "nothing"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nothing");
        }
    }

    @Test
    void whatASnapshotWillHoldIsFlushedBeforeItIsInATable() {
        try (Cluster cluster = fixture.start()) {
            cluster.host("h").write("a1", DISK, 0, block(7));
            done.clear();
            cluster.snapshot(Map.of("snap", DISK));
            // Nw on every entry of the disk; and then the table of the snapshot.
            assertThat(done).containsExactly(NAMED, FLUSH, NAMED);
        }
    }

    @Test
    void aCopyIsFlushedBeforeATableNamesIt() {
        try (Cluster cluster = fixture.start()) {
            cluster.snapshot(Map.of("snap", DISK));
            done.clear();
            cluster.host("h").write("a1", DISK, 0, block(7));
            int flushed = done.indexOf(FLUSH);
            assertThat(done.subList(0, flushed)).isNotEmpty().containsOnly(WRITE);
            assertThat(done.get(flushed + 1)).isEqualTo(NAMED);
            assertThat(done).filteredOn(FLUSH::equals).hasSize(1);
        }
    }

    @Test
    void whereStorageLosesNothingNothingIsFlushed() {
        try (Cluster cluster = Cluster.start(fixture.tracedConfig().withDurability(Durability.AT_ONCE))) {
            cluster.snapshot(Map.of("snap", DISK));
            cluster.host("h").write("a1", DISK, 0, block(7));
            assertThat(done).contains(WRITE).doesNotContain(FLUSH);
        }
    }

    @Test
    void aFlushThatFailsIsNotAnswered() {
        fixture.storageProbe = new ClusterFixture.StorageProbe() {
            @Override
            public void before(boolean write, long location, int block) {
                // All goes well until it is flushed.
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        Cluster cluster = fixture.start();
        Host host = cluster.host("h");
        host.write("a1", DISK, 0, block(7));
        assertThatThrownBy(() -> host.flush("a1", DISK)).hasStackTraceContaining("the disk is gone");
        assertThatThrownBy(cluster::close).isInstanceOf(ClusterException.class);
    }
}
