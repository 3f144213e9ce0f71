package dev.faultline.conformance.live;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.core.Mapping;
import dev.faultline.runtime.BulkIo;
import dev.faultline.runtime.Cluster;
import dev.faultline.runtime.ClusterConfig;
import dev.faultline.runtime.ClusterCounts;
import dev.faultline.runtime.ClusterException;
import dev.faultline.runtime.FileStorage;
import dev.faultline.runtime.Geometry;
import dev.faultline.runtime.OutOfSpaceException;
import dev.faultline.runtime.SqliteTableStore;
import dev.faultline.runtime.TableStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;

/**
 * A workload for the running system that snapshots get in the way of: threads write single blocks, so parts of segments, of
 * two disks, while both are snapshotted together, one of them alone, and snapshots are deleted. No two writes have the
 * same content. Agents open the disks that they use, and are made to close them now and then. Disks are created, written and
 * trimmed, storage is offered that is in use, and there is so little of it that writes fail, and are tried again when
 * something was deleted. What is read back of originals, snapshots and new disks is compared with what was written.
 *
 * <p>Each block belongs to one thread, which writes its number to the left disk before it does to the right one. So of a
 * snapshot of both, the number on the right is never greater than that on the left; and what a block holds in a snapshot is
 * not older than what had been written when it was asked for, nor newer than what was being written when it was answered.
 */
public final class Churn {
    private static final List<String> AGENTS = List.of("a1", "a2", "a3");
    private static final String LEFT = "left";
    private static final String RIGHT = "right";
    private static final String NEW = "new";
    private static final int THREADS = 3;
    private static final Geometry GEOMETRY = new Geometry(6, 4, 512);

    /** The disks that may be there when nothing more can be deleted: both, the last snapshots of both, and a new one. */
    private static final int MOST_DISKS = 5;

    private static final int CAPACITY = MOST_DISKS * GEOMETRY.segmentsPerDisk();
    private static final int WAIT_MILLIS = 1;

    private final int rounds;
    private final long seed;
    private final Duration patience;
    private final AtomicLong contents = new AtomicLong();
    private final AtomicReferenceArray<Long> begun = zeros();
    private final AtomicReferenceArray<Long> written = zeros();
    private final ReadBack readBack = new ReadBack();

    /** The disks that can be deleted. */
    private final List<String> old = new ArrayList<>();

    private Churn(int rounds, long seed, Duration patience) {
        this.rounds = rounds;
        this.seed = seed;
        this.patience = patience;
    }

    private static AtomicReferenceArray<Long> zeros() {
        int blocks = (int) GEOMETRY.blocksPerDisk();
        AtomicReferenceArray<Long> array = new AtomicReferenceArray<>(blocks);
        for (int i = 0; i < blocks; i++) {
            array.set(i, 0L);
        }
        return array;
    }

    /**
     * What came of it.
     *
     * @param rejection the event that the spec refused, if it refused one; the system stopped there
     * @param wrong what was read and cannot be, a line each
     * @param failure what the system died of, if not of a rejection
     * @param events how many events were accepted
     * @param counts what the system did; nothing if it died
     */
    public record Result(
            Optional<Rejection> rejection,
            List<String> wrong,
            Optional<ClusterException> failure,
            long events,
            Optional<ClusterCounts> counts) {
        /** Returns what is not as it should be, for people; empty if all is. */
        public String text() {
            return rejection
                    .map(Rejection::text)
                    .or(() -> wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", wrong)))
                    .or(() -> failure.map(Death::text))
                    .orElse("");
        }

        /** Returns whether all is as it should be. */
        public boolean isRight() {
            return rejection.isEmpty() && wrong.isEmpty() && failure.isEmpty();
        }
    }

    /**
     * Runs the workload under a monitor.
     *
     * @param folder an empty folder for the storage container and the tables; the caller deletes it
     * @param rounds how many times snapshots are taken, at least 1
     * @param seed what is written where, and which snapshots are deleted; what threads do when is left to them
     * @param patience how long somebody waits for an answer
     * @throws IOException if a file cannot be made
     */
    public static Result run(Path folder, int rounds, long seed, Mutant mutant, Duration patience) throws IOException {
        try (Conformance conformance = new Conformance()) {
            return new Churn(rounds, seed, patience).run(folder, conformance, mutant);
        }
    }

    /**
     * Runs the workload as {@link #run} does, in a temporary folder.
     *
     * @throws IOException if a file cannot be made
     */
    public static Result runInTemporaryFolder(int rounds, long seed, Mutant mutant, Duration patience)
            throws IOException {
        Path folder = Files.createTempDirectory("faultline-churn");
        try {
            return run(folder, rounds, seed, mutant, patience);
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    private Result run(Path folder, Conformance conformance, Mutant mutant) throws IOException {
        Monitor monitor = new Monitor(
                conformance,
                ClusterConfig.header(AGENTS, List.of(LEFT, RIGHT), GEOMETRY)
                        .withMapping(Mapping.OPENED)
                        .withCapacity(CAPACITY));
        @Nullable ClusterCounts counts = null;
        @Nullable ClusterException failure = null;
        try (FileStorage storage = FileStorage.open(folder.resolve("container"), GEOMETRY);
                TableStore tables = SqliteTableStore.open(folder.resolve("tables.db"))) {
            ClusterConfig config = ClusterConfig.of(AGENTS, List.of(LEFT, RIGHT), GEOMETRY, storage, tables)
                    .withRules(mutant.agentRules(), mutant.controllerRules())
                    .withTimeout(patience)
                    .withMapping(Mapping.OPENED)
                    .withCapacity(CAPACITY)
                    .withTrace(monitor);
            try (Cluster cluster = Cluster.start(config)) {
                churn(cluster);
                counts = cluster.counts();
            } catch (ClusterException e) {
                if (!Death.isOfTheSystem(e)) {
                    throw e;
                }
                failure = e;
            }
        } finally {
            monitor.close();
        }
        boolean refused = monitor.rejection().isPresent();
        return new Result(
                monitor.rejection(),
                readBack.wrong(),
                refused ? Optional.empty() : Optional.ofNullable(failure),
                monitor.events(),
                Optional.ofNullable(counts));
    }

    private void churn(Cluster cluster) {
        SplittableRandom random = new SplittableRandom(seed);
        BulkIo reader = cluster.bulk("reader", 2);
        for (int round = 0; round < rounds; round++) {
            List<Future<?>> writers = begin(cluster, round);
            close(cluster, random);
            flush(cluster, random);
            List<Long> before = numbers(written);
            String left = LEFT + round;
            String right = RIGHT + round;
            boolean both = random.nextInt(3) > 0;
            cluster.snapshot(both ? Map.of(left, LEFT, right, RIGHT) : Map.of(left, LEFT));
            List<Long> after = numbers(begun);
            if (!old.isEmpty() && random.nextBoolean()) {
                cluster.delete(old.remove(random.nextInt(old.size())));
            }
            offer(cluster, random);
            String fresh = NEW + round;
            writeNewDisk(cluster, reader, fresh, random);
            join(cluster, writers);
            List<Long> ofLeft = read(reader, left);
            readBack.compare(left, ofLeft, before, after);
            if (both) {
                List<Long> ofRight = read(reader, right);
                readBack.compare(right, ofRight, before, after);
                readBack.compareCut(left, ofLeft, right, ofRight);
            }
            writeSnapshotAndSeeThatNobodyElseChanges(cluster, reader, left, random);
            old.addAll(both ? List.of(left, right, fresh) : List.of(left, fresh));
            readBack.compare(LEFT, read(reader, LEFT), numbers(written), numbers(written));
            readBack.compare(RIGHT, read(reader, RIGHT), numbers(written), numbers(written));
        }
    }

    /** Has two agents close a disk that is in use; the next one to use it there opens it again. */
    private static void close(Cluster cluster, SplittableRandom random) {
        for (int i = 0; i < 2; i++) {
            cluster.close(AGENTS.get(random.nextInt(AGENTS.size())), random.nextBoolean() ? LEFT : RIGHT);
        }
    }

    /** Has a host flush a disk while others write to it. */
    private static void flush(Cluster cluster, SplittableRandom random) {
        cluster.host("flusher").flush(AGENTS.get(random.nextInt(AGENTS.size())), random.nextBoolean() ? LEFT : RIGHT);
    }

    /** Has agents offer storage that is in use, and may be zeros still. */
    private static void offer(Cluster cluster, SplittableRandom random) {
        for (int i = 0; i < 2; i++) {
            cluster.offer(
                    AGENTS.get(random.nextInt(AGENTS.size())),
                    random.nextBoolean() ? LEFT : RIGHT,
                    random.nextInt(GEOMETRY.segmentsPerDisk()));
        }
    }

    /** A new disk is zeros but for what was written, and so is what was trimmed. */
    private void writeNewDisk(Cluster cluster, BulkIo io, String disk, SplittableRandom random) {
        int blocks = (int) GEOMETRY.blocksPerDisk();
        cluster.create(disk);
        List<Long> expected = new ArrayList<>(Collections.nCopies(blocks, 0L));
        for (int i = 0; i < GEOMETRY.segmentsPerDisk(); i++) {
            int block = random.nextInt(blocks);
            long number = contents.incrementAndGet();
            whenThereIsSpace(() -> write(io, disk, block, number), () -> makeSpace(cluster));
            expected.set(block, number);
        }
        int first = random.nextInt(blocks);
        int count = random.nextInt(blocks - first) + 1;
        String agent = AGENTS.get(random.nextInt(AGENTS.size()));
        whenThereIsSpace(() -> cluster.host("trimmer").trim(agent, disk, first, count), () -> makeSpace(cluster));
        Collections.fill(expected.subList(first, first + count), 0L);
        readBack.compare(disk, read(io, disk), expected, expected);
    }

    private static void whenThereIsSpace(Runnable writing, Runnable otherwise) {
        while (true) {
            try {
                writing.run();
                return;
            } catch (OutOfSpaceException e) {
                otherwise.run();
            }
        }
    }

    /** Deletes what is there longest, if anything can be deleted. */
    private void makeSpace(Cluster cluster) {
        if (old.isEmpty()) {
            pause();
        } else {
            cluster.delete(old.remove(0));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the writers, and makes space for them when there is none. */
    private void join(Cluster cluster, List<Future<?>> writers) {
        while (!writers.stream().allMatch(Future::isDone)) {
            if (!old.isEmpty() && cluster.space().free() == 0) {
                makeSpace(cluster);
            } else {
                pause();
            }
        }
        Threads.join(writers);
    }

    /** A snapshot is a disk like any other: a write to it stays there. */
    private void writeSnapshotAndSeeThatNobodyElseChanges(
            Cluster cluster, BulkIo io, String snapshot, SplittableRandom random) {
        int block = random.nextInt((int) GEOMETRY.blocksPerDisk());
        long number = contents.incrementAndGet();
        List<Long> expected = read(io, snapshot);
        whenThereIsSpace(() -> write(io, snapshot, block, number), () -> makeSpace(cluster));
        expected.set(block, number);
        readBack.compare(snapshot, read(io, snapshot), expected, expected);
    }

    private List<Future<?>> begin(Cluster cluster, int round) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            BulkIo io = cluster.bulk("writer." + (thread + 1), 1);
            SplittableRandom random = new SplittableRandom(seed * THREADS + thread + 31L * round);
            running.add(threads.submit(() -> {
                int own = (int) GEOMETRY.blocksPerDisk() / THREADS;
                for (int i = 0; i < own; i++) {
                    int block = random.nextInt(own) * THREADS + first;
                    long number = contents.incrementAndGet();
                    begun.set(block, number);
                    whenThereIsSpace(() -> write(io, LEFT, block, number), Churn::pause);
                    whenThereIsSpace(() -> write(io, RIGHT, block, number), Churn::pause);
                    written.set(block, number);
                }
            }));
        }
        threads.shutdown();
        return running;
    }

    private static List<Long> numbers(AtomicReferenceArray<Long> array) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < array.length(); i++) {
            numbers.add(array.get(i));
        }
        return numbers;
    }

    private static void write(BulkIo io, String disk, int block, long number) {
        ByteBuffer bytes = ByteBuffer.allocate(GEOMETRY.blockBytes());
        while (bytes.hasRemaining()) {
            bytes.putLong(number);
        }
        io.write(disk, (long) block * GEOMETRY.blockBytes(), bytes.flip());
    }

    private List<Long> read(BulkIo io, String disk) {
        ByteBuffer bytes = ByteBuffer.allocate((int) GEOMETRY.diskBytes());
        io.read(disk, 0, bytes);
        bytes.flip();
        List<Long> numbers = new ArrayList<>();
        for (int block = 0; block < GEOMETRY.blocksPerDisk(); block++) {
            long first = bytes.getLong();
            for (int i = Long.BYTES; i < GEOMETRY.blockBytes(); i += Long.BYTES) {
                if (bytes.getLong() != first) {
                    readBack.torn(disk, block);
                }
            }
            numbers.add(first);
        }
        return numbers;
    }
}
