package dev.faultline.conformance.bench;

import dev.faultline.conformance.cache.CacheFolder;
import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.memory.StepCache;
import dev.faultline.runtime.Cluster;
import dev.faultline.runtime.ClusterConfig;
import dev.faultline.runtime.Geometry;
import dev.faultline.runtime.Host;
import dev.faultline.runtime.MemoryTableStore;
import dev.faultline.runtime.StorageContainer;
import dev.faultline.trace.ReadAhead;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.TraceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;

/**
 * Measures how many events of a trace are checked in a second of one thread's processor time, reading of the file
 * included, for traces of growing length, of systems with more blocks, and with more agents. What else the machine does
 * counts little in this way. The traces are of the running system: hosts read
 * and write blocks that are drawn by chance, each host through an agent of its own as far as there are enough. They hold
 * no snapshot, whose few events concern every segment.
 */
public final class ValidationBenchmark {
    private static final String DISK = "disk";
    private static final int HOSTS = 8;
    private static final int BLOCKS_PER_SEGMENT = 16;
    private static final int BLOCK_BYTES = 64;

    private ValidationBenchmark() {}

    private static final int BLOCKS = 10_000;
    private static final int SMALL_TRACES = 1_000;
    private static final int SMALL_EVENTS = 100;
    private static final int SMALL_BY_TLC = 10;
    private static final List<Integer> SMALL_HOSTS = List.of(2, HOSTS);

    /** A system, and how long a trace of it shall be at least. */
    private record Row(long events, int blocks, int agents) {}

    /** How many rows there are of disks with one segment, which a TLC process checks, too. */
    private static final List<Integer> EVENTS_BY_TLC = List.of(1_000, 10_000);

    /** How many events a checker has seen of another trace of the system, before the second measurement. */
    private static final long EVENTS_BEFORE = 300_000;

    /**
     * What came of checking a trace.
     *
     * @param events how many events it has
     * @param first events per second when nothing was known
     * @param asked how many steps the spec was asked for then
     * @param kept events per second when the steps of another trace of the same system had been kept on disk
     * @param used events per second after another trace of the same system
     * @param askedStill how many steps the spec was asked for then
     */
    private record Figure(long events, double first, long asked, double kept, double used, long askedStill) {}

    private static final List<Row> ROWS = List.of(
            new Row(10_000, 10_000, 2),
            new Row(100_000, 10_000, 2),
            new Row(1_000_000, 10_000, 2),
            new Row(100_000, 100, 2),
            new Row(100_000, 1_000_000, 2),
            new Row(100_000, 10_000, 8),
            new Row(100_000, 10_000, 64),
            new Row(1_000_000, 10_000, 64));

    /**
     * Records the traces, checks each several times, and prints a line for each: how fast it is checked when nothing is
     * known, and how fast by a checker that has seen another trace of the same system.
     *
     * @param folder an empty folder for the traces; each is deleted when it was checked
     * @param rounds how often each is measured
     * @throws IOException if a trace cannot be written
     */
    public static void run(Path folder, int rounds, PrintWriter out) throws IOException {
        out.printf(Locale.ROOT, "%48s | %10s | %27s%n", "when nothing is known", "kept steps", "used to such a system");
        out.printf(
                Locale.ROOT,
                "%10s %8s %7s | %10s %9s | %10s | %10s %7s %9s%n",
                "events",
                "blocks",
                "agents",
                "events/s",
                "asked",
                "events/s",
                "events/s",
                "ratio",
                "asked");
        double firstRow = 0;
        for (Row row : ROWS) {
            Path before = folder.resolve("before");
            Path trace = folder.resolve("trace");
            record(new Row(EVENTS_BEFORE, row.blocks(), row.agents()), HOSTS, before);
            record(row, 0, trace);
            Figure figure = median(before, trace, rounds);
            PathUtils.deleteDirectory(before);
            PathUtils.deleteDirectory(trace);
            PathUtils.deleteDirectory(folder.resolve("cache"));
            firstRow = firstRow == 0 ? figure.used() : firstRow;
            out.printf(
                    Locale.ROOT,
                    "%10d %8d %7d | %10.0f %9d | %10.0f | %10.0f %7.2f %9d%n",
                    figure.events(),
                    row.blocks(),
                    row.agents(),
                    figure.first(),
                    figure.asked(),
                    figure.kept(),
                    figure.used(),
                    figure.used() / firstRow,
                    figure.askedStill());
            out.flush();
        }
    }

    private static Figure median(Path before, Path trace, int rounds) {
        Figure[] figures = new Figure[rounds];
        for (int round = 0; round < rounds; round++) {
            figures[round] = check(before, trace);
        }
        Arrays.sort(figures, (a, b) -> Double.compare(a.used(), b.used()));
        return figures[rounds / 2];
    }

    private static Figure check(Path before, Path trace) {
        long[] events = {0};
        double first;
        long asked;
        try (Conformance conformance = new Conformance()) {
            first = secondsOf(conformance, trace, events);
            asked = conformance.asked();
        }
        double kept = withKeptSteps(before, trace, events);
        try (Conformance conformance = new Conformance()) {
            secondsOf(conformance, before, events);
            long askedBefore = conformance.asked();
            double used = secondsOf(conformance, trace, events);
            return new Figure(
                    events[0],
                    events[0] / first,
                    asked,
                    events[0] / kept,
                    events[0] / used,
                    conformance.asked() - askedBefore);
        }
    }

    /** Checks a trace by a checker that begins with what another one has kept in a cache folder. */
    private static double withKeptSteps(Path before, Path trace, long[] events) {
        StepCache cache = new StepCache(new CacheFolder(trace.resolveSibling("cache")));
        try (Conformance earlier = new Conformance(Optional.of(cache))) {
            secondsOf(earlier, before, events);
        }
        try (Conformance conformance = new Conformance(Optional.of(cache))) {
            return secondsOf(conformance, trace, events);
        }
    }

    /**
     * Records a trace of the running system, and checks it with one thread and with several, all seconds counted. Prints a
     * line for each.
     *
     * @param folder an empty folder for the trace
     * @throws IOException if it cannot be written
     */
    public static void runOnThreads(Path folder, int events, int rounds, PrintWriter out) throws IOException {
        Path trace = folder.resolve("trace");
        record(new Row(events, BLOCKS, 2), 0, trace);
        out.printf(Locale.ROOT, "%10s %8s %12s %7s%n", "events", "threads", "events/s", "ratio");
        double one = 0;
        for (int threads = 1; threads <= Runtime.getRuntime().availableProcessors(); threads++) {
            double[] rates = new double[rounds];
            long[] checked = {0};
            for (int round = 0; round < rounds; round++) {
                long begin = System.nanoTime();
                try (Conformance conformance = new Conformance()) {
                    check(conformance, trace, threads, checked);
                }
                rates[round] = checked[0] / ((System.nanoTime() - begin) / 1e9);
            }
            Arrays.sort(rates);
            double median = rates[rounds / 2];
            one = threads == 1 ? median : one;
            out.printf(Locale.ROOT, "%10d %8d %12.0f %7.2f%n", checked[0], threads, median, median / one);
            out.flush();
        }
    }

    private static void check(Conformance conformance, Path file, int threads, long[] events) {
        try (TraceSource opened = TraceSource.open(file);
                TraceSource trace = threads == 1 ? opened : new ReadAhead(opened);
                TraceChecker checker = conformance.rememberingChecker(trace.header(), threads)) {
            Optional<Rejection> rejection = Optional.empty();
            for (TraceEvent event = trace.next(); event != null && rejection.isEmpty(); event = trace.next()) {
                rejection = checker.accept(event);
            }
            rejection.or(checker::finish).ifPresent(refused -> {
                throw new IllegalStateException(refused.text());
            });
            events[0] = checker.events();
        }
    }

    /**
     * Records many small traces of a disk with one segment, checks all of them in one process and on one thread, and has a TLC
     * process check each of a few. All seconds count. Prints a line for two hosts at a time, and one for a crowd.
     *
     * @param folder an empty folder for the traces
     * @throws IOException if a trace cannot be written
     */
    public static void runSmall(Path folder, PrintWriter out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%10s %10s %10s %12s %10s %12s %7s%n",
                "traces",
                "hosts",
                "events",
                "seconds each",
                "asked each",
                "TLC, seconds",
                "ratio");
        for (int hosts : SMALL_HOSTS) {
            runSmall(hosts, Files.createDirectory(folder.resolve("hosts" + hosts)), out);
        }
    }

    private static void runSmall(int hosts, Path folder, PrintWriter out) throws IOException, InterruptedException {
        List<Path> traces = new ArrayList<>();
        for (int i = 0; i < SMALL_TRACES; i++) {
            traces.add(folder.resolve("trace" + i));
            record(new Row(SMALL_EVENTS, BLOCKS_PER_SEGMENT, 2), hosts, i * hosts, traces.get(i));
        }
        long[] checked = {0};
        double asked;
        long begin = System.nanoTime();
        try (Conformance conformance = new Conformance()) {
            for (Path trace : traces) {
                secondsOf(conformance, trace, checked);
            }
            asked = (double) conformance.asked() / SMALL_TRACES;
        }
        double ours = (System.nanoTime() - begin) / 1e9 / SMALL_TRACES;
        double theirs = 0;
        for (int i = 0; i < SMALL_BY_TLC; i++) {
            theirs += new TlcProcessCheck(traces.get(i), Files.createDirectory(folder.resolve("tlc" + i))).seconds();
        }
        theirs /= SMALL_BY_TLC;
        out.printf(
                Locale.ROOT,
                "%10d %10d %10d %12.5f %10.1f %12.2f %7.0f%n",
                SMALL_TRACES,
                hosts,
                SMALL_EVENTS,
                ours,
                asked,
                theirs,
                theirs / ours);
        out.flush();
    }

    private static double secondsOf(Conformance conformance, Path file, long[] events) {
        try (TraceSource trace = TraceSource.open(file)) {
            TraceChecker checker = conformance.rememberingChecker(trace.header());
            ThreadMXBean thread = ManagementFactory.getThreadMXBean();
            long begin = thread.getCurrentThreadCpuTime();
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                checker.accept(event).ifPresent(rejection -> {
                    throw new IllegalStateException(rejection.text());
                });
            }
            events[0] = checker.events();
            return (thread.getCurrentThreadCpuTime() - begin) / 1e9;
        }
    }

    /**
     * Records traces of disks with one segment, checks each, and has a TLC process check it, too. Prints a line for each.
     * Unlike above, all seconds count, the loading of the spec and the start of the process included.
     *
     * @param folder an empty folder for the traces
     * @throws IOException if a trace cannot be written
     */
    public static void runBesideTlc(Path folder, PrintWriter out) throws IOException, InterruptedException {
        out.printf(Locale.ROOT, "%10s %12s %12s %7s%n", "events", "seconds", "TLC, seconds", "ratio");
        for (int events : EVENTS_BY_TLC) {
            Path trace = folder.resolve("trace" + events);
            record(new Row(events, BLOCKS_PER_SEGMENT, 2), 0, trace);
            long[] checked = {0};
            long begin = System.nanoTime();
            try (Conformance conformance = new Conformance()) {
                secondsOf(conformance, trace, checked);
            }
            double ours = (System.nanoTime() - begin) / 1e9;
            double theirs = new TlcProcessCheck(trace, Files.createDirectory(folder.resolve("tlc" + events))).seconds();
            out.printf(Locale.ROOT, "%10d %12.1f %12.1f %7.1f%n", checked[0], ours, theirs, theirs / ours);
            out.flush();
        }
    }

    private static void record(Row row, int seed, Path file) throws IOException {
        record(row, HOSTS, seed, file);
    }

    private static void record(Row row, int hosts, int seed, Path file) throws IOException {
        Geometry geometry = Geometry.holding((long) row.blocks() * BLOCK_BYTES, BLOCKS_PER_SEGMENT, BLOCK_BYTES);
        List<String> agents =
                IntStream.range(0, row.agents()).mapToObj(i -> "a" + i).toList();
        AtomicLong events = new AtomicLong();
        try (TraceWriter writer = TraceWriter.create(file, ClusterConfig.header(agents, List.of(DISK), geometry))) {
            ClusterConfig config = ClusterConfig.of(
                            agents, List.of(DISK), geometry, new MemoryContainer(), new MemoryTableStore())
                    .withTrace(event -> {
                        events.incrementAndGet();
                        writer.accept(event);
                    });
            try (Cluster cluster = Cluster.start(config)) {
                IntStream.range(0, hosts)
                        .mapToObj(number -> CompletableFuture.runAsync(
                                () -> load(cluster, row, agents, hosts, number, seed + number, events),
                                task -> new Thread(task, "host " + number).start()))
                        .toList()
                        .forEach(CompletableFuture::join);
            }
        }
    }

    private static void load(
            Cluster cluster, Row row, List<String> agents, int hosts, int number, int seed, AtomicLong events) {
        Host host = cluster.host("h" + number);
        // Not Random: numbers that follow each other as seeds have nearly the same first block there.
        SplittableRandom random = new SplittableRandom(seed);
        byte[] block = new byte[BLOCK_BYTES];
        for (int i = number; events.get() < row.events(); i += hosts) {
            String agent = agents.get(i % agents.size());
            int diskBlock = random.nextInt(row.blocks());
            if (random.nextBoolean()) {
                random.nextBytes(block);
                host.write(agent, DISK, diskBlock, block);
            } else {
                host.read(agent, DISK, diskBlock, block);
            }
        }
    }

    /** Keeps blocks in memory. */
    private static final class MemoryContainer implements StorageContainer {
        private final Map<Long, byte[]> blocks = new ConcurrentHashMap<>();

        @Override
        public void read(long location, int block, byte[] destination) {
            byte[] bytes = blocks.getOrDefault(location * BLOCKS_PER_SEGMENT + block, new byte[BLOCK_BYTES]);
            System.arraycopy(bytes, 0, destination, 0, BLOCK_BYTES);
        }

        @Override
        public void write(long location, int block, byte[] source) {
            blocks.put(location * BLOCKS_PER_SEGMENT + block, source.clone());
        }

        @Override
        public void flush() {
            // Memory is as durable as it gets.
        }
    }
}
