package dev.faultline.runtime;

import static dev.faultline.runtime.ClusterFixture.DISK;
import static dev.faultline.runtime.ClusterFixture.block;
import static dev.faultline.runtime.ClusterFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Effect.EraseOpening;
import dev.faultline.core.Effect.NoteOpening;
import dev.faultline.core.Event;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Opener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents of a running cluster open the disks that their hosts use, and are told nothing of others. */
class ClusterOpeningTest {
    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private ClusterFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new ClusterFixture(folder);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private Cluster start() {
        return Cluster.start(fixture.tracedConfig().withMapping(Mapping.OPENED));
    }

    private List<String> actionsAt(String place) {
        return fixture.trace.stream()
                .filter(traced -> traced.place().equals(place))
                .map(traced -> traced.event().action())
                .toList();
    }

    private void awaitEvent(Event event) throws InterruptedException {
        while (fixture.trace.stream().noneMatch(traced -> traced.event().equals(event))) {
            Thread.sleep(1);
        }
    }

    private void holdOnce() {
        if (held.getCount() > 0) {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aDiskIsOpenedWhenAHostFirstUsesItThere() {
        List<Object> persisted = new CopyOnWriteArrayList<>();
        fixture.tablesProbe = persisted::addAll;
        try (Cluster cluster = start()) {
            Host host = cluster.host("h1");
            host.write("a1", DISK, 0, block(1));
            assertThat(read(host, "a1", DISK, 0)).isEqualTo(block(1));
            assertThat(cluster.counts().openings()).isEqualTo(1);
            cluster.snapshot(DISK, "snap");
            assertThat(read(host, "a2", "snap", 0)).isEqualTo(block(1));
            assertThat(cluster.counts().openings()).isEqualTo(2);
        }
        assertThat(fixture.trace.stream()
                        .map(traced -> traced.event().action())
                        .filter(List.of("Open", "ReceiveOpen", "ReceiveOpened", "Write")::contains))
                .startsWith("Open", "ReceiveOpen", "ReceiveOpened", "Write");
        assertThat(actionsAt("a1")).contains("ApplyCommand", "AnswerCommand");
        assertThat(actionsAt("a2")).as("of what it does not use it is not told").startsWith("Open");
        assertThat(persisted.stream().filter(NoteOpening.class::isInstance)).hasSize(2);
    }

    @Test
    void aClosedDiskIsOpenedAgainAndReadsAsItWasLeft() {
        List<Object> persisted = new CopyOnWriteArrayList<>();
        fixture.tablesProbe = persisted::addAll;
        try (Cluster cluster = start()) {
            Host host = cluster.host("h1");
            host.write("a1", DISK, 0, block(1));
            cluster.close("a1", DISK);
            cluster.close("a1", DISK); // as it is
            cluster.close("a2", DISK);
            int soFar = actionsAt("a1").size();
            cluster.snapshot(DISK, "snap");
            assertThat(actionsAt("a1")).as("it maps nothing").hasSize(soFar);
            host.write("a2", DISK, 0, block(2));
            assertThat(read(host, "a1", DISK, 0)).isEqualTo(block(2));
            assertThat(read(host, "a1", "snap", 0)).isEqualTo(block(1));
        }
        assertThat(actionsAt("a1")).containsSubsequence("Close", "ReceiveClosed", "Open", "ReceiveOpened", "Retry");
        assertThat(persisted.stream().filter(EraseOpening.class::isInstance)).hasSize(1);
    }

    @Test
    void closingWaitsForIoUnderWayAndHoldsWhatComesMeanwhile() throws Exception {
        fixture.storageProbe = (write, location, block) -> holdOnce();
        try (Cluster cluster = start()) {
            CompletableFuture<Void> write =
                    CompletableFuture.runAsync(() -> cluster.host("h1").write("a1", DISK, 0, block(1)));
            held.await();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> cluster.close("a1", DISK));
            Thread.sleep(50);
            Host late = cluster.host("h2");
            byte[] found = block(7);
            late.startRead("a1", DISK, 0, found);
            Thread.sleep(50);
            assertThat(closing).isNotDone();
            assertThat(actionsAt("h2")).as("while a close waits").isEmpty();
            release.countDown();
            write.join();
            closing.join();
            late.awaitLast();
            assertThat(found).isEqualTo(block(1));
        }
        assertThat(actionsAt("a1")).containsSubsequence("Complete", "Close", "ReceiveClosed", "Open", "Retry");
    }

    /** Else who closes again and again would keep hosts waiting for ever. */
    @Test
    void whatHasWaitedForAnOpeningIsLetInBeforeTheDiskIsClosed() throws Exception {
        fixture.tablesProbe = changes -> {
            if (changes.stream().anyMatch(NoteOpening.class::isInstance)) {
                holdOnce();
            }
        };
        try (Cluster cluster = start()) {
            Host host = cluster.host("h1");
            host.startWrite("a1", DISK, 0, block(1));
            held.await();
            Thread closing = new Thread(() -> cluster.close("a1", DISK));
            closing.start();
            while (closing.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
            release.countDown();
            host.awaitLast();
            closing.join();
        }
        assertThat(actionsAt("a1")).containsSubsequence("Open", "ReceiveOpened", "Complete", "Close", "ReceiveClosed");
    }

    @Test
    void aDiskThatIsDeletedWhileItIsOpenedIsToldToThoseWhoWait() throws Exception {
        try (Cluster cluster = start()) {
            cluster.snapshot(DISK, "snap");
            // While the controller persists something else, it receives nothing.
            fixture.tablesProbe = changes -> holdOnce();
            CompletableFuture<Void> snapshot = CompletableFuture.runAsync(() -> cluster.snapshot("snap", "late"));
            held.await();
            Thread deletion = new Thread(() -> cluster.delete(DISK));
            deletion.start();
            while (deletion.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(1);
            }
            Host host = cluster.host("h1");
            host.startRead("a2", DISK, 0, block(0));
            awaitEvent(new Event.Open("a2", DISK));
            release.countDown();

            assertThatThrownBy(host::awaitLast).isInstanceOf(DiskDeletedException.class);
            deletion.join();
            snapshot.join();
            assertThat(read(host, "a2", "late", 0)).as("the host can go on").isEqualTo(block(0));
        }
    }

    @Test
    void agentsOfEarlierAreForgottenWhenAClusterComesBack() throws IOException {
        Path file = folder.resolve("tables.db");
        try (TableStore tables = SqliteTableStore.open(file);
                Cluster cluster = Cluster.start(fixture.config(tables).withMapping(Mapping.OPENED))) {
            Host host = cluster.host("h1");
            for (int i = 0; i < 3; i++) {
                host.write("a1", DISK, 0, block(1)); // by an opening of number 3 in the end
                if (i < 2) {
                    cluster.close("a1", DISK);
                }
            }
        }
        try (TableStore tables = SqliteTableStore.open(file)) {
            assertThat(tables.load(8, MappingTables.UNBOUNDED).openings()).hasSize(1);
            try (Cluster cluster = Cluster.start(fixture.config(tables).withMapping(Mapping.OPENED))) {
                cluster.snapshot(DISK, "snap");
                Host host = cluster.host("h1");
                host.write("a1", DISK, 0, block(2));
                assertThat(read(host, "a1", "snap", 0)).isEqualTo(block(1));
            }
            assertThat(tables.load(8, MappingTables.UNBOUNDED).openings())
                    .as("the agent counts from 1 again")
                    .containsEntry(new Opener("a1", DISK), 1L);
        }
    }

    @Test
    void whereAllAgentsMapAllDisksThereIsNothingToClose() {
        try (Cluster cluster = fixture.start()) {
            assertThatThrownBy(() -> cluster.close("a1", DISK))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("all agents map all disks");
        }
    }
}
