package dev.faultline.conformance.tampering;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import dev.faultline.trace.TraceSource;
import dev.faultline.trace.UnusableTraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a trace is still one of the protocol after something was done to it, found by trying and not by assertion. */
final class Explanations {
    private static final String LEFT_OVER = "a message more is on its way, which nobody ever receives";

    private final Conformance conformance;
    private final TraceHeader header;
    private final List<TraceEvent> trace;

    /** Explains what is done to this trace, which is accepted as it is. */
    Explanations(Conformance conformance, TraceHeader header, List<TraceEvent> trace) {
        this.conformance = conformance;
        this.header = header;
        this.trace = List.copyOf(trace);
    }

    /** Returns why the trace is accepted without one of its events. */
    Optional<String> ofDrop(int at) {
        if (event(at) instanceof Event.Perform) {
            return Optional.of("storage's own steps are hidden, and searched for");
        }
        List<TraceEvent> others = without(at);
        TraceEvent dropped = trace.get(at);
        if (isAccepted(with(others, others.size(), dropped))) {
            return Optional.of("it might as well have come last: nothing depends on it");
        }
        if (event(at) instanceof Event.Repeat repeated
                && isAccepted(with(trace, trace.size(), placed(at, new Event.Lose(repeated.message()))))) {
            return Optional.of(LEFT_OVER);
        }
        if (event(at) instanceof Event.CheckBlock checked && isReleased(at, checked.segment())) {
            return Optional.of("another block was seen to be no zeros");
        }
        for (int later = at; later < others.size(); later++) {
            if (isLoss(others.get(later).event()) && isAccepted(with(others, later, dropped))) {
                return Optional.of("a crash undid it before anything depended on it");
            }
        }
        return Optional.empty();
    }

    /** Returns whether the segment that is looked at was seen to hold something. */
    private boolean isReleased(int at, int segment) {
        return trace.stream()
                .skip(at + 1L)
                .map(TraceEvent::event)
                .filter(event -> event instanceof Event.CheckBlock checked
                                && checked.segment() == segment
                                && !checked.value().equals(header.zero())
                        || event instanceof Event.Vacate vacated && vacated.segment() == segment)
                .findFirst()
                .filter(Event.CheckBlock.class::isInstance)
                .isPresent();
    }

    /** Returns why the trace is accepted with one of its events twice. */
    Optional<String> ofDuplicate(int at) {
        if (event(at) instanceof Event.Offer) {
            return Optional.of("an agent may offer the same again");
        }
        if (event(at) instanceof Event.LosePower loss && loss.fallen().isEmpty()) {
            return Optional.of("power may be lost twice");
        }
        return event(at) instanceof Event.Repeat || event(at) instanceof Event.Lose
                ? Optional.of("a message may be there more than once")
                : Optional.empty();
    }

    /** Returns why the trace is accepted with an event and the next one in the other order. */
    Optional<String> ofSwap(int at) {
        List<TraceEvent> both = trace.subList(0, at + 2);
        List<TraceEvent> swapped = new ArrayList<>(both);
        swapped.add(at, swapped.remove(at + 1));
        TraceChecker one = conformance.checker(header);
        TraceChecker other = conformance.checker(header);
        if (isAccepted(one, both) && isAccepted(other, swapped) && one.believesLike(other)) {
            return Optional.of("neither of the two depends on the other");
        }
        if (one.believesLikeButForMessages(other)) {
            return Optional.of(LEFT_OVER);
        }
        return isAccepted(without(at)) || isAccepted(without(at + 1))
                ? Optional.of("one of the two might as well not have been: nothing depends on it")
                : Optional.empty();
    }

    /**
     * Returns why the trace is accepted with something else in one of its events.
     *
     * @param field which of its fields says something else
     * @param altered the event with that
     */
    Optional<String> ofAlteration(int at, String field, TraceEvent altered) {
        if (field.equals("n") || field.equals("time")) {
            return altered.event().equals(event(at))
                            && altered.place().equals(trace.get(at).place())
                    ? Optional.of("numbers and times order the events, and their order is the same")
                    : Optional.empty();
        }
        if (event(at) instanceof Event.Write write) {
            OptionalInt end = endOfIo(at, write.host());
            if (end.isEmpty()) {
                return Optional.of("the write never came to its end: nobody knows what it wrote");
            } else if (isAccepted(withOtherContent(at, write, end.getAsInt()))) {
                return Optional.of("nobody ever read what it wrote");
            }
        }
        return whenItIsTheSame(at, altered)
                .map(later -> later == at
                        ? "the step is another, and leads to the same"
                        : "what it says is gone before anything depends on it")
                .or(() -> isAccepted(without(at))
                        ? Optional.of("it might as well not have been: nothing depends on it")
                        : Optional.empty());
    }

    /** Returns the first event after which the spec believes the same, with the altered event and without. */
    private Optional<Integer> whenItIsTheSame(int at, TraceEvent altered) {
        TraceChecker one = conformance.checker(header);
        TraceChecker two = conformance.checker(header);
        for (int i = 0; i < trace.size(); i++) {
            boolean accepted = one.accept(trace.get(i)).isEmpty()
                    && two.accept(i == at ? altered : trace.get(i)).isEmpty();
            if (!accepted) {
                return Optional.empty();
            } else if (i >= at && one.believesLike(two)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Returns why a trace that ends early is accepted. */
    Optional<String> ofTruncation(List<String> lines, int last) {
        return isRefusedWithoutEnd(lines, last)
                ? Optional.of("a system may stop anywhere; that a file has no end is said")
                : Optional.empty();
    }

    /** Returns whether a file is refused that has the events up to this one, and does not say that there are no more. */
    private static boolean isRefusedWithoutEnd(List<String> lines, int last) {
        try {
            Path cut = Files.createTempFile("faultline", ".ndjson");
            try {
                Files.write(cut, lines.subList(0, last + 2));
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

    private List<TraceEvent> without(int at) {
        List<TraceEvent> others = new ArrayList<>(trace);
        others.remove(at);
        return others;
    }

    /** Returns where the I/O that begins there comes to its end, if it does. */
    private OptionalInt endOfIo(int at, String host) {
        for (int i = at + 1; i < trace.size(); i++) {
            if (event(i) instanceof Event.Complete complete && complete.host().equals(host)) {
                return OptionalInt.of(i);
            } else if (event(i) instanceof Event.Read read && read.host().equals(host)
                    || event(i) instanceof Event.Write write && write.host().equals(host)) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the trace in which a write and its end name a content that nobody else has. */
    private List<TraceEvent> withOtherContent(int at, Event.Write write, int end) {
        Content other = new Content(~write.value().hash());
        List<TraceEvent> events = new ArrayList<>(trace);
        events.set(
                at,
                placed(
                        at,
                        new Event.Write(
                                write.host(), write.agent(), write.disk(), write.segment(), write.block(), other)));
        events.set(end, placed(end, new Event.Complete(write.host(), other)));
        return events;
    }

    private TraceEvent placed(int at, Event event) {
        TraceEvent traced = trace.get(at);
        return new TraceEvent(traced.n(), traced.time(), traced.place(), event);
    }

    private Event event(int at) {
        return trace.get(at).event();
    }

    private static boolean isLoss(Event event) {
        return event instanceof Event.CrashController
                || event instanceof Event.CrashAgent
                || event instanceof Event.Fence;
    }

    private static List<TraceEvent> with(List<TraceEvent> events, int at, TraceEvent event) {
        List<TraceEvent> more = new ArrayList<>(events);
        more.add(at, event);
        return more;
    }

    private boolean isAccepted(List<TraceEvent> events) {
        return isAccepted(conformance.checker(header), events);
    }

    /** Returns whether a checker takes all events. */
    static boolean isAccepted(TraceChecker checker, List<TraceEvent> events) {
        for (TraceEvent event : events) {
            if (checker.accept(event).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
