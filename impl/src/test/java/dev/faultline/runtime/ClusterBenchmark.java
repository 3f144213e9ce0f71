package dev.faultline.runtime;

import dev.faultline.trace.TraceSink;
import dev.faultline.trace.TraceWriter;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures block I/Os per second of a cluster with two agents, four threads, blocks of 4 KiB and segments of 16 blocks:
 * each thread writes its quarter of a disk, a snapshot is taken, each writes it again (copying every segment on its
 * first write), and reads it. Not a test: run its {@code main}.
 *
 * <p>Arguments: disk size in MiB, hosts for each thread (0 for blocking calls of one host), trace (true or false),
 * tables (sqlite or memory), rounds.
 */
final class ClusterBenchmark {
    private static final int THREADS = 4;
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS_PER_SEGMENT = 16;

    private ClusterBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        long diskBytes = Long.parseLong(arguments[0]) << 20;
        int hosts = Integer.parseInt(arguments[1]);
        boolean traced = Boolean.parseBoolean(arguments[2]);
        boolean sqlite = arguments[3].equals("sqlite");
        int rounds = Integer.parseInt(arguments[4]);
        for (int round = 0; round < rounds; round++) {
            Path folder = Files.createTempDirectory("faultline-benchmark");
            try {
                run(folder, Geometry.holding(diskBytes, BLOCKS_PER_SEGMENT, BLOCK_BYTES), hosts, traced, sqlite);
            } finally {
                delete(folder.toFile());
            }
        }
    }

    private static void delete(File file) throws IOException {
        for (File inside : Objects.requireNonNullElse(file.listFiles(), new File[0])) {
            delete(inside);
        }
        Files.delete(file.toPath());
    }

    private interface Work {
        void run(int thread, long fromByte, int bytes) throws Exception;
    }

    private static void run(Path folder, Geometry geometry, int hosts, boolean traced, boolean sqlite)
            throws Exception {
        List<String> agents = List.of("a1", "a2");
        byte[] data = new byte[(int) geometry.diskBytes()];
        new Random(1).nextBytes(data);
        long begin = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (FileStorage storage = FileStorage.open(folder.resolve("storage"), geometry);
                TableStore tables =
                        sqlite ? SqliteTableStore.open(folder.resolve("tables.db")) : new MemoryTableStore();
                TraceWriter trace = TraceWriter.create(
                        folder.resolve("trace"), ClusterConfig.header(agents, List.of("disk"), geometry));
                Cluster cluster = Cluster.start(ClusterConfig.of(agents, List.of("disk"), geometry, storage, tables)
                        .withTrace(traced ? trace : TraceSink.NONE)
                        .withTimeout(Duration.ofMinutes(1)))) {
            Work write = (thread, from, bytes) -> {
                if (hosts > 0) {
                    cluster.bulk("h" + thread, hosts).write("disk", from, ByteBuffer.wrap(data, (int) from, bytes));
                } else {
                    byte[] block = new byte[BLOCK_BYTES];
                    Host host = cluster.host("h" + thread);
                    for (int at = 0; at < bytes; at += BLOCK_BYTES) {
                        long diskBlock = (from + at) / BLOCK_BYTES;
                        System.arraycopy(data, (int) from + at, block, 0, BLOCK_BYTES);
                        host.write(agents.get((int) diskBlock % 2), "disk", diskBlock, block);
                    }
                }
            };
            Work read = (thread, from, bytes) -> {
                if (hosts > 0) {
                    cluster.bulk("h" + thread, hosts).read("disk", from, ByteBuffer.wrap(data, (int) from, bytes));
                } else {
                    byte[] block = new byte[BLOCK_BYTES];
                    Host host = cluster.host("h" + thread);
                    for (int at = 0; at < bytes; at += BLOCK_BYTES) {
                        long diskBlock = (from + at) / BLOCK_BYTES;
                        host.read(agents.get((int) diskBlock % 2), "disk", diskBlock, block);
                    }
                }
            };
            StringBuilder report = new StringBuilder();
            report.append(measure(threads, geometry, "write", write));
            report.append(measure(threads, geometry, "read", read));
            cluster.snapshot("disk", "snap");
            report.append(measure(threads, geometry, "write after snapshot", write));
            report.append(measure(threads, geometry, "write again", write));
            report.append(cluster.counts());
            System.out.println(report);
        } finally {
            threads.shutdown();
        }
        System.out.printf(Locale.ROOT, "  in all %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }

    private static String measure(ExecutorService threads, Geometry geometry, String what, Work work) throws Exception {
        long begin = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        long part = geometry.diskBytes() / THREADS;
        for (int thread = 1; thread <= THREADS; thread++) {
            int number = thread;
            running.add(threads.submit(() -> {
                work.run(number, (number - 1) * part, (int) part);
                return null;
            }));
        }
        for (Future<?> future : running) {
            future.get();
        }
        return String.format(
                Locale.ROOT, "%s %.0f/s, ", what, geometry.blocksPerDisk() / ((System.nanoTime() - begin) / 1e9));
    }
}
