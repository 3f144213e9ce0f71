package dev.faultline.conformance.bench;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.core.Rules;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceEvent;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures how many events are checked in a second of one thread's processor time in traces that hold more than reads and
 * writes: snapshots, copies on write, groups, deletions, crashes. The traces are the simulator's, and in memory.
 */
public final class ShapesBenchmark {
    private static final Map<String, Workload> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("reads and writes", new Workload(2, 4, 8, 4, 3_000, 0, 0, 0));
        SHAPES.put("snapshots of 1 to 3 disks, copies", new Workload(2, 4, 8, 4, 3_000, 8, 0, 0));
        SHAPES.put("the same, and deletions", new Workload(2, 4, 8, 4, 3_000, 16, 12, 0));
        SHAPES.put(
                "the same, crashes, lost messages",
                new Workload(2, 4, 8, 4, 3_000, 16, 12, 4, new Faults(6, 4, 6, 40, 40)));
    }

    /** How many other traces of the same system a checker has seen that is used to it. */
    private static final int SEEN_BEFORE = 6;

    private ShapesBenchmark() {}

    /** Makes the traces, checks each several times, and prints a line for each: medians. */
    public static void run(int rounds, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-34s %8s | %10s %8s | %10s %8s%n",
                "",
                "events",
                "new: ev/s",
                "asked",
                "used: ev/s",
                "asked");
        SHAPES.forEach((name, workload) -> {
            List<List<TraceEvent>> before = IntStream.rangeClosed(2, 1 + SEEN_BEFORE)
                    .mapToObj(seed -> trace(workload, seed))
                    .toList();
            List<TraceEvent> trace = trace(workload, 1);
            double[] first = new double[rounds];
            double[] used = new double[rounds];
            long asked = 0;
            long askedStill = 0;
            for (int round = 0; round < rounds; round++) {
                try (Conformance conformance = new Conformance()) {
                    first[round] = trace.size() / secondsOf(conformance, workload, trace);
                    asked = conformance.asked();
                }
                try (Conformance conformance = new Conformance()) {
                    before.forEach(other -> secondsOf(conformance, workload, other));
                    long askedBefore = conformance.asked();
                    used[round] = trace.size() / secondsOf(conformance, workload, trace);
                    askedStill = conformance.asked() - askedBefore;
                }
            }
            Arrays.sort(first);
            Arrays.sort(used);
            out.printf(
                    Locale.ROOT,
                    "%-34s %8d | %10.0f %8d | %10.0f %8d%n",
                    name,
                    trace.size(),
                    first[rounds / 2],
                    asked,
                    used[rounds / 2],
                    askedStill);
            out.flush();
        });
    }

    private static List<TraceEvent> trace(Workload workload, long seed) {
        List<TraceEvent> trace = new ArrayList<>();
        Simulation simulation = new Simulation(workload, seed, Rules.ALL, trace::add);
        Schedule schedule = Schedule.random(seed);
        while (schedule.step(simulation)) {
            // To the end.
        }
        return trace;
    }

    private static double secondsOf(Conformance conformance, Workload workload, List<TraceEvent> trace) {
        TraceChecker checker =
                conformance.rememberingChecker(new Simulation(workload, 0, Rules.ALL, event -> {}).header());
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long begin = thread.getCurrentThreadCpuTime();
        for (TraceEvent event : trace) {
            checker.accept(event).ifPresent(rejection -> {
                throw new IllegalStateException(rejection.text());
            });
        }
        return (thread.getCurrentThreadCpuTime() - begin) / 1e9;
    }
}
