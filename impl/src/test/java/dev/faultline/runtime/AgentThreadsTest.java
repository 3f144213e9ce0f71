package dev.faultline.runtime;

import static dev.faultline.runtime.Interleavings.expect;
import static dev.faultline.runtime.Interleavings.start;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.AgentCore;
import dev.faultline.core.AgentRules;
import dev.faultline.core.Content;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Io;
import dev.faultline.core.Message;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.SegmentRange;
import dev.faultline.runtime.Interleavings.Other;
import dev.faultline.trace.TraceSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A running agent with an I/O thread, hosts, and a controller, who is the program: commands arrive while I/O is admitted,
 * under way and held. Storage is told from which moment on nothing may reach a location. Each program is run many times,
 * with I/Os that take longer or shorter: the cores have too many steps for the model checker to get to those that matter.
 */
class AgentThreadsTest {
    private static final String DISK = "disk";
    private static final SegmentRange SEGMENT = SegmentRange.of(DISK, 0);
    private static final int OLD = 1;
    private static final int NEW = 2;
    private static final int RUNS = Integer.getInteger("faultline.runs", 200);

    /** A mutant shows in one run of a few. */
    private static final int MOST_RUNS_OF_A_MUTANT = 20_000;

    private static final int SLOW_NANOS = 50_000;
    private static final String REFUSED = "no write at this location now";

    /** An agent whose controller is the program, with storage that refuses what comes when it must not. */
    private static final class Subject implements StorageContainer {
        final List<Message> sent = new CopyOnWriteArrayList<>();
        final List<Long> written = new CopyOnWriteArrayList<>();
        final PendingCalls pending = new PendingCalls(Duration.ofSeconds(60));
        private final AtomicLong clock = new AtomicLong();
        private final IoPool ioPool = new IoPool(1, pending::fail);
        private final AgentLoop agent;

        /** Where nothing may be written any more, or yet. */
        private volatile long closed = Entry.NO_LOCATION;

        Subject(AgentRules rules) {
            Geometry geometry = new Geometry(1, 1, 1);
            DiskNames disks = new DiskNames();
            disks.add(List.of(DISK));
            agent = new AgentLoop(
                    new AgentCore("a1", 1, rules),
                    place("a1"),
                    new Surroundings(geometry, this, ioPool, pending, new Counters(), disks),
                    sent::add);
            ioPool.loops().forEach(Loop::start);
            agent.loop().start();
            // Answered or not, it comes before whatever this thread tells the agent later.
            tell(new SetEntry("a1", SEGMENT, List.of(Entry.at(OLD).under(1)), false));
        }

        private Place place(String name) {
            return new Place(name, clock, TraceSink.NONE);
        }

        void tell(Command command) {
            agent.loop().put(new AgentLoop.Arrived(command));
        }

        /** Begins to write. */
        CompletableFuture<Void> write(String host) {
            CompletableFuture<Void> answer = pending.begin();
            agent.loop().put(new HostCall(place(host), "a1", DISK, 0, 0, new byte[1], new Content(0), answer));
            return answer;
        }

        /** Tells the agent, and waits for its answer; from the answer on, nothing may be written at the location. */
        void tellAndClose(Command command, long location) {
            tell(command);
            while (!isAnswered(command)) {
                pending.throwFailure();
                Loop.giveWay();
            }
            closed = location;
            pending.throwFailure();
        }

        void open() {
            closed = Entry.NO_LOCATION;
        }

        private boolean isAnswered(Command command) {
            return sent.stream()
                    .anyMatch(message ->
                            message instanceof Answer answer && answer.command().equals(command));
        }

        void await(CompletableFuture<Void> call) {
            pending.await(call, () -> "the write");
        }

        /** Ends the threads when so many writes were performed, each of them once. */
        void stopAfter(int writes) {
            expect(written.size() == writes, writes + " writes, each performed once", written);
            long deadlineNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            List<Loop<?>> loops = new ArrayList<>(ioPool.loops());
            loops.add(agent.loop());
            for (Loop<?> loop : loops) {
                expect(loop.stop(deadlineNanos), "the end of " + loop.name(), written);
            }
        }

        @Override
        public void write(long location, int block, byte[] source) {
            if (ThreadLocalRandom.current().nextBoolean()) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(SLOW_NANOS));
            }
            written.add(location);
            // Looked at when the write is over, so that one which was still under way is found too.
            expect(location != closed, REFUSED, written);
        }

        @Override
        public void flush() {
            // Nobody asks for it.
        }

        @Override
        public void read(long location, int block, byte[] destination) {
            throw new AssertionError("nobody reads");
        }
    }

    private static final SetEntryState NO_WRITE = new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, true, 2, true);
    private static final SetEntry PUBLISH =
            new SetEntry("a1", SEGMENT, List.of(Entry.at(NEW).under(3)), true);
    private static final QuiesceDisk QUIESCE = new QuiesceDisk("a1", SEGMENT, 2, true);
    private static final ActivateDisk ACTIVATE = new ActivateDisk("a1", SEGMENT, 3, false);

    /** The write of h1 is under way when the command comes, or is held back by it; that of h2 comes at any time. */
    private static void forbidWrites(AgentRules rules) {
        Subject subject = new Subject(rules);
        CompletableFuture<Void> first = subject.write("h1");
        Other other = start(() -> subject.await(subject.write("h2")));
        subject.tellAndClose(NO_WRITE, OLD);
        subject.tell(PUBLISH);
        subject.await(first);
        other.await();
        subject.stopAfter(2);
    }

    private static void publish(AgentRules rules) {
        Subject subject = new Subject(rules);
        CompletableFuture<Void> first = subject.write("h1");
        Other other = start(() -> subject.await(subject.write("h2")));
        subject.tellAndClose(PUBLISH, OLD);
        subject.await(first);
        subject.await(subject.write("h1"));
        other.await();
        subject.stopAfter(3);
    }

    /** A write is under way when the barrier comes, another is held, and that of h2 comes while the barrier ends. */
    private static void holdAndActivate(AgentRules rules) {
        Subject subject = new Subject(rules);
        CompletableFuture<Void> first = subject.write("h1");
        subject.tellAndClose(QUIESCE, OLD);
        Other other = start(() -> subject.await(subject.write("h2")));
        subject.open();
        subject.tell(ACTIVATE);
        subject.await(first);
        other.await();
        subject.stopAfter(2);
    }

    private static void repeat(int runs, Consumer<AgentRules> program, AgentRules rules) {
        for (int i = 0; i < runs; i++) {
            program.accept(rules);
        }
    }

    private static void expectFound(Consumer<AgentRules> program, AgentRules mutant) {
        assertThatThrownBy(() -> repeat(MOST_RUNS_OF_A_MUTANT, program, mutant)).hasMessageContaining(REFUSED);
    }

    @Test
    void onceABlockingCommandIsAnsweredNoWriteReachesTheLocation() {
        repeat(RUNS, AgentThreadsTest::forbidWrites, AgentRules.ALL);
    }

    @Test
    void onceAnEntryIsPublishedWritesReachTheNewLocationAlone() {
        repeat(RUNS, AgentThreadsTest::publish, AgentRules.ALL);
    }

    @Test
    void nothingPassesABarrierAndAllThatItHeldOrThatComesAsItEndsIsPerformed() {
        repeat(RUNS, AgentThreadsTest::holdAndActivate, AgentRules.ALL);
    }

    /** Without drain. */
    @Test
    void anAgentThatAnswersBeforeItsIoHasEndedIsFoundOut() {
        AgentRules rules = new AgentRules() {
            @Override
            public boolean answersOnlyWhenDrained(Set<String> awaited) {
                return true;
            }
        };
        expectFound(AgentThreadsTest::forbidWrites, rules);
        expectFound(AgentThreadsTest::publish, rules);
    }

    /** Without admission. */
    @Test
    void anAgentThatStartsWhatItsEntryForbidsIsFoundOut() {
        AgentRules rules = new AgentRules() {
            @Override
            public boolean startsOnlyWhenAllowed(Io io, Entry entry) {
                return true;
            }
        };
        expectFound(AgentThreadsTest::forbidWrites, rules);
        expectFound(AgentThreadsTest::holdAndActivate, rules);
    }
}
