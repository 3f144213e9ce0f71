package dev.faultline.conformance.tampering;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.schedules.SimulatedRun;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Changes accepted traces in one place and looks whether they are still accepted. What changes the meaning of a trace must
 * be rejected; what is accepted all the same has to be explained.
 */
public final class Tampering {
    /** How many traces are tampered with when nothing else is said. */
    public static final int TRACES = 36;

    /** How often each is changed in each way at random when nothing else is said. */
    public static final int EACH = 20;

    /**
     * In turn: one with much I/O, one with many commands that change a state, which are lost and come again, one whose
     * agents open disks, one with empty segments, and one whose storage loses power.
     */
    private static final List<Workload> WORKLOADS = List.of(
            new Workload(2, 3, 2, 2, 8, 2, 1, 1, new Faults(1, 1, 1, 6, 6)),
            new Workload(2, 2, 2, 2, 4, 4, 2, 1, new Faults(1, 1, 1, 12, 12)),
            new Workload(2, 2, 2, 2, 6, 1, 1, 1, new Faults(1, 1, 1, 8, 8)).withOpening(4),
            new Workload(2, 2, 2, 2, 8, 1, 1, 1, new Faults(1, 1, 1, 6, 6))
                    .withSpace(1, 8)
                    .withCapacity(5),
            new Workload(2, 2, 2, 2, 8, 1, 0, 1, new Faults(0, 0, 0, 4, 4))
                    .withSpace(1, 8)
                    .withPower(6, 4));

    /** How often a field of an action is altered, over all traces. */
    private static final int EACH_FIELD = 6;

    private final Conformance conformance;
    private final Map<String, Row> rows = new TreeMap<>();

    private Tampering(Conformance conformance) {
        this.conformance = conformance;
    }

    /** A way to change a trace. */
    public enum Kind {
        /** An event is left out. */
        DROP,
        /** An event is there twice. */
        DUPLICATE,
        /** An event and the next one have changed places. */
        SWAP,
        /** A field of an event says something else. */
        ALTER,
        /** The trace ends early. */
        TRUNCATE
    }

    /**
     * How one kind of tampering with one action went.
     *
     * @param kind what was done
     * @param action the action of the event that it was done to; of the later one, if two were swapped
     * @param field which field was altered; empty for the other kinds
     * @param tried how often
     * @param accepted how often the trace was accepted all the same
     * @param why why it was, and how often; fewer than that have no explanation if these are fewer
     */
    public record Row(Kind kind, String action, String field, int tried, int accepted, Map<String, Integer> why) {
        /** Copies the map. */
        public Row {
            why = Collections.unmodifiableMap(new TreeMap<>(why));
        }

        /** Returns how often the trace was accepted without an explanation. */
        public int unexplained() {
            return accepted - why.values().stream().mapToInt(i -> i).sum();
        }

        /** Returns how often it was rejected. */
        public int rejected() {
            return tried - accepted;
        }

        /** Returns what was done to what, such as {@code ALTER Start location}. */
        public String what() {
            return (kind + " " + action + " " + field).trim();
        }

        private Row plus(Row other) {
            Map<String, Integer> both = new TreeMap<>(why);
            other.why.forEach((reason, count) -> both.merge(reason, count, Integer::sum));
            return new Row(kind, action, field, tried + other.tried, accepted + other.accepted, both);
        }
    }

    /**
     * Tampers with the traces of so many seeds: so often with each trace in each way at random, and with each field of each
     * action some times. Returns the rows in order.
     */
    public static List<Row> run(Conformance conformance, int seeds, int each) {
        Tampering tampering = new Tampering(conformance);
        for (int seed = 1; seed <= seeds; seed++) {
            SimulatedRun run =
                    SimulatedRun.random(conformance, WORKLOADS.get(seed % WORKLOADS.size()), seed, Mutant.none());
            if (run.problem().isPresent()) {
                throw new IllegalStateException("seed " + seed + " is rejected as it is: "
                        + run.problem().get().text());
            }
            tampering.atRandom(run, seed, each);
            tampering.withFields(run);
        }
        return List.copyOf(tampering.rows.values());
    }

    private void atRandom(SimulatedRun run, int seed, int each) {
        Explanations explanations = new Explanations(conformance, run.header(), run.trace());
        SplittableRandom random = new SplittableRandom(seed);
        for (Kind kind : List.of(Kind.DROP, Kind.DUPLICATE, Kind.SWAP, Kind.TRUNCATE)) {
            for (int i = 0; i < each; i++) {
                int at = random.nextInt(run.trace().size() - 1);
                Optional<List<TraceEvent>> changed = changed(kind, run.trace(), at);
                if (changed.isPresent()) {
                    boolean accepted = Explanations.isAccepted(conformance.checker(run.header()), changed.get());
                    Optional<String> why = accepted ? explain(run, explanations, kind, at) : Optional.empty();
                    note(kind, run.trace().get(kind == Kind.SWAP ? at + 1 : at), "", accepted, why);
                }
            }
        }
    }

    private static Optional<String> explain(SimulatedRun run, Explanations explanations, Kind kind, int at) {
        return switch (kind) {
            case DROP -> explanations.ofDrop(at);
            case DUPLICATE -> explanations.ofDuplicate(at);
            case SWAP -> explanations.ofSwap(at);
            default -> explanations.ofTruncation(run.lines(), at);
        };
    }

    private static Optional<List<TraceEvent>> changed(Kind kind, List<TraceEvent> trace, int at) {
        List<TraceEvent> events = new ArrayList<>(trace);
        switch (kind) {
            case DROP -> events.remove(at);
            case DUPLICATE -> events.add(at, events.get(at));
            case SWAP -> {
                if (events.get(at).event().equals(events.get(at + 1).event())) {
                    return Optional.empty();
                }
                events.add(at, events.remove(at + 1));
            }
            default -> events.subList(at + 1, events.size()).clear();
        }
        return Optional.of(events);
    }

    /** Alters each field that this trace has and that was not altered often enough yet, once. */
    private void withFields(SimulatedRun run) {
        Fields fields = new Fields(run.trace());
        Explanations explanations = new Explanations(conformance, run.header(), run.trace());
        Map<String, Integer> done = new HashMap<>();
        for (int at = 0; at < run.trace().size(); at++) {
            TraceEvent event = run.trace().get(at);
            for (String field : Fields.of(event)) {
                String key = key(Kind.ALTER, event, field);
                int before = rows.containsKey(key) ? rows.get(key).tried() : 0;
                if (before < EACH_FIELD && done.merge(key, 1, Integer::sum) == 1 + before % 3) {
                    List<String> others = fields.others(event, field);
                    if (!others.isEmpty()) {
                        alter(run, explanations, at, field, others.get(before % others.size()));
                    }
                }
            }
        }
    }

    private void alter(SimulatedRun run, Explanations explanations, int at, String field, String line) {
        TraceEvent event = run.trace().get(at);
        Optional<TraceEvent> altered = Fields.read(line).filter(other -> isInOrder(run.trace(), at, other));
        boolean accepted = false;
        Optional<String> why = Optional.empty();
        if (altered.isPresent()) {
            List<TraceEvent> changed = new ArrayList<>(run.trace());
            changed.set(at, altered.get());
            accepted = Explanations.isAccepted(conformance.checker(run.header()), changed);
            why = accepted ? explanations.ofAlteration(at, field, altered.get()) : why;
        }
        note(Kind.ALTER, event, field, accepted, why);
    }

    /** Returns whether a reader takes the number and the time of an event in place of another. */
    private static boolean isInOrder(List<TraceEvent> trace, int at, TraceEvent other) {
        boolean sameNumber = other.n() == trace.get(at).n();
        long before = at == 0 ? 0 : trace.get(at - 1).time();
        long after = at + 1 == trace.size() ? Long.MAX_VALUE : trace.get(at + 1).time();
        return sameNumber && other.time() >= before && other.time() <= after;
    }

    private void note(Kind kind, TraceEvent event, String field, boolean accepted, Optional<String> why) {
        Map<String, Integer> reasons =
                accepted ? why.map(reason -> Map.of(reason, 1)).orElse(Map.of()) : Map.of();
        Row row = new Row(kind, event.event().action(), field, 1, accepted ? 1 : 0, reasons);
        rows.merge(key(kind, event, field), row, Row::plus);
    }

    private static String key(Kind kind, TraceEvent event, String field) {
        return kind.ordinal() + " " + event.event().action() + " " + field;
    }
}
