package dev.faultline.conformance.tampering;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.schedules.SimulatedRun;
import dev.faultline.core.Content;
import dev.faultline.core.Entry;
import dev.faultline.core.Event;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.UnusableTraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Workload WORKLOAD = new Workload(2, 2, 2, 1, 6, 1, 1, 1, new Faults(1, 0, 1, 1, 1));

    private Tampering() {}

    /** A way to change a trace. */
    public enum Kind {
        /** An event is left out. */
        DROP,
        /** An event is there twice. */
        DUPLICATE,
        /** An event and the next one have changed places. */
        SWAP,
        /** A number, a name or a content in an event is another. */
        ALTER,
        /** The trace ends early. */
        TRUNCATE
    }

    /**
     * How one kind of tampering with one action went.
     *
     * @param kind what was done
     * @param action the action of the event that it was done to; of the later one, if two were swapped
     * @param tried how often
     * @param accepted how often the trace was accepted all the same
     * @param why why it was, and how often; fewer than that have no explanation if these are fewer
     */
    public record Row(Kind kind, String action, int tried, int accepted, Map<String, Integer> why) {
        /** Copies the map. */
        public Row {
            why = Collections.unmodifiableMap(new TreeMap<>(why));
        }

        /** Returns how often the trace was accepted without an explanation. */
        public int unexplained() {
            return accepted - why.values().stream().mapToInt(i -> i).sum();
        }

        private Row plus(Row other) {
            Map<String, Integer> both = new TreeMap<>(why);
            other.why.forEach((reason, count) -> both.merge(reason, count, Integer::sum));
            return new Row(kind, action, tried + other.tried, accepted + other.accepted, both);
        }
    }

    /** Tampers with the traces of so many seeds, so often with each trace in each way. Returns the rows in order. */
    public static List<Row> run(Conformance conformance, int seeds, int each) {
        Map<String, Row> rows = new TreeMap<>();
        for (int seed = 1; seed <= seeds; seed++) {
            SimulatedRun run = SimulatedRun.random(conformance, WORKLOAD, seed, Mutant.none());
            if (run.problem().isPresent()) {
                throw new IllegalStateException("seed " + seed + " is rejected as it is: "
                        + run.problem().get().text());
            }
            SplittableRandom random = new SplittableRandom(seed);
            for (Kind kind : Kind.values()) {
                for (int i = 0; i < each; i++) {
                    int at = random.nextInt(run.trace().size() - 1);
                    Optional<List<Event>> changed = changed(kind, run.trace(), at, random);
                    if (changed.isPresent()) {
                        boolean accepted = isAccepted(conformance, run.header(), changed.get());
                        String action = run.trace()
                                .get(kind == Kind.SWAP ? at + 1 : at)
                                .event()
                                .action();
                        Map<String, Integer> why = new TreeMap<>();
                        if (accepted) {
                            explain(conformance, run, kind, at).ifPresent(reason -> why.put(reason, 1));
                        }
                        rows.merge(kind.ordinal() + action, new Row(kind, action, 1, accepted ? 1 : 0, why), Row::plus);
                    }
                }
            }
        }
        return List.copyOf(rows.values());
    }

    /** Returns why a trace is still one of the protocol after this was done to it, if that is known. */
    private static Optional<String> explain(Conformance conformance, SimulatedRun run, Kind kind, int at) {
        List<Event> events =
                new ArrayList<>(run.trace().stream().map(TraceEvent::event).toList());
        Event event = events.get(at);
        return switch (kind) {
            case DROP -> {
                if (event instanceof Event.Perform) {
                    yield Optional.of("storage's own steps are hidden, and searched for");
                }
                yield explainDrop(conformance, run.header(), events, at);
            }
            case SWAP ->
                commute(conformance, run.header(), events, at)
                        ? Optional.of("neither of the two depends on the other")
                        : Optional.empty();
            case DUPLICATE ->
                event instanceof Event.Repeat || event instanceof Event.Lose
                        ? Optional.of("a message may be there more than once")
                        : Optional.empty();
            case ALTER ->
                event instanceof Event.Write write && !isCompleted(events, at, write.host())
                        ? Optional.of("the write never came to its end: nobody knows what it wrote")
                        : Optional.empty();
            case TRUNCATE ->
                isRefusedWithoutEnd(run, at)
                        ? Optional.of("a system may stop anywhere; that a file has no end is said")
                        : Optional.empty();
        };
    }

    /** Returns whether the spec is where it was when an event and the next one have changed places. */
    private static boolean commute(Conformance conformance, TraceHeader header, List<Event> events, int at) {
        List<Event> both = events.subList(0, at + 2);
        List<Event> swapped = new ArrayList<>(both);
        swapped.add(at, swapped.remove(at + 1));
        TraceChecker one = conformance.checker(header);
        TraceChecker other = conformance.checker(header);
        return isAccepted(one, both) && isAccepted(other, swapped) && one.believesLike(other);
    }

    /** Returns whether a file is refused that has the events up to this one, and does not say that there are no more. */
    private static boolean isRefusedWithoutEnd(SimulatedRun run, int last) {
        try {
            Path cut = Files.createTempFile("faultline", ".ndjson");
            try {
                Files.write(cut, run.lines().subList(0, last + 2));
                return isRefused(cut);
            } finally {
                Files.delete(cut);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRefused(Path file) {
        try (TraceSource source = TraceSource.open(file)) {
            while (source.next() != null) {
                // To the end.
            }
            return false;
        } catch (UnusableTraceException e) {
            return true;
        }
    }

    private static Optional<String> explainDrop(
            Conformance conformance, TraceHeader header, List<Event> events, int at) {
        List<Event> others = new ArrayList<>(events);
        Event dropped = others.remove(at);
        if (isAccepted(conformance, header, with(others, others.size(), dropped))) {
            return Optional.of("it might as well have come last: nothing depends on it");
        }
        for (int later = at; later < others.size(); later++) {
            if (isLoss(others.get(later)) && isAccepted(conformance, header, with(others, later, dropped))) {
                return Optional.of("a crash undid it before anything depended on it");
            }
        }
        return Optional.empty();
    }

    private static boolean isLoss(Event event) {
        return event instanceof Event.CrashController
                || event instanceof Event.CrashAgent
                || event instanceof Event.Fence;
    }

    private static List<Event> with(List<Event> events, int at, Event event) {
        List<Event> more = new ArrayList<>(events);
        more.add(at, event);
        return more;
    }

    private static boolean isCompleted(List<Event> events, int at, String host) {
        for (Event event : events.subList(at + 1, events.size())) {
            if (event instanceof Event.Complete complete && complete.host().equals(host)) {
                return true;
            } else if (event instanceof Event.Read read && read.host().equals(host)
                    || event instanceof Event.Write write && write.host().equals(host)) {
                return false;
            }
        }
        return false;
    }

    private static Optional<List<Event>> changed(Kind kind, List<TraceEvent> trace, int at, SplittableRandom random) {
        List<Event> events =
                new ArrayList<>(trace.stream().map(TraceEvent::event).toList());
        switch (kind) {
            case DROP -> events.remove(at);
            case DUPLICATE -> events.add(at, events.get(at));
            case SWAP -> {
                if (events.get(at).equals(events.get(at + 1))) {
                    return Optional.empty();
                }
                events.add(at, events.remove(at + 1));
            }
            case ALTER -> {
                Optional<Event> other = altered(events.get(at), random);
                if (other.isEmpty()) {
                    return Optional.empty();
                }
                events.set(at, other.get());
            }
            case TRUNCATE -> events.subList(at + 1, events.size()).clear();
        }
        return Optional.of(events);
    }

    /** Returns the event with something else in it; empty if there is nothing in it that could be another. */
    private static Optional<Event> altered(Event event, SplittableRandom random) {
        boolean first = random.nextBoolean();
        if (event instanceof Event.Read read) {
            return Optional.of(new Event.Read(
                    read.host(), first ? other(read.agent()) : read.agent(), read.disk(), 1 - read.segment(), 0));
        } else if (event instanceof Event.Write write) {
            return Optional.of(new Event.Write(
                    write.host(), write.agent(), write.disk(), write.segment(), 0, other(write.value())));
        } else if (event instanceof Event.Start start) {
            return Optional.of(new Event.Start(start.host(), start.location() + 1));
        } else if (event instanceof Event.Retry retry) {
            return Optional.of(new Event.Retry(retry.host(), retry.location() + 1));
        } else if (event instanceof Event.Complete complete) {
            return Optional.of(new Event.Complete(complete.host(), other(complete.value())));
        } else if (event instanceof Event.Fault fault) {
            return Optional.of(new Event.Fault(other(fault.host())));
        } else if (event instanceof Event.Perform perform) {
            return Optional.of(new Event.Perform(other(perform.host())));
        } else if (event instanceof Event.CopyBlock copy) {
            return Optional.of(new Event.CopyBlock(copy.segment(), copy.block(), other(copy.value())));
        } else if (event instanceof Event.Switch named) {
            return Optional.of(
                    first
                            ? new Event.Switch(named.segment(), named.version() - 1)
                            : new Event.Switch(1 - named.segment(), named.version()));
        } else if (event instanceof Event.LiftAfterCopy lift) {
            return Optional.of(new Event.LiftAfterCopy(1 - lift.segment(), lift.version()));
        } else if (event instanceof Event.FinishJob finish) {
            return Optional.of(new Event.FinishJob(1 - finish.segment()));
        } else if (event instanceof Event.Freeze freeze) {
            return Optional.of(new Event.Freeze(freeze.cut(), freeze.version() - 1));
        } else if (event instanceof Event.CopyTable copy) {
            return Optional.of(new Event.CopyTable(copy.cut(), copy.version() - 1));
        } else if (event instanceof Event.Remove remove) {
            List<Long> freed = new ArrayList<>(remove.freed());
            freed.set(0, freed.get(0) == Entry.NO_LOCATION ? 0L : Entry.NO_LOCATION);
            return Optional.of(new Event.Remove(remove.disk(), freed));
        } else if (event instanceof Event.ApplyCommand apply) {
            return Optional.of(new Event.ApplyCommand(other(apply.command())));
        } else if (event instanceof Event.AnswerCommand answer) {
            return Optional.of(new Event.AnswerCommand(other(answer.command())));
        } else if (event instanceof Event.ReceiveAnswer receive) {
            Answer answer = receive.answer();
            return Optional.of(new Event.ReceiveAnswer(new Answer(other(answer.command()), answer.entries())));
        } else if (event instanceof Event.ReceiveFault receive) {
            return Optional.of(new Event.ReceiveFault(other(receive.fault())));
        } else if (event instanceof Event.Refresh refresh) {
            return Optional.of(new Event.Refresh(other(refresh.fault())));
        } else if (event instanceof Event.BeginCopy copy) {
            return Optional.of(new Event.BeginCopy(other(copy.fault()), copy.location()));
        } else if (event instanceof Event.LiftUnshared lift) {
            return Optional.of(new Event.LiftUnshared(lift.fault(), lift.version() - 1));
        } else if (event instanceof Event.Delete delete) {
            return Optional.of(new Event.Delete(delete.disk(), delete.version() - 1));
        } else if (event instanceof Event.Recover recover) {
            return Optional.of(new Event.Recover(recover.version() - 1));
        } else if (event instanceof Event.Fence fence) {
            return Optional.of(new Event.Fence(other(fence.agent())));
        } else if (event instanceof Event.CrashAgent crash) {
            return Optional.of(new Event.CrashAgent(other(crash.agent())));
        }
        return Optional.empty();
    }

    private static MappingFault other(MappingFault fault) {
        return new MappingFault(other(fault.agent()), fault.disk(), fault.segment(), fault.kind());
    }

    /** Returns a command that is blocking if the given one is not. */
    private static Command other(Command command) {
        boolean blocking = !command.blocking();
        if (command instanceof SetEntry set) {
            return new SetEntry(set.to(), set.range(), set.entries(), blocking);
        } else if (command instanceof SetEntryState set) {
            return new SetEntryState(set.to(), set.range(), set.state(), set.on(), set.version(), blocking);
        } else if (command instanceof QuiesceDisk quiesce) {
            return new QuiesceDisk(quiesce.to(), quiesce.range(), quiesce.version(), blocking);
        } else if (command instanceof ActivateDisk activate) {
            return new ActivateDisk(activate.to(), activate.range(), activate.version(), blocking);
        }
        return new GetEntry(command.to(), command.range(), blocking);
    }

    private static String other(String name) {
        return name.substring(0, name.length() - 1) + (name.endsWith("1") ? "2" : "1");
    }

    private static Content other(Content content) {
        return new Content(content.hash() ^ 0x5555);
    }

    private static boolean isAccepted(Conformance conformance, TraceHeader header, List<Event> events) {
        return isAccepted(conformance.checker(header), events);
    }

    private static boolean isAccepted(TraceChecker checker, List<Event> events) {
        Map<String, Long> numbers = new HashMap<>();
        long time = 0;
        for (Event event : events) {
            // The numbers are made right: it is the meaning that is tried here.
            String place = "place";
            TraceEvent traced = new TraceEvent(numbers.merge(place, 1L, Long::sum), ++time, place, event);
            if (checker.accept(traced).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
