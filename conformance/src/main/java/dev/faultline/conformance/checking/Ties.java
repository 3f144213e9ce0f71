package dev.faultline.conformance.checking;

import dev.faultline.conformance.projection.ActiveIo;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.core.Event;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.trace.Emitter;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ties the slices of a trace together, but for answers: a host has one I/O under way in all, a location belongs to one
 * segment, versions grow over all segments, and each event happens at its place. Knows the events so far, and no spec. For one thread at a time.
 */
final class Ties {
    private final TraceHeader header;
    private final Map<String, ActiveIo> active = new HashMap<>();

    /** The locations that disks had in the beginning and that were freed since. */
    private final Set<Long> firstFreed = new HashSet<>();

    /** The segments that have the others that are in use. */
    private final Map<Long, Integer> segmentOfLocation = new HashMap<>();

    private final Map<Integer, Long> copying = new HashMap<>();
    private long highestVersion;

    Ties(TraceHeader header) {
        this.header = header;
    }

    /** Returns the I/O that a host has under way, or that which stands for none. */
    ActiveIo ioOf(String host) {
        return active.getOrDefault(host, ActiveIo.NONE);
    }

    /** Returns the I/O that forbids the host of a call to make another; null if there is none. */
    @Nullable
    ActiveIo busy(Event event) {
        return event instanceof Event.Submitting call ? active.get(call.host()) : null;
    }

    /** Returns why an event takes a location that another segment has. */
    Optional<Rejection> takenLocation(long number, TraceEvent traced) {
        if (traced.event() instanceof Event.BeginCopy copy) {
            return takenLocation(number, traced, copy.fault(), copy.location());
        } else if (traced.event() instanceof Event.BeginFill fill) {
            return takenLocation(number, traced, fill.fault(), fill.location());
        }
        return Optional.empty();
    }

    private Optional<Rejection> takenLocation(long number, TraceEvent traced, MappingFault fault, long location) {
        if (header.capacity() != MappingTables.UNBOUNDED && location >= header.capacity()) {
            return Optional.of(Rejection.because(
                    number,
                    traced,
                    fault.segment(),
                    "Locations",
                    "storage has " + header.capacity() + " locations, and " + location + " is none of them"));
        }
        int owner = ownerOf(location);
        return owner < 0 || owner == fault.segment()
                ? Optional.empty()
                : Optional.of(Rejection.because(
                        number,
                        traced,
                        fault.segment(),
                        "Unused",
                        "location " + location + " belongs to segment " + owner));
    }

    /** Returns why a block falls back that is at no location in use. */
    Optional<Rejection> fallenNowhere(long number, TraceEvent traced) {
        if (!(traced.event() instanceof Event.LosePower loss)) {
            return Optional.empty();
        }
        return loss.fallen().stream()
                .filter(old -> ownerOf(old.location()) < 0)
                .findFirst()
                .map(old -> Rejection.because(
                        number, traced, 0, "LosePower", "location " + old.location() + " is not in use"));
    }

    /** Returns the segment that has a location; -1 if none has. */
    int ownerOf(long location) {
        return isFirst(location) && !firstFreed.contains(location)
                ? (int) (location % header.segments())
                : segmentOfLocation.getOrDefault(location, -1);
    }

    private boolean isFirst(long location) {
        return location >= 0 && location < firstLocations();
    }

    private long firstLocations() {
        return (long) header.disks().size() * header.segments();
    }

    /**
     * Returns why a write is refused though there is space for it. Slices know their own locations only, and leave it to this
     * whether all are in use.
     */
    Optional<Rejection> refusedTooEarly(long number, TraceEvent traced) {
        if (!(traced.event() instanceof Event.RefuseWrite refused)) {
            return Optional.empty();
        }
        long inUse = firstLocations() - firstFreed.size() + segmentOfLocation.size();
        boolean unbounded = header.capacity() == MappingTables.UNBOUNDED;
        return !unbounded && inUse == header.capacity()
                ? Optional.empty()
                : Optional.of(Rejection.because(
                        number,
                        traced,
                        refused.fault().segment(),
                        "RefusesOnlyWhenFull",
                        unbounded
                                ? "storage has no bound"
                                : "of " + header.capacity() + " locations " + inUse + " are in use"));
    }

    /**
     * Returns why an event has a version that is not new. A slice knows its own versions only, and says more about them: so
     * it is asked first.
     */
    Optional<Rejection> oldVersion(long number, TraceEvent traced, Claim claim) {
        if (traced.event() instanceof Event.Versioned change && change.version() <= highestVersion) {
            return Optional.of(Rejection.because(
                    number,
                    traced,
                    claim.firstSegment(),
                    "IsNewVersion",
                    "version " + change.version() + " comes after version " + highestVersion));
        }
        return Optional.empty();
    }

    /**
     * Returns why an event is not a step of the place that it is said to have happened at. The spec does not know places: a
     * step that is right may still be said to have been taken by somebody else.
     */
    Optional<Rejection> anotherPlace(long number, TraceEvent traced, Claim claim) {
        return Emitter.place(
                        traced.event(),
                        host -> Optional.ofNullable(active.get(host)).map(ActiveIo::agent))
                .filter(place -> !place.equals(traced.place()))
                .map(place -> Rejection.because(
                        number,
                        traced,
                        claim.firstSegment(),
                        "Place",
                        "it is a step of " + place + ", but the trace has it at " + traced.place()));
    }

    /** Keeps what later events need to know of an accepted one. */
    void note(Event event) {
        if (event instanceof Event.Versioned change) {
            highestVersion = change.version();
        }
        if (event instanceof Event.Read read) {
            active.put(read.host(), new ActiveIo(read.agent(), read.segment(), read.block()));
        } else if (event instanceof Event.Write write) {
            active.put(write.host(), new ActiveIo(write.agent(), write.segment(), write.block()));
        } else if (event instanceof Event.Flush flush) {
            active.put(flush.host(), ActiveIo.ofFlush(flush.agent()));
        } else if (event instanceof Event.Complete complete) {
            active.remove(complete.host());
        } else if (event instanceof Event.Reject reject) {
            active.remove(reject.host());
        } else if (event instanceof Event.Fail fail) {
            active.remove(fail.host());
        } else if (event instanceof Event.Refuse refuse) {
            active.remove(refuse.host());
        } else if (event instanceof Event.Abandon abandon) {
            active.remove(abandon.host());
        } else if (event instanceof Event.BeginCopy copy) {
            noteFilled(copy.fault().segment(), copy.location());
        } else if (event instanceof Event.BeginFill fill) {
            noteFilled(fill.fault().segment(), fill.location());
        } else if (event instanceof Event.Vacate vacated) {
            noteFreed(vacated.freed());
        } else if (event instanceof Event.Remove removed) {
            removed.freed().forEach(this::noteFreed);
        } else if (event instanceof Event.Switch named) {
            copying.remove(named.segment());
        } else if (event instanceof Event.CrashController) {
            // What was being copied to is not in the tables: it is free again, for any segment.
            segmentOfLocation.keySet().removeAll(copying.values());
            copying.clear();
        }
    }

    private void noteFreed(long location) {
        if (segmentOfLocation.remove(location) == null && isFirst(location)) {
            firstFreed.add(location);
        }
    }

    private void noteFilled(int segment, long location) {
        segmentOfLocation.put(location, segment);
        copying.put(segment, location);
    }
}
