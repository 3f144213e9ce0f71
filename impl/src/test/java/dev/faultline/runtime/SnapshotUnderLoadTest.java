package dev.faultline.runtime;

import static dev.faultline.runtime.ClusterFixture.DISK;
import static dev.faultline.runtime.ClusterFixture.DISK_BLOCKS;
import static dev.faultline.runtime.ClusterFixture.GEOMETRY;
import static dev.faultline.runtime.ClusterFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four threads write on while snapshots are taken. Thread t writes its blocks t, t + 4, t + 8 and so on, in turn, through
 * alternating agents; write number k of a thread has a pattern that tells k. So what a disk should hold is known for
 * each number of writes done.
 */
class SnapshotUnderLoadTest {
    private static final int THREADS = 4;
    private static final int BLOCKS_PER_THREAD = DISK_BLOCKS / THREADS;
    private static final int SNAPSHOTS = 5;

    @TempDir
    Path folder;

    private final AtomicLongArray writesDone = new AtomicLongArray(THREADS);
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void aSnapshotIsOneCutBetweenItsRequestAndItsAnswerAndStaysByteForByte() throws Exception {
        try (ClusterFixture fixture = new ClusterFixture(folder);
                Cluster cluster = fixture.start()) {
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                threads.add(
                        CompletableFuture.runAsync(() -> writeOn(cluster, number), task -> new Thread(task).start()));
            }
            List<byte[]> atFirst = new ArrayList<>();
            for (int i = 0; i < SNAPSHOTS; i++) {
                awaitWrites(threads, 2 * BLOCKS_PER_THREAD);
                long[] before = writes();
                cluster.snapshot(DISK, "snap" + i);
                long[] after = writes();
                byte[] bytes = readAll(cluster, "reader", "snap" + i);
                atFirst.add(bytes);
                expectCut(bytes, before, after);
            }
            awaitWrites(threads, 2 * BLOCKS_PER_THREAD);
            stop.set(true);
            threads.forEach(CompletableFuture::join);

            for (int i = 0; i < SNAPSHOTS; i++) {
                assertThat(readAll(cluster, "reader", "snap" + i))
                        .as("snapshot %d", i)
                        .isEqualTo(atFirst.get(i));
            }
            byte[] original = readAll(cluster, "reader", DISK);
            for (int thread = 0; thread < THREADS; thread++) {
                expectWrites(original, thread, writesDone.get(thread));
            }
            assertThat(cluster.counts().copies()).isPositive();
        }
    }

    /**
     * A thread writes k to the one disk and then k to the other, through different agents: an instant finds the other
     * disk with as much as the first, or with one less, and no block of either half written.
     */
    @Test
    void snapshotsOfTwoDisksAreOfOneInstant() throws Exception {
        try (ClusterFixture fixture = new ClusterFixture(folder);
                Cluster cluster = fixture.start()) {
            cluster.snapshot(DISK, "twin");
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                threads.add(
                        CompletableFuture.runAsync(() -> writeBoth(cluster, number), task -> new Thread(task).start()));
            }
            for (int i = 0; i < SNAPSHOTS; i++) {
                awaitWrites(threads, 2 * BLOCKS_PER_THREAD);
                long[] before = writes();
                cluster.snapshot(Map.of("left" + i, DISK, "right" + i, "twin"));
                long[] after = writes();
                byte[] left = readAll(cluster, "reader", "left" + i);
                byte[] right = readAll(cluster, "reader", "right" + i);
                for (int thread = 0; thread < THREADS; thread++) {
                    long first = lastWrite(left, thread);
                    long second = lastWrite(right, thread);
                    assertThat(first - second).as("what the second disk lacks").isBetween(0L, 1L);
                    assertThat(second).isBetween(before[thread], after[thread] + 1);
                    expectWrites(left, thread, first);
                    expectWrites(right, thread, second);
                }
                cluster.delete("left" + i);
            }
            stop.set(true);
            threads.forEach(CompletableFuture::join);
        }
    }

    private void writeBoth(Cluster cluster, int thread) {
        Host host = cluster.host("h" + thread);
        for (long k = 1; !stop.get(); k++) {
            host.write(k % 2 == 0 ? "a1" : "a2", DISK, diskBlock(thread, k), pattern(thread, k));
            host.write(k % 3 == 0 ? "a1" : "a2", "twin", diskBlock(thread, k), pattern(thread, k));
            writesDone.set(thread, k);
        }
    }

    private void writeOn(Cluster cluster, int thread) {
        Host host = cluster.host("h" + thread);
        for (long k = 1; !stop.get(); k++) {
            host.write(k % 2 == 0 ? "a1" : "a2", DISK, diskBlock(thread, k), pattern(thread, k));
            writesDone.set(thread, k);
        }
    }

    private void awaitWrites(List<CompletableFuture<Void>> threads, int more) {
        long[] begin = writes();
        for (int thread = 0; thread < THREADS; thread++) {
            while (writesDone.get(thread) < begin[thread] + more
                    && !threads.get(thread).isDone()) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private long[] writes() {
        long[] writes = new long[THREADS];
        for (int thread = 0; thread < THREADS; thread++) {
            writes[thread] = writesDone.get(thread);
        }
        return writes;
    }

    /** A write that had returned is in the snapshot; one more than those that have returned since may be. */
    private static void expectCut(byte[] snapshot, long[] before, long[] after) {
        for (int thread = 0; thread < THREADS; thread++) {
            long cut = lastWrite(snapshot, thread);
            assertThat(cut)
                    .as("writes of thread %d in the snapshot", thread)
                    .isBetween(before[thread], after[thread] + 1);
            expectWrites(snapshot, thread, cut);
        }
    }

    private static long lastWrite(byte[] disk, int thread) {
        long last = 0;
        for (int i = 0; i < BLOCKS_PER_THREAD; i++) {
            int offset = (int) diskBlock(thread, i) * GEOMETRY.blockBytes();
            last = Math.max(last, ByteBuffer.wrap(disk).getLong(offset));
        }
        return last;
    }

    private static void expectWrites(byte[] disk, int thread, long writes) {
        for (long k = writes; k > writes - BLOCKS_PER_THREAD; k--) {
            int offset = (int) diskBlock(thread, k) * GEOMETRY.blockBytes();
            byte[] found = new byte[GEOMETRY.blockBytes()];
            System.arraycopy(disk, offset, found, 0, found.length);
            assertThat(found)
                    .as("write %d of thread %d, of %d", k, thread, writes)
                    .isEqualTo(pattern(thread, k));
        }
    }

    private static long diskBlock(int thread, long k) {
        return k % BLOCKS_PER_THREAD * THREADS + thread;
    }

    private static byte[] pattern(int thread, long k) {
        byte[] block = new byte[GEOMETRY.blockBytes()];
        new Random(k * THREADS + thread).nextBytes(block);
        ByteBuffer.wrap(block).putLong(0, k);
        return block;
    }
}
