package dev.faultline.runtime;

import static dev.faultline.runtime.ClusterFixture.DISK;
import static dev.faultline.runtime.ClusterFixture.DISK_BLOCKS;
import static dev.faultline.runtime.ClusterFixture.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Event;
import dev.faultline.core.Message.Command;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceSink;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.TraceWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checker may rely on: every step is in the trace, and the order of its times is an order that happened. */
class ClusterTraceTest {
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
    void theTraceOfARunCanBeReadAndIsDense() throws IOException {
        Path file = folder.resolve("trace");
        ClusterConfig config = fixture.config(new MemoryTableStore());
        try (TraceWriter trace = TraceWriter.create(file, config.header());
                Cluster cluster = Cluster.start(config.withTrace(trace))) {
            runLoad(cluster);
        }
        List<TraceEvent> events = new ArrayList<>();
        try (TraceSource reader = TraceSource.open(file)) {
            assertThat(reader.header()).isEqualTo(config.header());
            // Who follows the files waits for these.
            assertThat(reader.header().places())
                    .contains("controller", "operator")
                    .containsAll(reader.header().agents());
            // The source sees to it that each place's events are dense.
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        assertThat(events)
                .extracting(TraceEvent::time)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
        expectEachCallInOrder(events);
        expectEachMessageSentBeforeItArrives(events);
    }

    /** Who reads the trace meanwhile need not wait for a place at which nothing happens. */
    @Test
    void aPlaceAtWhichNothingHappensSaysThatItIsAlive() throws InterruptedException {
        Map<String, Long> quiet = new ConcurrentHashMap<>();
        Map<String, Long> last = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(5);
        TraceSink sink = new TraceSink() {
            @Override
            public void accept(TraceEvent event) {
                assertThat(event.time()).isGreaterThan(quiet.getOrDefault(event.place(), 0L));
                last.put(event.place(), event.time());
            }

            @Override
            public void quiet(String place, long time) {
                assertThat(time).isGreaterThanOrEqualTo(last.getOrDefault(place, 0L));
                if (quiet.put(place, time) == null) {
                    all.countDown();
                }
            }
        };
        try (Cluster cluster =
                Cluster.start(fixture.config(new MemoryTableStore()).withTrace(sink))) {
            cluster.host("h1").read("a1", DISK, 0, new byte[512]);
            assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(quiet).containsOnlyKeys("a1", "a2", "controller", "operator", "h1");
    }

    /** To interrupt a thread that is writing closes its file, and the whole trace would be lost. */
    @Test
    void closingDoesNotInterruptWhoIsWriting() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        TraceSink sink = new TraceSink() {
            @Override
            public void accept(TraceEvent event) {
                // It is the beats that matter.
            }

            @Override
            public void quiet(String place, long time) {
                if (place.equals("a2") && !interrupted.isDone()) {
                    writing.countDown();
                    try {
                        interrupted.complete(!closed.await(1, TimeUnit.MINUTES));
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    }
                }
            }
        };
        Cluster cluster = Cluster.start(fixture.config(new MemoryTableStore()).withTrace(sink));
        assertThat(writing.await(1, TimeUnit.MINUTES)).isTrue();
        cluster.close();
        closed.countDown();
        assertThat(interrupted.join()).isFalse();
    }

    private void runLoad(Cluster cluster) {
        List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    BulkIo io = cluster.bulk("h" + thread, 3);
                    for (int round = 0; round < 10; round++) {
                        io.write(DISK, 0, ByteBuffer.allocate(DISK_BLOCKS * 512 / 2));
                        io.read(DISK, 0, ByteBuffer.allocate(DISK_BLOCKS * 512 / 2));
                    }
                }))
                .toList();
        cluster.snapshot(DISK, "snap");
        cluster.snapshot(DISK, "snap 2");
        threads.forEach(CompletableFuture::join);
    }

    /** Read or Write, Fault and Start or Retry as often as may be, Complete; then the host's next call. */
    private static void expectEachCallInOrder(List<TraceEvent> events) {
        Map<String, String> lastOfHost = new HashMap<>();
        for (TraceEvent traced : events) {
            Event event = traced.event();
            String host = hostOf(event);
            if (host != null) {
                String before = lastOfHost.getOrDefault(host, "Complete");
                String allowed = switch (event.action()) {
                    case "Read", "Write" -> "Complete";
                    case "Start" -> "Read Write";
                    case "Fault" -> "Read Write Fault";
                    case "Retry" -> "Fault";
                    default -> "Start Retry";
                };
                assertThat(allowed).as("before %s", traced).contains(before);
                lastOfHost.put(host, event.action());
            }
        }
        assertThat(lastOfHost.values()).as("last event of each host").containsOnly("Complete");
    }

    private static String hostOf(Event event) {
        if (event instanceof Event.Read read) {
            return read.host();
        } else if (event instanceof Event.Write write) {
            return write.host();
        } else if (event instanceof Event.Start start) {
            return start.host();
        } else if (event instanceof Event.Retry retry) {
            return retry.host();
        } else if (event instanceof Event.Fault fault) {
            return fault.host();
        }
        return event instanceof Event.Complete complete ? complete.host() : null;
    }

    /** Each command is applied, answered, and its answer received, in this order, as often as the one before. */
    private static void expectEachMessageSentBeforeItArrives(List<TraceEvent> events) {
        Map<Command, Integer> stepsOfCommand = new HashMap<>();
        for (TraceEvent traced : events) {
            if (traced.event() instanceof Event.ApplyCommand apply) {
                expectStep(stepsOfCommand, apply.command(), 0, traced);
            } else if (traced.event() instanceof Event.AnswerCommand answer) {
                expectStep(stepsOfCommand, answer.command(), 1, traced);
            } else if (traced.event() instanceof Event.ReceiveAnswer receive) {
                expectStep(stepsOfCommand, receive.answer().command(), 2, traced);
            }
        }
        assertThat(stepsOfCommand.values())
                .as("steps of each command")
                .isNotEmpty()
                .allMatch(steps -> steps % 3 == 0);
    }

    private static void expectStep(Map<Command, Integer> steps, Command command, int step, TraceEvent traced) {
        assertThat(steps.merge(command, 1, Integer::sum) - 1)
                .as("steps before %s", traced)
                .matches(n -> n % 3 == step);
    }

    @Test
    void storageIsUsedBetweenStartAndComplete() {
        List<Long> startedAndNotCompleted = new ArrayList<>();
        fixture.storageProbe = (write, location, block) -> startedAndNotCompleted.add(inFlight());
        try (Cluster cluster = fixture.start()) {
            for (int i = 0; i < 20; i++) {
                cluster.host("h1").write("a1", DISK, 0, block(i));
                assertThat(inFlight()).as("completed before the call returned").isZero();
            }
        }
        assertThat(startedAndNotCompleted).hasSize(20).containsOnly(1L);
    }

    private long inFlight() {
        return count(event -> event instanceof Event.Start || event instanceof Event.Retry)
                - count(event -> event instanceof Event.Complete);
    }

    @Test
    void aCallThatBeginsAfterAnotherHasReturnedIsLater() {
        try (Cluster cluster = fixture.start()) {
            for (int i = 0; i < 500; i++) {
                cluster.host("h" + i % 3).write(i % 2 == 0 ? "a1" : "a2", DISK, i % DISK_BLOCKS, block(i));
            }
        }
        List<String> calls = fixture.trace.stream()
                .sorted((one, other) -> Long.compare(one.time(), other.time()))
                .map(TraceEvent::event)
                .filter(event -> event instanceof Event.Write || event instanceof Event.Complete)
                .map(event -> event.action() + " " + hostOf(event))
                .toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add("Write h" + i % 3);
            expected.add("Complete h" + i % 3);
        }
        assertThat(calls).isEqualTo(expected);
    }

    @Test
    void noAgentIsToldBeforeTheTablesAreDurable() {
        List<String> early = new ArrayList<>();
        try (Cluster cluster = fixture.start()) {
            Host host = cluster.host("h1");
            host.write("a1", DISK, 0, block(1));
            fixture.tablesProbe = changes -> {
                long commandsBefore = commandsApplied();
                sleep();
                if (commandsApplied() > commandsBefore) {
                    early.add("an agent was told of " + changes);
                }
            };
            cluster.snapshot(DISK, "snap");
            host.write("a2", DISK, 0, block(2));
        }
        assertThat(early).isEmpty();
        assertThat(count(event -> event instanceof Event.LiftAfterCopy)).isPositive();
    }

    @Test
    void aSnapshotThatCannotBeIsNoStepAtAll() {
        try (Cluster cluster = fixture.start()) {
            cluster.snapshot(DISK, "snap");
            long before = fixture.trace.size();
            assertThatThrownBy(() -> cluster.snapshot(DISK, "snap")).isInstanceOf(IllegalArgumentException.class);
            assertThat(fixture.trace).hasSize((int) before);
        }
    }

    private long commandsApplied() {
        return count(event -> event instanceof Event.ApplyCommand);
    }

    private long count(Predicate<Event> what) {
        return fixture.trace.stream().map(TraceEvent::event).filter(what).count();
    }

    private static void sleep() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
