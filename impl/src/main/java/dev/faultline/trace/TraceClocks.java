package dev.faultline.trace;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the clock of one place is shifted. Places that share a clock give each of their events a time of its own,
 * 1, 2, 3 and so on. If that is so once all times of one place are moved by the same number, and only then, its clock is
 * shifted by that: whatever the trace is rejected for, it tells nothing of the system.
 */
public final class TraceClocks {
    /** Times are kept as bits; a clock further ahead than that is not looked for. */
    private static final long MOST_TIME = 1L << 30;

    private TraceClocks() {}

    /**
     * The clock of a place.
     *
     * @param place whose it is
     * @param ahead by how much its times are too great; negative if they are too small
     */
    public record Shift(String place, long ahead) {
        /** Returns what is to be said of it, in words. */
        @Override
        public String toString() {
            return "the clock of " + place + " is " + Math.abs(ahead) + (ahead > 0 ? " ahead of" : " behind")
                    + " that of the other places: without that, the times of all events would be 1, 2, 3 and so on. In this"
                    + " order causes do not come first, so nothing can be said of the system";
        }
    }

    /** Reads a trace from its first event to its last, and returns which clock is shifted, if exactly one is. */
    public static Optional<Shift> shifted(TraceSource trace) {
        Map<String, BitSet> timesOf = new TreeMap<>();
        int events = 0;
        for (@Nullable TraceEvent event = trace.next(); event != null; event = trace.next()) {
            BitSet times = timesOf.computeIfAbsent(event.place(), place -> new BitSet());
            if (event.time() < 0 || event.time() > MOST_TIME || times.get((int) event.time())) {
                return Optional.empty();
            }
            times.set((int) event.time());
            events++;
        }
        if (isOneClock(timesOf, events)) {
            return Optional.empty();
        }
        Optional<Shift> found = Optional.empty();
        for (String place : timesOf.keySet()) {
            Optional<Shift> shift = shiftOf(place, timesOf, events);
            if (shift.isPresent() && found.isPresent()) {
                return Optional.empty();
            }
            found = shift.isPresent() ? shift : found;
        }
        return found;
    }

    /** Returns whether the times are 1, 2, 3 and so on as they are. */
    private static boolean isOneClock(Map<String, BitSet> timesOf, int events) {
        BitSet all = new BitSet();
        timesOf.values().forEach(all::or);
        return !all.get(0) && all.cardinality() == events && all.length() == events + 1;
    }

    private static Optional<Shift> shiftOf(String place, Map<String, BitSet> timesOf, int events) {
        BitSet free = new BitSet();
        free.set(1, events + 1);
        int others = 0;
        for (Map.Entry<String, BitSet> other : timesOf.entrySet()) {
            if (!other.getKey().equals(place)) {
                others += other.getValue().cardinality();
                free.andNot(other.getValue());
            }
        }
        BitSet own = timesOf.getOrDefault(place, new BitSet());
        long ahead = (long) own.nextSetBit(0) - free.nextSetBit(0);
        if (free.cardinality() != events - others || ahead == 0) {
            return Optional.empty();
        }
        int expected = free.nextSetBit(0);
        for (int time = own.nextSetBit(0); time >= 0; time = own.nextSetBit(time + 1)) {
            if (time - ahead != expected) {
                return Optional.empty();
            }
            expected = free.nextSetBit(expected + 1);
        }
        return Optional.of(new Shift(place, ahead));
    }
}
