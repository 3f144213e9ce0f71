package dev.faultline.conformance.checking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.slices.AskingSlice;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.conformance.slices.Steps;
import dev.faultline.core.Content;
import dev.faultline.core.Entry;
import dev.faultline.core.Event;
import dev.faultline.core.Kind;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.OldBlock;
import dev.faultline.core.Rules;
import dev.faultline.core.SegmentRange;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link Steps} searches for, against the plain meaning: storage may perform any I/O at any time. */
class HiddenStepsTest {
    private static final Workload CROWDED = new Workload(2, 4, 1, 1, 4, 1, 0, 0);
    private static final Workload FAILING = new Workload(2, 3, 1, 1, 8, 0, 0, 0, new Faults(4, 2, 0, 0, 0));
    private static final Workload LOSING_POWER = new Workload(2, 3, 1, 1, 6, 0, 0, 0).withPower(6, 4);
    private static final int RUNS = 15;

    private final Conformance conformance = new Conformance();

    @AfterEach
    void close() {
        conformance.close();
    }

    @Test
    void theSearchAcceptsWhatThePlainMeaningAccepts() {
        compare(CROWDED);
    }

    /** An I/O of an agent that is fenced or has crashed may have been performed before, and is never afterwards. */
    @Test
    void theSearchAcceptsWhatThePlainMeaningAcceptsAlsoWhenAgentsFail() {
        compare(FAILING);
    }

    /** What was not flushed when power was lost may have fallen back, whenever the flushes under way were performed. */
    @Test
    void theSearchAcceptsWhatThePlainMeaningAcceptsAlsoWhenStorageLosesPower() {
        compare(LOSING_POWER);
    }

    private static void compare(Workload workload) {
        Simulation any = new Simulation(workload, 0, Rules.ALL, traced -> {});
        int overlapping = 0;
        int refused = 0;
        try (LoadedSpec spec = SliceSpec.load(any.header())) {
            for (int seed = 0; seed < RUNS; seed++) {
                List<TraceEvent> trace = withoutPerform(workload, seed);
                overlapping += verdict(spec, any.header(), trace) > 1 ? 1 : 0;
                Random random = new Random(seed);
                for (TraceEvent traced : trace) {
                    if (traced.event() instanceof Event.Complete complete) {
                        List<TraceEvent> altered = new ArrayList<>(trace);
                        Event other = new Event.Complete(complete.host(), anyContent(trace, random));
                        altered.set(
                                trace.indexOf(traced),
                                new TraceEvent(traced.n(), traced.time(), traced.place(), other));
                        refused += verdict(spec, any.header(), altered) == 0 ? 1 : 0;
                    } else if (traced.event() instanceof Event.LosePower) {
                        List<TraceEvent> altered = new ArrayList<>(trace);
                        Event other = new Event.LosePower(List.of(new OldBlock(0, 0, anyContent(trace, random))));
                        altered.set(
                                trace.indexOf(traced),
                                new TraceEvent(traced.n(), traced.time(), traced.place(), other));
                        refused += verdict(spec, any.header(), altered) == 0 ? 1 : 0;
                    }
                }
            }
        }
        assertThat(overlapping).as("runs in which I/Os overlap").isGreaterThan(RUNS / 2);
        assertThat(refused).as("runs that are refused").isGreaterThan(RUNS);
    }

    /** Checks a trace in both ways; returns how many states the search believed at most, or 0 if it is refused. */
    private static int verdict(LoadedSpec spec, TraceHeader header, List<TraceEvent> trace) {
        TraceChecker searching =
                new TraceChecker(spec, header, new AskingSlice(new Plain(spec), new Steps(spec), spec.initialStates()));
        TraceChecker plain =
                new TraceChecker(spec, header, new AnyTimeSlice(new Plain(spec), spec, spec.initialStates()));
        for (TraceEvent traced : trace) {
            boolean refused = plain.accept(traced).isPresent();
            assertThat(searching.accept(traced).isPresent())
                    .as("%s is refused", traced)
                    .isEqualTo(refused);
            if (refused) {
                return 0;
            }
        }
        assertThat(searching.mostBelieved()).isLessThanOrEqualTo(plain.mostBelieved());
        return searching.mostBelieved();
    }

    private static List<TraceEvent> withoutPerform(Workload workload, long seed) {
        List<TraceEvent> trace = new ArrayList<>();
        Simulation simulation = new Simulation(workload, seed, Rules.ALL, trace::add);
        Schedule schedule = Schedule.random(seed);
        while (schedule.step(simulation)) {
            // To the end.
        }
        trace.removeIf(traced -> traced.event() instanceof Event.Perform);
        return trace;
    }

    private static Content anyContent(List<TraceEvent> trace, Random random) {
        List<Content> contents = trace.stream()
                .filter(traced -> traced.event() instanceof Event.Write)
                .map(traced -> ((Event.Write) traced.event()).value())
                .toList();
        return contents.get(random.nextInt(contents.size()));
    }

    @Test
    void readsThatOverlapAreNotMultiplied() {
        TraceHeader header = new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 1, 1, new Content(0));
        TraceChecker checker = conformance.checker(header);
        List<Event> events = new ArrayList<>(entryAsked(Kind.READ));
        for (int host = 1; host < 8; host++) {
            events.add(new Event.Read("h" + host, "a1", "disk", 0, 0));
            events.add(new Event.Start("h" + host, 0));
        }
        for (int host = 0; host < 8; host++) {
            events.add(new Event.Complete("h" + host, header.zero()));
        }
        Placed placed = new Placed();
        for (Event event : events) {
            assertThat(checker.accept(placed.next(event))).isEmpty();
        }
        assertThat(checker.mostBelieved()).isEqualTo(1);
    }

    /** One of two writes that overlap is read; the other, which ends later, was before it, for the same is read again. */
    @Test
    void whichWriteWasTheLastIsSearchedForWhateverTheHostsAreCalled() {
        for (int last = 1; last <= 2; last++) {
            TraceHeader header =
                    new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 1, 1, new Content(0));
            TraceChecker checker = conformance.checker(header);
            List<Event> events = new ArrayList<>(entryAsked(Kind.WRITE));
            events.add(new Event.Complete("h0", new Content(9)));
            for (int host = 1; host <= 2; host++) {
                events.add(new Event.Write("h" + host, "a1", "disk", 0, 0, new Content(host)));
                events.add(new Event.Start("h" + host, 0));
            }
            events.addAll(readOf(new Content(last)));
            events.add(new Event.Complete("h" + (3 - last), new Content(3 - last)));
            events.addAll(readOf(new Content(last)));
            Placed placed = new Placed();
            for (Event event : events) {
                assertThat(checker.accept(placed.next(event)))
                        .as("%s, when the last write is that of h%d", event, last)
                        .isEmpty();
            }
        }
    }

    private static List<Event> readOf(Content content) {
        return List.of(
                new Event.Read("h3", "a1", "disk", 0, 0), new Event.Start("h3", 0), new Event.Complete("h3", content));
    }

    /** Returns how a host's first I/O gets an entry for its agent, and goes on. */
    private static List<Event> entryAsked(Kind kind) {
        MappingFault fault = new MappingFault("a1", "disk", 0, kind);
        SetEntry command = new SetEntry("a1", SegmentRange.of("disk", 0), List.of(Entry.at(0)), false);
        return List.of(
                kind == Kind.READ
                        ? new Event.Read("h0", "a1", "disk", 0, 0)
                        : new Event.Write("h0", "a1", "disk", 0, 0, new Content(9)),
                new Event.Fault("h0"),
                new Event.ReceiveFault(fault),
                new Event.Refresh(fault),
                new Event.ApplyCommand(command),
                new Event.Retry("h0", 0));
    }

    /** A slice that believes whatever can be when storage performs I/Os at any time. */
    private static final class AnyTimeSlice implements Slice {
        private final Plain plain;
        private final LoadedSpec spec;
        private Set<SpecState> states;

        AnyTimeSlice(Plain plain, LoadedSpec spec, Collection<SpecState> states) {
            this.plain = plain;
            this.spec = spec;
            this.states = new LinkedHashSet<>(states);
        }

        @Override
        public Slice fork() {
            return new AnyTimeSlice(plain, spec, states);
        }

        @Override
        public int size() {
            return states.size();
        }

        @Override
        public Set<SpecState> believed() {
            return states;
        }

        @Override
        public Optional<Denial> step(Claim claim, Naming naming) {
            SpecValue[] arguments = plain.values(claim.arguments().apply(naming));
            Set<SpecState> after = new LinkedHashSet<>();
            states.forEach(state -> after.addAll(spec.successors(state, claim.action(), arguments)));
            if (after.isEmpty()) {
                return states.stream()
                        .flatMap(state -> spec.explain(state, claim.action(), arguments).stream())
                        .findFirst();
            }
            states = withPerformed(after);
            return Optional.empty();
        }

        private Set<SpecState> withPerformed(Set<SpecState> from) {
            Set<SpecState> all = new LinkedHashSet<>(from);
            Deque<SpecState> open = new ArrayDeque<>(from);
            while (!open.isEmpty()) {
                SpecState state = open.remove();
                for (String host : CROWDED.hostNames()) {
                    for (SpecState next : spec.successors(state, spec.action("Perform"), spec.value(host))) {
                        if (all.add(next)) {
                            open.add(next);
                        }
                    }
                }
            }
            return all;
        }
    }
}
