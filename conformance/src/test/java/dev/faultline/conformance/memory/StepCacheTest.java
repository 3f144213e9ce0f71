package dev.faultline.conformance.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.cache.CacheFolder;
import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Placed;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.core.Rules;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept between runs changes no verdict, whatever is in it. */
class StepCacheTest {
    private static final Workload WORKLOAD = new Workload(2, 3, 2, 2, 6, 2, 1, 1, new Faults(1, 1, 1, 2, 2));
    private static final int TAMPERED = 40;

    @TempDir
    private Path folder;

    private StepCache cache() {
        return new StepCache(new CacheFolder(folder.resolve("cache")));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void whatIsKeptIsNotAskedAgainAndChangesNoWord() throws IOException {
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(3, trace);
        long first = asked(header, trace);
        assertThat(first).isGreaterThan(100);
        byte[] kept = Files.readAllBytes(onlyFile());
        assertThat(asked(header, trace)).as("only what is denied at first").isLessThan(first / 10);
        Random random = new Random(3);
        int rejected = 0;
        for (int i = 0; i < TAMPERED; i++) {
            Files.write(onlyFile(), kept);
            rejected += sameVerdict(header, tampered(trace, random)).isPresent() ? 1 : 0;
        }
        assertThat(rejected).isBetween(TAMPERED / 4, TAMPERED);
    }

    @Test
    void whatIsNewIsAddedToWhatWasKept() throws IOException {
        List<TraceEvent> one = new ArrayList<>();
        TraceHeader header = record(3, one);
        List<TraceEvent> other = new ArrayList<>();
        record(4, other);
        asked(header, one);
        long ofOther = asked(header, other);
        assertThat(ofOther).isGreaterThan(100);
        assertThat(asked(header, one) + asked(header, other)).isLessThan(ofOther / 5);
    }

    /** Bytes all over a small file are flipped, or what comes after them is cut off; each single byte is for the folder's test. */
    @Test
    void damageIsPassedOver() throws IOException {
        TraceHeader header = new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 1, 1, new Content(0));
        List<TraceEvent> trace = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(new Event.Read("h" + i, "a1", "disk", 0, 0));
        }
        for (int i = 0; i < 20; i++) {
            events.add(new Event.Fault("h" + i));
        }
        events.add(new Event.Start("h1", 7));
        Placed placed = new Placed();
        events.forEach(event -> trace.add(placed.next(event)));
        String right = verdict(header, trace, Optional.empty()).orElseThrow().text();
        assertThat(right).contains("Start");
        asked(header, trace.subList(0, 40));
        byte[] kept = Files.readAllBytes(onlyFile());
        for (int i = 0; i < kept.length; i += kept.length / 41) {
            byte[] damaged = kept.clone();
            damaged[i] = (byte) (damaged[i] ^ 1 << i % 8);
            Files.write(onlyFile(), i % 2 == 0 ? damaged : java.util.Arrays.copyOf(kept, i));
            assertThat(verdict(header, trace, Optional.of(cache())).map(Rejection::text))
                    .as("byte %d", i)
                    .hasValue(right);
        }
    }

    /** Bytes that come through the checksum, of whatever form, are not used, or make no difference. */
    @Test
    void bytesThatAreNoStepsAreNotUsed() {
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(3, trace);
        ByteBuffer right = kept(header, trace);
        try (LoadedSpec spec = SliceSpec.load(header)) {
            assertThat(new Transitions(spec, header).begin(right)).isTrue();
            for (int length = 0; length < right.limit(); length += 1 + right.limit() / 300) {
                assertThat(new Transitions(spec, header).begin(right.slice(0, length)))
                        .as("cut after %d bytes", length)
                        .isFalse();
            }
            Random random = new Random(3);
            for (int i = 0; i < 300; i++) {
                byte[] garbage = new byte[random.nextInt(200)];
                random.nextBytes(garbage);
                assertThat(new Transitions(spec, header).begin(ByteBuffer.wrap(garbage)))
                        .isFalse();
            }
        }
    }

    /** The form is right, the checksum would be, and what they say is not what the spec says. */
    @Test
    void stepsThatTheSpecDoesNotTakeAreNotUsed() {
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(3, trace);
        ByteBuffer right = kept(header, trace);
        try (LoadedSpec spec = SliceSpec.load(header)) {
            KeptSteps steps = KeptSteps.of(spec, right).orElseThrow();
            assertThat(new Transitions(spec, header).begin(rewritten(spec, steps, 0)))
                    .isTrue();
            assertThat(new Transitions(spec, header).begin(rewritten(spec, steps, 1)))
                    .as("each step leads to what is believed after another")
                    .isFalse();
        }
    }

    private static ByteBuffer rewritten(LoadedSpec spec, KeptSteps steps, int shift) {
        StepWriter writer = new StepWriter(spec.variables());
        for (int node = 0; node < steps.count(); node++) {
            List<KeptSteps.Edge> edges = steps.edges(node).stream()
                    .map(edge -> new KeptSteps.Edge(
                            edge.action(),
                            edge.arguments(),
                            (edge.after() + shift) % steps.count(),
                            edge.renaming(),
                            edge.isAsked()))
                    .toList();
            writer.node(
                    steps.hash(node),
                    steps.plainStates(node).stream().map(writer::state).toList(),
                    edges);
        }
        return writer.toBytes();
    }

    private static ByteBuffer kept(TraceHeader header, List<TraceEvent> trace) {
        try (LoadedSpec spec = SliceSpec.load(header)) {
            Transitions transitions = new Transitions(spec, header);
            TraceChecker checker = new TraceChecker(spec, header, RememberedSlice.first(transitions, header));
            trace.forEach(event -> assertThat(checker.accept(event)).isEmpty());
            return transitions.toKeep().orElseThrow();
        }
    }

    private long asked(TraceHeader header, List<TraceEvent> trace) {
        try (Conformance conformance = new Conformance(Optional.of(cache()))) {
            TraceChecker checker = conformance.rememberingChecker(header);
            trace.forEach(event -> assertThat(checker.accept(event)).isEmpty());
            return conformance.asked();
        }
    }

    private Optional<String> sameVerdict(TraceHeader header, List<TraceEvent> trace) {
        Optional<String> without = verdict(header, trace, Optional.empty()).map(Rejection::text);
        assertThat(verdict(header, trace, Optional.of(cache())).map(Rejection::text))
                .isEqualTo(without);
        return without;
    }

    private static Optional<Rejection> verdict(TraceHeader header, List<TraceEvent> trace, Optional<StepCache> cache) {
        try (Conformance conformance = new Conformance(cache)) {
            TraceChecker checker = conformance.rememberingChecker(header);
            return trace.stream().map(checker::accept).flatMap(Optional::stream).findFirst();
        }
    }

    private static TraceHeader record(long seed, List<TraceEvent> trace) {
        Simulation simulation = new Simulation(WORKLOAD, seed, Rules.ALL, trace::add);
        Schedule schedule = Schedule.random(seed);
        while (schedule.step(simulation)) {
            // To the end.
        }
        return simulation.header();
    }

    /** Returns the trace with an event left out, moved, or repeated. */
    private static List<TraceEvent> tampered(List<TraceEvent> trace, Random random) {
        List<TraceEvent> tampered = new ArrayList<>(trace);
        int at = random.nextInt(trace.size() - 1);
        switch (random.nextInt(3)) {
            case 0 -> tampered.remove(at);
            case 1 -> tampered.set(at, tampered.set(at + 1, tampered.get(at)));
            default -> tampered.add(at, tampered.get(at));
        }
        return tampered;
    }
}
