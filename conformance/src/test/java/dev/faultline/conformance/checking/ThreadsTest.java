package dev.faultline.conformance.checking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.core.Rules;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Verdicts do not depend on the number of threads. */
class ThreadsTest {
    private static final Workload WORKLOAD = new Workload(3, 6, 7, 3, 120, 2, 1, 2, new Faults(1, 1, 1, 2, 2));
    private static final List<Integer> THREADS = List.of(2, 4);
    private static final int TAMPERED = 60;

    @Test
    void theWordsOfAVerdictAreThoseOfOneThread() {
        List<TraceEvent> trace = new ArrayList<>();
        TraceHeader header = record(5, trace);
        assertThat(trace).hasSizeGreaterThan(3000);
        Random random = new Random(5);
        int rejected = 0;
        Set<String> refused = new HashSet<>();
        try (Conformance conformance = new Conformance()) {
            assertThat(sameVerdict(conformance, header, trace)).isEmpty();
            for (int i = 0; i < TAMPERED; i++) {
                Optional<Rejection> rejection = sameVerdict(conformance, header, tampered(trace, random));
                if (rejection.isPresent()) {
                    rejected++;
                    refused.add(rejection.get().action());
                }
            }
        }
        assertThat(rejected).isGreaterThan(TAMPERED / 3);
        assertThat(refused).hasSizeGreaterThan(5);
    }

    /** Two events are refused: the later one at once, by another thread than the first, or by what ties slices together. */
    @Test
    void theFirstRejectionCountsAndNotTheFirstThatIsFound() {
        TraceHeader header = header(3);
        Event spoilt = new Event.Start("h0", 9);
        Event spoiltElsewhere = new Event.Start("h1", 9);
        Event outOfBounds = new Event.Read("h2", "a1", "disk", 3, 0);
        for (Event later : List.of(spoiltElsewhere, outOfBounds)) {
            List<TraceEvent> trace = traceOf(List.of(
                    new Event.Read("h0", "a1", "disk", 0, 0),
                    new Event.Read("h1", "a1", "disk", 1, 0),
                    spoilt,
                    new Event.Fault("h1"),
                    later));
            try (Conformance conformance = new Conformance()) {
                assertThat(sameVerdict(conformance, header, trace)).hasValueSatisfying(rejection -> {
                    assertThat(rejection.number()).isEqualTo(3);
                    assertThat(rejection.event().event()).isEqualTo(spoilt);
                });
            }
        }
    }

    /** One segment keeps its thread busy, while the others get on: not further than the last events are kept. */
    @Test
    void noThreadGetsFartherAheadThanTheLastEventsAreKept() throws Exception {
        TraceHeader header = header(2);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger handedIn = new AtomicInteger();
        try (LoadedSpec spec = SliceSpec.load(header);
                TraceChecker checker = new TraceChecker(spec, header, new StuckSlice(release), 2)) {
            assertThat(checker.accept(new TraceEvent(1, 1, "h0", new Event.Read("h0", "a1", "disk", 0, 0))))
                    .isEmpty();
            CompletableFuture<Optional<Rejection>> rest = CompletableFuture.supplyAsync(() -> {
                Optional<Rejection> rejection = Optional.empty();
                for (int i = 0; i < 10 * TraceChecker.MOST_AHEAD && rejection.isEmpty(); i++) {
                    Event event = i % 2 == 0
                            ? new Event.Read("h1", "a1", "disk", 1, 0)
                            : new Event.Complete("h1", new Content(0));
                    rejection = checker.accept(new TraceEvent(i + 1, i + 2, i % 2 == 0 ? "h1" : "a1", event));
                    handedIn.incrementAndGet();
                }
                return rejection;
            });
            int before = -1;
            while (handedIn.get() != before) {
                before = handedIn.get();
                TimeUnit.MILLISECONDS.sleep(200);
            }
            assertThat(before).isBetween(1024, TraceChecker.MOST_AHEAD);
            release.countDown();
            assertThat(rest.get(1, TimeUnit.MINUTES)).hasValueSatisfying(rejection -> {
                assertThat(rejection.number()).isEqualTo(1);
                assertThat(rejection.atPlace()).isEmpty();
                assertThat(rejection.inSegment()).isEmpty();
            });
            assertThat(checker.events()).isZero();
        }
    }

    /** Refuses whatever happens in segment 0, when it is told to; believes nothing, and accepts everything else. */
    private record StuckSlice(CountDownLatch release) implements Slice {
        @Override
        public Slice fork() {
            return this;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Set<SpecState> believed() {
            return Set.of();
        }

        @Override
        public Optional<Denial> step(Claim claim, Naming naming) {
            if (claim.firstSegment() != 0) {
                return Optional.empty();
            }
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new dev.faultline.spec.engine.SpecEvaluationException("stuck", null);
        }
    }

    private static TraceHeader header(int segments) {
        return new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), segments, 1, new Content(0));
    }

    private static List<TraceEvent> traceOf(List<Event> events) {
        List<TraceEvent> trace = new ArrayList<>();
        Placed placed = new Placed();
        events.forEach(event -> trace.add(placed.next(event)));
        return trace;
    }

    /** Checks a trace with one thread and with several; returns what all of them say. */
    private static Optional<Rejection> sameVerdict(
            Conformance conformance, TraceHeader header, List<TraceEvent> trace) {
        TraceChecker one = conformance.rememberingChecker(header);
        Optional<Rejection> expected = check(one, trace);
        for (int threads : THREADS) {
            try (TraceChecker several = conformance.rememberingChecker(header, threads)) {
                assertThat(check(several, trace).map(Rejection::text)).isEqualTo(expected.map(Rejection::text));
                assertThat(several.events()).isEqualTo(one.events());
                if (expected.isEmpty()) {
                    assertThat(several.mostBelieved()).isEqualTo(one.mostBelieved());
                    assertThat(several.outcomes().counts())
                            .isEqualTo(one.outcomes().counts());
                    assertThat(several.believesLike(one)).isTrue();
                }
            }
        }
        return expected;
    }

    private static Optional<Rejection> check(TraceChecker checker, List<TraceEvent> trace) {
        for (TraceEvent event : trace) {
            Optional<Rejection> rejection = checker.accept(event);
            if (rejection.isPresent()) {
                return rejection;
            }
        }
        return checker.finish();
    }

    private static TraceHeader record(long seed, List<TraceEvent> trace) {
        Simulation simulation = new Simulation(WORKLOAD, seed, Rules.ALL, trace::add);
        Schedule schedule = Schedule.random(seed);
        while (schedule.step(simulation)) {
            // To the end.
        }
        return simulation.header();
    }

    /** Returns the trace with an event left out, moved, repeated, or with something else in it. */
    private static List<TraceEvent> tampered(List<TraceEvent> trace, Random random) {
        List<TraceEvent> tampered = new ArrayList<>(trace);
        int at = random.nextInt(trace.size() - 20);
        TraceEvent event = tampered.get(at);
        switch (random.nextInt(4)) {
            case 0 -> tampered.remove(at);
            case 1 -> tampered.add(at + 1 + random.nextInt(18), tampered.remove(at));
            case 2 -> tampered.add(at, event);
            default ->
                tampered.set(
                        at, new TraceEvent(event.n(), event.time(), event.place(), otherValue(event.event(), random)));
        }
        return tampered;
    }

    private static Event otherValue(Event event, Random random) {
        Content content = new Content(random.nextInt(3));
        if (event instanceof Event.Complete complete) {
            return new Event.Complete(complete.host(), content);
        } else if (event instanceof Event.Start start) {
            return new Event.Start(start.host(), start.location() + 2);
        } else if (event instanceof Event.CopyBlock copy) {
            return new Event.CopyBlock(copy.segment(), copy.block(), content);
        } else if (event instanceof Event.Write write) {
            return new Event.Write(write.host(), write.agent(), write.disk(), 7, write.block(), content);
        } else if (event instanceof Event.BeginCopy copy) {
            return new Event.BeginCopy(copy.fault(), random.nextInt(14));
        } else if (event instanceof Event.Freeze freeze) {
            return new Event.Freeze(freeze.cut(), freeze.version() - 1);
        }
        return event;
    }
}
