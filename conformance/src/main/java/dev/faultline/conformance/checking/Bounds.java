package dev.faultline.conformance.checking;

import dev.faultline.conformance.projection.Claim;
import dev.faultline.core.Event;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.Optional;

/** What an event may be about at all: the segments and blocks that there are, and whole disks uncut. Immutable. */
final class Bounds {
    private final TraceHeader header;

    Bounds(TraceHeader header) {
        this.header = header;
    }

    /** Returns why an event is about something that there is not. */
    Optional<Rejection> refusal(long number, TraceEvent traced, Claim claim) {
        if (claim.firstSegment() < 0 || (long) claim.firstSegment() + claim.segments() > header.segments()) {
            return Optional.of(Rejection.because(
                    number,
                    traced,
                    claim.firstSegment(),
                    "Segments",
                    "the disks have the segments 0 to " + (header.segments() - 1) + " only"));
        }
        if (claim.segments() != header.segments() && isForWholeDisks(traced.event(), claim.segments())) {
            return Optional.of(Rejection.because(
                    number,
                    traced,
                    claim.firstSegment(),
                    "Segments",
                    "this is about all " + header.segments() + " segments of a disk, and must not be cut"));
        }
        int block = blockOf(traced.event());
        if (block < 0 || block >= header.blocks()) {
            return Optional.of(Rejection.because(
                    number,
                    traced,
                    claim.firstSegment(),
                    "Blocks",
                    "a segment has the blocks 0 to " + (header.blocks() - 1) + " only"));
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
            return message instanceof Opened
                    || message instanceof Command && !(message instanceof SetEntry && segments == 1);
        }
        return event instanceof Event.Remove;
    }

    /** Returns the block that a host asks for; a block that there is, for other events. */
    private static int blockOf(Event event) {
        return event instanceof Event.Read read ? read.block() : event instanceof Event.Write write ? write.block() : 0;
    }
}
