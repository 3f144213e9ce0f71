package dev.faultline.runtime;

import static dev.faultline.runtime.ClusterFixture.DISK;
import static dev.faultline.runtime.ClusterFixture.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.AgentRules;
import dev.faultline.core.Clone;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Entry;
import dev.faultline.core.Event;
import dev.faultline.core.Io;
import dev.faultline.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails, everybody who waits is told why, and nobody waits for ever. */
class ClusterFailureTest {
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

    @Test
    void aFailureOfStorageReachesEveryCallAndWhoCloses() throws Exception {
        IOException cause = new IOException("the medium is gone");
        CountDownLatch otherIsAtStorage = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        fixture.storageProbe = (write, location, block) -> {
            if (write) {
                throw cause;
            }
            otherIsAtStorage.countDown();
            awaitUnchecked(failed);
        };
        Cluster cluster = fixture.start();
        // Block 1, so that the other I/O thread has it.
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> cluster.host("h2").read("a2", DISK, 1, block(0)));
        otherIsAtStorage.await();
        Host host = cluster.host("h1");

        assertThatThrownBy(() -> host.write("a1", DISK, 0, block(1)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("write by host h1 through agent a1 of disk disk, segment 0, block 0")
                .hasMessageContaining("the medium is gone")
                .hasRootCause(cause);
        assertThatThrownBy(other::join).as("a call that waited").hasRootCause(cause);
        failed.countDown();
        assertThatThrownBy(() -> host.read("a1", DISK, 0, block(1)))
                .as("a later call")
                .hasRootCause(cause);
        assertThatThrownBy(() -> cluster.snapshot(DISK, "snap"))
                .as("a snapshot")
                .hasRootCause(cause);
        assertThatThrownBy(cluster::close).as("closing").hasRootCause(cause);
    }

    @Test
    void aFailureWhileASegmentIsCopiedReachesTheWriterThatWaitsForIt() {
        IOException cause = new IOException("the medium is full");
        try (Cluster cluster = fixture.start()) {
            cluster.snapshot(DISK, "snap");
            fixture.storageProbe = (write, location, block) -> {
                if (write) {
                    throw cause;
                }
            };
            assertThatThrownBy(() -> cluster.host("h1").write("a1", DISK, 0, block(1)))
                    .hasRootCause(cause);
            assertThatThrownBy(cluster::close).hasRootCause(cause);
        } catch (ClusterException e) {
            assertThat(e).as("closing twice").hasRootCause(cause);
        }
    }

    @Test
    void aFailureOfTheTablesReachesWhoAskedForASnapshot() {
        IllegalStateException cause = new IllegalStateException("the tables are gone");
        Cluster cluster = fixture.start();
        fixture.tablesProbe = changes -> {
            throw cause;
        };
        assertThatThrownBy(() -> cluster.snapshot(DISK, "snap"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("snapshot snap of disk disk")
                .hasRootCause(cause);
        assertThatThrownBy(cluster::close).hasRootCause(cause);
    }

    @Test
    void aFailureOfTheTraceReachesTheHost() {
        IllegalStateException cause = new IllegalStateException("no space left");
        Cluster cluster = Cluster.start(fixture.tracedConfig().withTrace(event -> {
            throw cause;
        }));
        assertThatThrownBy(() -> cluster.host("h1").write("a1", DISK, 0, block(1)))
                .hasRootCause(cause);
        assertThatThrownBy(cluster::close).hasRootCause(cause);
    }

    @Test
    void aHostThatGetsNoAnswerIsToldWhatItWaitedFor() {
        CountDownLatch stuck = new CountDownLatch(1);
        fixture.storageProbe = (write, location, block) -> awaitUnchecked(stuck);
        try (Cluster cluster = Cluster.start(fixture.tracedConfig().withTimeout(Duration.ofMillis(300)))) {
            Host host = cluster.host("h1");
            assertThatThrownBy(() -> host.read("a2", DISK, 6, block(0)))
                    .isInstanceOf(ClusterException.class)
                    .hasMessage("read by host h1 through agent a2 of disk disk, segment 1, block 2:"
                            + " no answer within 300 ms");
            assertThatThrownBy(() -> host.read("a2", DISK, 6, block(0)))
                    .as("it still has that I/O under way")
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("under way");
            stuck.countDown();
        }
    }

    @Test
    void closingGivesUpOnAStorageThatNeverAnswersAndSaysSo() {
        CountDownLatch stuck = new CountDownLatch(1);
        fixture.storageProbe = (write, location, block) -> awaitUnchecked(stuck);
        Cluster cluster = Cluster.start(fixture.tracedConfig().withTimeout(Duration.ofMillis(200)));
        Host host = cluster.host("h1");
        assertThatThrownBy(() -> host.read("a1", DISK, 0, block(0))).isInstanceOf(ClusterException.class);

        assertThatThrownBy(cluster::close).isInstanceOf(ClusterException.class).hasMessageContaining("within 200 ms");
        stuck.countDown();
    }

    @Test
    void closingWaitsForACallThatNoAgentHasLookedAtAndRefusesLaterOnes() throws Exception {
        CountDownLatch atAgent = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Cluster cluster = Cluster.start(fixture.tracedConfig().withTrace(event -> {
            atAgent.countDown();
            awaitUnchecked(release);
        }));
        CompletableFuture<Void> write =
                CompletableFuture.runAsync(() -> cluster.host("h1").write("a1", DISK, 0, block(1)));
        atAgent.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(cluster::close);
        awaitClosing(cluster);
        Host late = cluster.host("h2");

        assertThatThrownBy(() -> late.read("a2", DISK, 0, block(0)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("closed");
        Thread.sleep(50);
        assertThat(closing).isNotDone();
        release.countDown();
        write.join();
        closing.join();
    }

    @Test
    void aMutantThatGoesToStorageWithoutALocationFailsAndLeavesItsTrace() {
        AgentRules mutant = new AgentRules() {
            @Override
            public boolean retriesOnlyOnNewEntry(Io io, Entry entry) {
                return true;
            }
        };
        Cluster cluster = Cluster.start(fixture.tracedConfig().withRules(mutant, ControllerRules.ALL));
        assertThatThrownBy(() -> cluster.host("h1").write("a1", DISK, 0, block(1)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("location -1");
        assertThatThrownBy(cluster::close).isInstanceOf(ClusterException.class);
        assertThat(fixture.trace).extracting(TraceEvent::event).contains(new Event.Retry("h1", Entry.NO_LOCATION));
    }

    @Test
    void aMutantThatCopiesTheTableTooEarlyRunsToItsEnd() {
        ControllerRules mutant = new ControllerRules() {
            @Override
            public boolean copiesOnlyWhenAllAnswered(Clone clone) {
                return true;
            }
        };
        try (Cluster cluster = Cluster.start(fixture.tracedConfig().withRules(AgentRules.ALL, mutant))) {
            Host host = cluster.host("h1");
            host.write("a1", DISK, 0, block(1));
            cluster.snapshot(DISK, "snap");
            host.write("a2", DISK, 0, block(2));
        }
    }

    private static void awaitClosing(Cluster cluster) throws InterruptedException {
        boolean closing = false;
        while (!closing) {
            Thread.sleep(1);
            CompletableFuture<Void> probe = cluster.pending().begin();
            closing = probe.isDone();
            cluster.pending().complete(probe);
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
