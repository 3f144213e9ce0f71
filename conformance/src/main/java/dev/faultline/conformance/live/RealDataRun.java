package dev.faultline.conformance.live;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.runtime.BulkIo;
import dev.faultline.runtime.Cluster;
import dev.faultline.runtime.ClusterConfig;
import dev.faultline.runtime.ClusterCounts;
import dev.faultline.runtime.FileStorage;
import dev.faultline.runtime.Geometry;
import dev.faultline.runtime.SqliteTableStore;
import dev.faultline.runtime.TableStore;
import dev.faultline.trace.TraceHeader;
import dev.faultline.trace.TraceSink;
import dev.faultline.trace.TraceWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A real file through the real system: four threads write it to a virtual disk through two agents; a snapshot is taken
 * while they go on reading it and writing elsewhere; then they write other data over the original; then both disks are
 * read back. Every event goes to a trace, with a file for each place.
 */
public final class RealDataRun {
    private static final List<String> AGENTS = List.of("a1", "a2");
    private static final String DISK = "disk";
    private static final String SNAPSHOT = "snapshot";
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS_PER_SEGMENT = 16;
    private static final int THREADS = 4;
    private static final int HOSTS_PER_THREAD = 4;
    private static final int CHUNK_BYTES = 1 << 20;

    /** How long a host waits for an answer when nothing else is said. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path input;
    private final long inputBytes;
    private final Duration patience;
    private final Geometry geometry;

    private RealDataRun(Path input, long inputBytes, Duration patience) {
        this.input = input;
        this.patience = patience;
        this.inputBytes = inputBytes;
        // A segment for each thread is left over, which the file does not fill.
        geometry = Geometry.holding(
                inputBytes + (long) THREADS * BLOCKS_PER_SEGMENT * BLOCK_BYTES, BLOCKS_PER_SEGMENT, BLOCK_BYTES);
    }

    /**
     * What came of the run.
     *
     * @param bytes the size of the file
     * @param expectedSnapshot the SHA-256 of the file
     * @param foundSnapshot the SHA-256 of what was read back from the snapshot
     * @param expectedOriginal the SHA-256 of the data that was written over the file
     * @param foundOriginal the SHA-256 of what was read back from the original
     * @param counts what the system did
     * @param seconds how long it took
     */
    public record Result(
            long bytes,
            String expectedSnapshot,
            String foundSnapshot,
            String expectedOriginal,
            String foundOriginal,
            ClusterCounts counts,
            double seconds) {
        /** Returns whether both disks hold what they should. */
        public boolean isExact() {
            return expectedSnapshot.equals(foundSnapshot) && expectedOriginal.equals(foundOriginal);
        }
    }

    /**
     * Moves the file.
     *
     * @param folder an empty folder for the storage container and the tables; the caller deletes it
     * @param trace the folder of the trace, where there must be nothing yet; if the run fails, what was traced stays in the
     *     unfinished folder
     * @param unfinished is told of the unfinished folder before anything happens
     * @param patience how long a host waits for an answer
     * @throws IOException if a file cannot be read or written
     * @throws dev.faultline.runtime.ClusterException if the system has failed, or somebody got no answer
     */
    public static Result run(
            Path input, Path folder, Path trace, Consumer<Path> unfinished, Mutant mutant, Duration patience)
            throws IOException {
        return of(input, patience)
                .run(
                        folder,
                        header -> {
                            TraceWriter writer = TraceWriter.create(trace, header);
                            unfinished.accept(writer.unfinished());
                            return new Sink(writer, writer::close, writer::leave);
                        },
                        mutant);
    }

    /**
     * Moves the file and keeps no trace.
     *
     * @param folder an empty folder for the storage container and the tables; the caller deletes it
     * @throws IOException if a file cannot be read or written
     */
    public static Result runUntraced(Path input, Path folder) throws IOException {
        return of(input, PATIENCE).run(folder, header -> new Sink(TraceSink.NONE, () -> {}, () -> {}), Mutant.none());
    }

    /**
     * Moves the file under the eyes of a monitor.
     *
     * @param folder an empty folder for the storage container and the tables; the caller deletes it
     * @param conformance makes the monitor's checker
     * @param watcher is given the monitor before anything happens
     * @param patience how long a host waits for an answer
     * @throws IOException if a file cannot be read or written
     * @throws dev.faultline.runtime.ClusterException if the monitor has stopped the system, or it has failed, or somebody
     *     got no answer
     */
    public static Result runMonitored(
            Path input,
            Path folder,
            Conformance conformance,
            Consumer<Monitor> watcher,
            Mutant mutant,
            Duration patience)
            throws IOException {
        return of(input, patience)
                .run(
                        folder,
                        header -> {
                            Monitor monitor = new Monitor(conformance, header);
                            watcher.accept(monitor);
                            return new Sink(monitor, monitor::close, monitor::close);
                        },
                        mutant);
    }

    private static RealDataRun of(Path input, Duration patience) throws IOException {
        long bytes;
        try (FileChannel channel = FileChannel.open(input, StandardOpenOption.READ)) {
            bytes = channel.size();
        }
        return new RealDataRun(input, bytes, patience);
    }

    /** Where the events of a run go, and what is to be done after it, or after it has failed. */
    private record Sink(TraceSink sink, Runnable end, Runnable leave) {}

    private interface Tracing {
        Sink begin(TraceHeader header) throws IOException;
    }

    private Result run(Path folder, Tracing tracing, Mutant mutant) throws IOException {
        long begin = System.nanoTime();
        String foundSnapshot;
        String foundOriginal;
        ClusterCounts counts;
        try (FileStorage storage = FileStorage.open(folder.resolve("container"), geometry);
                TableStore tables = SqliteTableStore.open(folder.resolve("tables.db"))) {
            Sink events = tracing.begin(ClusterConfig.header(AGENTS, List.of(DISK), geometry));
            boolean succeeded = false;
            try {
                ClusterConfig config = ClusterConfig.of(AGENTS, List.of(DISK), geometry, storage, tables)
                        .withRules(mutant.agentRules(), mutant.controllerRules())
                        .withTimeout(patience)
                        .withTrace(events.sink());
                try (Cluster cluster = Cluster.start(config)) {
                    inThreads(cluster, "write", (io, part) -> copyIn(io, part, false));
                    snapshotUnderLoad(cluster);
                    inThreads(cluster, "overwrite", (io, part) -> copyIn(io, part, true));
                    foundSnapshot = digest(cluster.bulk("reader", THREADS * HOSTS_PER_THREAD), SNAPSHOT);
                    foundOriginal = digest(cluster.bulk("reader", THREADS * HOSTS_PER_THREAD), DISK);
                    counts = cluster.counts();
                }
                succeeded = true;
            } finally {
                (succeeded ? events.end() : events.leave()).run();
            }
        }
        return new Result(
                inputBytes,
                inputDigest(false),
                foundSnapshot,
                inputDigest(true),
                foundOriginal,
                counts,
                (System.nanoTime() - begin) / 1e9);
    }

    /** One thread's part of the file, in bytes. */
    private record Part(int thread, long from, long to) {}

    private interface Work {
        void run(BulkIo io, Part part) throws IOException;
    }

    private void inThreads(Cluster cluster, String name, Work work) {
        Threads.join(begin(cluster, name, work));
    }

    private List<Future<?>> begin(Cluster cluster, String name, Work work) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        long blocks = (inputBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
        for (int thread = 0; thread < THREADS; thread++) {
            Part part = new Part(
                    thread,
                    blocks * thread / THREADS * BLOCK_BYTES,
                    Math.min(inputBytes, blocks * (thread + 1) / THREADS * BLOCK_BYTES));
            BulkIo io = cluster.bulk(name + "." + (thread + 1), HOSTS_PER_THREAD);
            running.add(threads.submit(() -> {
                work.run(io, part);
                return null;
            }));
        }
        threads.shutdown();
        return running;
    }

    /**
     * Takes the snapshot while all threads read the file, and write to the segments behind it: each thread to its own
     * block, and reads the block of the next, so that reads and writes overlap.
     */
    private void snapshotUnderLoad(Cluster cluster) {
        AtomicBoolean ready = new AtomicBoolean();
        List<Future<?>> load = begin(cluster, "load", (io, part) -> {
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            for (int round = 0; !ready.get(); round++) {
                io.write(DISK, spareBlock(part.thread()), block.clear().putInt(0, round));
                io.read(DISK, spareBlock((part.thread() + 1) % THREADS), block.clear());
                if (part.to() - part.from() >= BLOCK_BYTES) {
                    io.read(DISK, part.from(), block.clear());
                }
            }
        });
        try {
            cluster.snapshot(DISK, SNAPSHOT);
        } finally {
            ready.set(true);
        }
        Threads.join(load);
    }

    private long spareBlock(int thread) {
        return geometry.diskBytes() - (thread + 1) * geometry.segmentBytes();
    }

    private void copyIn(BulkIo io, Part part, boolean inverted) throws IOException {
        try (FileChannel channel = FileChannel.open(input, StandardOpenOption.READ)) {
            for (long at = part.from(); at < part.to(); at += CHUNK_BYTES) {
                int length = (int) Math.min(CHUNK_BYTES, part.to() - at);
                io.write(DISK, at, chunk(channel, at, length, inverted));
            }
        }
    }

    private static ByteBuffer chunk(FileChannel channel, long at, int length, boolean inverted) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(length);
        while (chunk.hasRemaining()) {
            if (channel.read(chunk, at + chunk.position()) < 0) {
                throw new IOException("the input became shorter while it was read");
            }
        }
        if (inverted) {
            byte[] bytes = chunk.array();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ~bytes[i];
            }
        }
        return chunk.flip();
    }

    private String inputDigest(boolean inverted) throws IOException {
        try (FileChannel channel = FileChannel.open(input, StandardOpenOption.READ)) {
            return digest((at, length) -> {
                try {
                    return chunk(channel, at, length, inverted);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    private String digest(BulkIo io, String disk) {
        return digest((at, length) -> {
            ByteBuffer chunk = ByteBuffer.allocate(length);
            io.read(disk, at, chunk);
            return chunk.flip();
        });
    }

    private interface Chunks {
        ByteBuffer read(long at, int length);
    }

    private String digest(Chunks chunks) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (long at = 0; at < inputBytes; at += CHUNK_BYTES) {
            digest.update(chunks.read(at, (int) Math.min(CHUNK_BYTES, inputBytes - at)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
