package dev.faultline.conformance.checking;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.names.Naming;
import dev.faultline.conformance.projection.ActiveIo;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.projection.Projection;
import dev.faultline.conformance.slices.Slice;
import dev.faultline.core.Event;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.spec.engine.Denial;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.Emitter;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a trace against the spec, event by event. For one thread at a time, and one trace.
 *
 * <p>The trace is cut into slices, one for each segment, and each slice is checked on its own with a spec of one
 * segment: a state stays small however large the disks are. A step that concerns many segments must be right in all of
 * their slices. Four things tie slices together, and are checked here: a host has one I/O under way in all, a location
 * belongs to one segment, also when it was freed (the code uses none twice, but for what it was copying to when it
 * crashed), versions grow over all segments, and an answer that tells entries is one that was sent as a whole. Segments that no event has singled out are all in the same state, and
 * share one slice.
 */
public final class TraceChecker {
    private final TraceHeader header;
    private final LoadedSpec spec;
    private final Plain plain;
    private final Projection projection;
    private final Slice untouched;
    private final Map<Integer, Slice> slices = new HashMap<>();
    private final Map<String, ActiveIo> active = new HashMap<>();
    private final Map<Long, Integer> segmentOfLocation = new HashMap<>();
    private final Map<Integer, Long> copying = new HashMap<>();
    private final WholeAnswers answers = new WholeAnswers();
    private final Outcomes outcomes = new Outcomes();
    private final Recent recent = new Recent();
    private long highestVersion;
    private long events;
    private int mostBelieved = 1;

    /**
     * Makes a checker for a trace with this header.
     *
     * @param spec the spec, loaded for it
     * @param untouched a slice of which there is no event yet
     */
    public TraceChecker(LoadedSpec spec, TraceHeader header, Slice untouched) {
        this.spec = spec;
        this.header = header;
        this.untouched = untouched;
        plain = new Plain(spec);
        projection = new Projection(spec, header, host -> active.getOrDefault(host, ActiveIo.NONE));
    }

    private Naming naming(int segment) {
        return new Naming(header, segment);
    }

    /** Returns how many events were accepted. */
    public long events() {
        return events;
    }

    /** Returns the most states that the spec believed at once in a slice. */
    public int mostBelieved() {
        return mostBelieved;
    }

    /** Returns whether this and another checker of such a trace believe the same of all segments. */
    public boolean believesLike(TraceChecker other) {
        return slices.keySet().equals(other.slices.keySet())
                && (slices.size() == header.segments() || untouched.believed().equals(other.untouched.believed()))
                && slices.entrySet().stream()
                        .allMatch(slice -> slice.getValue()
                                .believed()
                                .equals(other.slice(slice.getKey()).believed()));
    }

    /** Returns how many events there were of each action, with each outcome. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** Takes the next event. After a rejection, the checker takes no more. */
    public Optional<Rejection> accept(TraceEvent traced) {
        Event event = traced.event();
        Claim claim = event.accept(projection);
        Optional<Rejection> rejection = outOfBounds(traced, claim);
        if (rejection.isEmpty()) {
            rejection = betweenSlices(traced, claim);
        }
        if (rejection.isEmpty()) {
            rejection = inSlicesAndAsAWhole(traced, claim);
        }
        if (rejection.isEmpty() && event instanceof Event.Versioned change) {
            rejection = afterSlices(traced, claim, change.version());
        }
        if (rejection.isEmpty()) {
            rejection = atItsPlace(traced, claim);
        }
        if (rejection.isEmpty()) {
            note(event);
            events++;
            outcomes.note(event);
            recent.add(traced, claim);
        }
        return rejection.map(r -> r.after(recent));
    }

    private Optional<Rejection> inSlicesAndAsAWhole(TraceEvent traced, Claim claim) {
        List<SpecValue> answer;
        try {
            answer = wholeAnswer(traced.event(), claim);
        } catch (SpecEvaluationException e) {
            // If slices refuse it too, they say more about what is wrong with it.
            return inSlices(traced, claim)
                    .or(() -> Optional.of(refuse(
                            traced, claim.firstSegment(), claim.action().name(), String.valueOf(e.getMessage()))));
        }
        Optional<Rejection> rejection = inSlices(traced, claim);
        return rejection.isEmpty() && !answer.isEmpty() ? asAWhole(traced, answer) : rejection;
    }

    private Optional<Rejection> inSlices(TraceEvent traced, Claim claim) {
        int end = claim.firstSegment() + claim.segments();
        if (claim.segments() == header.segments() && claim.segments() > 1) {
            if (saysSomethingOfEachSegment(traced.event())) {
                touchWhatDiffers(claim);
            }
            // Whatever segment it is applied to: the untouched ones differ in nothing.
            int any = firstUntouched();
            Optional<Rejection> rejection =
                    any == header.segments() ? Optional.empty() : inSlice(traced, claim, untouched, any);
            for (Map.Entry<Integer, Slice> slice : slices.entrySet()) {
                if (rejection.isEmpty()) {
                    rejection = inSlice(traced, claim, slice.getValue(), slice.getKey());
                }
            }
            return rejection;
        }
        for (int segment = claim.firstSegment(); segment < end; segment++) {
            Optional<Rejection> rejection = inSlice(traced, claim, slice(segment), segment);
            if (rejection.isPresent()) {
                return rejection;
            }
        }
        return Optional.empty();
    }

    /**
     * Returns whether an event, which says something of so many segments, must do so of all. A slice would not notice if a
     * command came in two parts.
     */
    private static boolean isForWholeDisks(Event event, int segments) {
        if (event instanceof Event.Carrying carrying) {
            Message message = carrying.message() instanceof Answer answer ? answer.command() : carrying.message();
            return message instanceof Command && !(message instanceof SetEntry && segments == 1);
        }
        return event instanceof Event.Remove;
    }

    private static boolean saysSomethingOfEachSegment(Event event) {
        return event instanceof Event.Remove
                || event instanceof Event.Carrying carrying
                        && carrying.message().carriesEntries();
    }

    private int firstUntouched() {
        int segment = 0;
        while (slices.containsKey(segment)) {
            segment++;
        }
        return segment;
    }

    /** Gives slices to the untouched segments of which the event says something else than of the first of them. */
    private void touchWhatDiffers(Claim claim) {
        List<Object> first = List.of();
        for (int segment = firstUntouched(); segment < header.segments(); segment++) {
            if (!slices.containsKey(segment)) {
                List<Object> arguments = claim.arguments().apply(naming(segment));
                if (first.isEmpty()) {
                    first = arguments;
                } else if (!arguments.equals(first)) {
                    slice(segment);
                }
            }
        }
    }

    private Slice slice(int segment) {
        return slices.computeIfAbsent(segment, s -> untouched.fork());
    }

    private Optional<Rejection> inSlice(TraceEvent traced, Claim claim, Slice slice, int segment) {
        int believed = slice.size();
        try {
            Optional<Denial> denial = slice.step(claim, naming(segment));
            mostBelieved = Math.max(mostBelieved, slice.size());
            return denial.map(d -> Rejection.of(events + 1, traced, segment, d, believed));
        } catch (SpecEvaluationException e) {
            return Optional.of(refuse(traced, segment, claim.action().name(), String.valueOf(e.getMessage())));
        }
    }

    private Optional<Rejection> outOfBounds(TraceEvent traced, Claim claim) {
        if (claim.firstSegment() < 0 || (long) claim.firstSegment() + claim.segments() > header.segments()) {
            return Optional.of(refuse(
                    traced,
                    claim.firstSegment(),
                    "Segments",
                    "the disks have the segments 0 to " + (header.segments() - 1) + " only"));
        }
        if (claim.segments() != header.segments() && isForWholeDisks(traced.event(), claim.segments())) {
            return Optional.of(refuse(
                    traced,
                    claim.firstSegment(),
                    "Segments",
                    "this is about all " + header.segments() + " segments of a disk, and must not be cut"));
        }
        int block = blockOf(traced.event());
        if (block < 0 || block >= header.blocks()) {
            return Optional.of(refuse(
                    traced,
                    claim.firstSegment(),
                    "Blocks",
                    "a segment has the blocks 0 to " + (header.blocks() - 1) + " only"));
        }
        return Optional.empty();
    }

    /** Returns the block that a host asks for; a block that there is, for other events. */
    private static int blockOf(Event event) {
        return event instanceof Event.Read read ? read.block() : event instanceof Event.Write write ? write.block() : 0;
    }

    private Optional<Rejection> betweenSlices(TraceEvent traced, Claim claim) {
        Event event = traced.event();
        @Nullable
        String host = event instanceof Event.Read read
                ? read.host()
                : event instanceof Event.Write write ? write.host() : null;
        ActiveIo busy = host == null ? null : active.get(host);
        if (busy != null) {
            // The slice in which the host has its I/O says why it may not have another.
            return inSlice(traced, claim, slice(busy.segment()), busy.segment());
        }
        if (event instanceof Event.BeginCopy copy) {
            int owner = ownerOf(copy.location());
            if (owner >= 0 && owner != copy.fault().segment()) {
                return Optional.of(refuse(
                        traced,
                        copy.fault().segment(),
                        "Unused",
                        "location " + copy.location() + " belongs to segment " + owner));
            }
        }
        return Optional.empty();
    }

    /** A slice knows its own versions only, and says more about them: so it is asked first. */
    private Optional<Rejection> afterSlices(TraceEvent traced, Claim claim, long version) {
        if (version <= highestVersion) {
            return Optional.of(refuse(
                    traced,
                    claim.firstSegment(),
                    "IsNewVersion",
                    "version " + version + " comes after version " + highestVersion));
        }
        highestVersion = version;
        return Optional.empty();
    }

    /** Returns the answer to get_entry that an event sends or is about, segment by segment; nothing if slices will do. */
    private List<SpecValue> wholeAnswer(Event event, Claim claim) {
        boolean sends = event instanceof Event.AnswerCommand answered && answered.command() instanceof GetEntry;
        boolean moves = event instanceof Event.Carrying carrying
                && carrying.message() instanceof Answer answer
                && answer.command() instanceof GetEntry;
        if (header.segments() == 1 || !sends && !moves) {
            return List.of();
        }
        if (moves) {
            touchWhatDiffers(claim);
        }
        int any = firstUntouched();
        List<SpecValue> parts = new ArrayList<>(Collections.nCopies(
                header.segments(),
                any == header.segments() ? plain.value(List.of()) : part(untouched, any, claim, sends)));
        slices.forEach((segment, slice) -> parts.set(segment, part(slice, segment, claim, sends)));
        return parts;
    }

    /** Returns a segment's part of an answer: the one that the spec sends, or the one that the event says. */
    private SpecValue part(Slice slice, int segment, Claim claim, boolean sends) {
        SpecValue said = plain.value(claim.arguments().apply(naming(segment)).get(0));
        if (!sends) {
            return said;
        }
        // The entries of agents follow from the events: the believed states do not differ in them.
        SpecState state = slice.believed().iterator().next();
        return spec.evaluate(state, "AnswerTo", said, spec.evaluate(state, "Obtained", said));
    }

    private Optional<Rejection> asAWhole(TraceEvent traced, List<SpecValue> answer) {
        Event event = traced.event();
        if (event instanceof Event.AnswerCommand) {
            answers.add(answer);
        } else if (!answers.has(answer)) {
            return Optional.of(refuse(
                    traced,
                    0,
                    "m \\in DOMAIN net",
                    "there is no such answer on its way: its entries are of several answers"));
        } else if (event instanceof Event.Repeat) {
            answers.add(answer);
        } else {
            answers.remove(answer);
        }
        return Optional.empty();
    }

    /** The spec does not know places: a step that is right may still be said to have been taken by somebody else. */
    private Optional<Rejection> atItsPlace(TraceEvent traced, Claim claim) {
        return Emitter.place(
                        traced.event(),
                        host -> Optional.ofNullable(active.get(host)).map(ActiveIo::agent))
                .filter(place -> !place.equals(traced.place()))
                .map(place -> refuse(
                        traced,
                        claim.firstSegment(),
                        "Place",
                        "it is a step of " + place + ", but the trace has it at " + traced.place()));
    }

    private int ownerOf(long location) {
        if (location >= 0 && location < (long) header.disks().size() * header.segments()) {
            return (int) (location % header.segments());
        }
        return segmentOfLocation.getOrDefault(location, -1);
    }

    private Rejection refuse(TraceEvent traced, int segment, String operator, String why) {
        String action = traced.event().action();
        return new Rejection(
                events + 1,
                traced,
                segment,
                action,
                List.of(action, operator),
                why,
                action + " is not allowed here: `" + operator + "` is false: " + why,
                1,
                List.of(),
                List.of());
    }

    /** Keeps what later events need to know of an accepted one. */
    private void note(Event event) {
        if (event instanceof Event.Read read) {
            active.put(read.host(), new ActiveIo(read.agent(), read.segment(), read.block()));
        } else if (event instanceof Event.Write write) {
            active.put(write.host(), new ActiveIo(write.agent(), write.segment(), write.block()));
        } else if (event instanceof Event.Complete complete) {
            active.remove(complete.host());
        } else if (event instanceof Event.Reject reject) {
            active.remove(reject.host());
        } else if (event instanceof Event.Refuse refuse) {
            active.remove(refuse.host());
        } else if (event instanceof Event.Abandon abandon) {
            active.remove(abandon.host());
        } else if (event instanceof Event.BeginCopy copy) {
            segmentOfLocation.put(copy.location(), copy.fault().segment());
            copying.put(copy.fault().segment(), copy.location());
        } else if (event instanceof Event.Switch named) {
            copying.remove(named.segment());
        } else if (event instanceof Event.CrashController) {
            // What was being copied to is not in the tables: it is free again, for any segment.
            segmentOfLocation.keySet().removeAll(copying.values());
            copying.clear();
        }
    }
}
