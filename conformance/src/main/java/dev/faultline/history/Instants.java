package dev.faultline.history;

import java.util.List;

/**
 * Numbers for instants: an event has one, and between two events there is room for all snapshots, in whatever order. As
 * a snapshot is put into the middle of the room that is left, n of them need room for 2 to the power of n.
 */
final class Instants {
    /** After everything that happened; also the instant of what never happened. */
    static final long NEVER = (1L << 61) - 1;

    static final long END = 1L << 61;
    static final long BEGINNING = -1;

    private static final int BITS = 59;

    private final int shift;

    Instants(History history) {
        int bitsOfEvents = Long.SIZE - Long.numberOfLeadingZeros(history.events());
        shift = Math.min(history.requests().size() + 1, BITS - bitsOfEvents);
    }

    long at(long event) {
        return event == History.NEVER ? END : event << shift;
    }

    /** Returns between which events the instants are. */
    String text(Ranges instants) {
        if (instants.isEmpty()) {
            return "at no instant";
        }
        List<String> parts = instants.ranges().stream().map(this::text).toList();
        int many = 4;
        return String.join(", or ", parts.subList(0, Math.min(many, parts.size())))
                + (parts.size() > many ? ", or … (" + parts.size() + " ranges in all)" : "");
    }

    private String text(Ranges.Range range) {
        // Instants are only ever told from those of events; so the nearest event outside of the range is meant.
        long before = range.first() <= 0 ? 0 : (range.first() - 1) >> shift;
        long after = (range.last() >> shift) + 1;
        if (range.last() >= NEVER - 1) {
            return before == 0 ? "at any instant" : "after event " + before;
        }
        return before == 0 ? "before event " + after : "between the events " + before + " and " + after;
    }
}
