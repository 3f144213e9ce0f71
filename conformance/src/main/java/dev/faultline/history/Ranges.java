package dev.faultline.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A set of instants, as ranges in order that do not touch. Immutable. */
final class Ranges {
    static final Ranges NONE = new Ranges(List.of());

    private final List<Range> ranges;

    /** All instants from the first to the last; both are in it. */
    record Range(long first, long last) {
        long middle() {
            return first + (last - first) / 2;
        }
    }

    private Ranges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    static Ranges of(long first, long last) {
        return first > last ? NONE : new Ranges(List.of(new Range(first, last)));
    }

    /** Returns what is in at least one of the ranges, which may overlap and come in any order. */
    static Ranges union(List<Range> parts) {
        List<Range> sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparingLong(Range::first));
        List<Range> merged = new ArrayList<>();
        for (Range part : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && part.first() <= merged.get(last).last() + 1) {
                merged.set(
                        last,
                        new Range(
                                merged.get(last).first(),
                                Math.max(merged.get(last).last(), part.last())));
            } else {
                merged.add(part);
            }
        }
        return new Ranges(merged);
    }

    List<Range> ranges() {
        return ranges;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    Ranges or(Ranges other) {
        if (other.isEmpty() || ranges.equals(other.ranges)) {
            return this;
        }
        List<Range> both = new ArrayList<>(ranges);
        both.addAll(other.ranges);
        return union(both);
    }

    Ranges and(Ranges other) {
        List<Range> both = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < ranges.size() && j < other.ranges.size()) {
            Range a = ranges.get(i);
            Range b = other.ranges.get(j);
            long first = Math.max(a.first(), b.first());
            long last = Math.min(a.last(), b.last());
            if (first <= last) {
                both.add(new Range(first, last));
            }
            if (a.last() < b.last()) {
                i++;
            } else {
                j++;
            }
        }
        return new Ranges(both);
    }

    /** Returns what is in this set and in none of the ranges, which may overlap and come in any order. */
    Ranges without(List<Range> holes) {
        List<Range> left = new ArrayList<>();
        long from = Long.MIN_VALUE;
        for (Range hole : union(holes).ranges) {
            if (from < hole.first()) {
                left.add(new Range(from, hole.first() - 1));
            }
            from = hole.last() + 1;
        }
        left.add(new Range(from, Long.MAX_VALUE));
        return and(new Ranges(left));
    }

    /** Returns the pieces into which these instants, themselves left out, cut this set. */
    List<Range> cells(long[] sortedInstants) {
        List<Range> cells = new ArrayList<>();
        for (Range range : ranges) {
            long from = range.first();
            int at = Arrays.binarySearch(sortedInstants, from);
            for (int i = at < 0 ? -at - 1 : at; i < sortedInstants.length && sortedInstants[i] <= range.last(); i++) {
                if (from < sortedInstants[i]) {
                    cells.add(new Range(from, sortedInstants[i] - 1));
                }
                from = sortedInstants[i] + 1;
            }
            if (from <= range.last()) {
                cells.add(new Range(from, range.last()));
            }
        }
        return cells;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
