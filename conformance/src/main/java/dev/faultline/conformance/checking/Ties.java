package dev.faultline.conformance.checking;

import dev.faultline.conformance.projection.ActiveIo;
import dev.faultline.conformance.projection.Claim;
import dev.faultline.core.Event;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.trace.Emitter;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What ties the slices of a trace together, but for answers: a host has one I/O under way in all, a location belongs to one
 * segment, versions grow over all segments, and each event happens at its place. Knows the events so far, and no spec. For one thread at a time.
 */
final class Ties {
    private final TraceHeader header;
    private final Map<String, ActiveIo> active = new HashMap<>();
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
        String host = event instanceof Event.Read read
                ? read.host()
                : event instanceof Event.Write write ? write.host() : null;
        return host == null ? null : active.get(host);
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

    private int ownerOf(long location) {
        if (location >= 0 && location < (long) header.disks().size() * header.segments()) {
            return (int) (location % header.segments());
        }
        return segmentOfLocation.getOrDefault(location, -1);
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
        } else if (event instanceof Event.Complete complete) {
            active.remove(complete.host());
        } else if (event instanceof Event.Reject reject) {
            active.remove(reject.host());
        } else if (event instanceof Event.Refuse refuse) {
            active.remove(refuse.host());
        } else if (event instanceof Event.Abandon abandon) {
            active.remove(abandon.host());
        } else if (event instanceof Event.BeginCopy copy) {
            noteFilled(copy.fault().segment(), copy.location());
        } else if (event instanceof Event.BeginFill fill) {
            noteFilled(fill.fault().segment(), fill.location());
        } else if (event instanceof Event.Switch named) {
            copying.remove(named.segment());
        } else if (event instanceof Event.CrashController) {
            // What was being copied to is not in the tables: it is free again, for any segment.
            segmentOfLocation.keySet().removeAll(copying.values());
            copying.clear();
        }
    }

    private void noteFilled(int segment, long location) {
        segmentOfLocation.put(location, segment);
        copying.put(segment, location);
    }
}
