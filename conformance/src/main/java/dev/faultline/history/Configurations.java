package dev.faultline.history;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All that can be the case at an instant: what the disks hold in one block, and which of the steps that are under way
 * have taken effect. With each goes the set of instants at which the snapshot that is asked about can have been taken.
 */
final class Configurations {
    private Map<Configuration, Ranges> all = new HashMap<>();

    /** Something that takes effect at one instant. */
    interface Step {
        /** Its number; no two steps have the same. */
        int number();

        /** Returns what the disks hold after it, or null if it cannot take effect. */
        int @org.jspecify.annotations.Nullable [] apply(int[] cells);
    }

    /** What the disks hold, and the numbers of the steps that took effect, in order. */
    private static final class Configuration {
        private final int[] cells;
        private final int[] done;

        Configuration(int[] cells, int[] done) {
            this.cells = cells;
            this.done = done;
        }

        boolean isDone(int number) {
            return Arrays.binarySearch(done, number) >= 0;
        }

        Configuration with(int[] newCells, int number) {
            int[] more = Arrays.copyOf(done, done.length + 1);
            more[done.length] = number;
            Arrays.sort(more);
            return new Configuration(newCells, more);
        }

        Configuration without(int number) {
            return new Configuration(
                    cells, Arrays.stream(done).filter(d -> d != number).toArray());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Configuration that
                    && Arrays.equals(cells, that.cells)
                    && Arrays.equals(done, that.done);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(cells) + Arrays.hashCode(done);
        }
    }

    Configurations(int[] cells) {
        all.put(new Configuration(cells, new int[0]), Ranges.NONE);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Lets any of the steps take effect, in any order.
     *
     * @param marked the number of the step that is asked about, or one that no step has
     * @param now the instants at which it would take effect
     */
    void close(List<Step> steps, int marked, Ranges now) {
        Deque<Configuration> todo = new ArrayDeque<>(all.keySet());
        while (!todo.isEmpty()) {
            Configuration from = todo.remove();
            Ranges ranges = all.getOrDefault(from, Ranges.NONE);
            for (Step step : steps) {
                int[] cells = from.isDone(step.number()) ? null : step.apply(from.cells);
                if (cells != null) {
                    Configuration to = from.with(cells, step.number());
                    Ranges more = step.number() == marked ? now : ranges;
                    Ranges before = all.get(to);
                    Ranges after = before == null ? more : before.or(more);
                    if (before == null || !after.equals(before)) {
                        all.put(to, after);
                        todo.add(to);
                    }
                }
            }
        }
    }

    /** Keeps those in which the step has taken effect, and forgets that it has. */
    void require(int number) {
        Map<Configuration, Ranges> kept = new HashMap<>();
        all.forEach((configuration, ranges) -> {
            if (configuration.isDone(number)) {
                kept.merge(configuration.without(number), ranges, Ranges::or);
            }
        });
        all = kept;
    }

    /** Sets what a disk holds. */
    void set(int cell, int value) {
        Map<Configuration, Ranges> changed = new HashMap<>();
        all.forEach((configuration, ranges) -> {
            int[] cells = configuration.cells.clone();
            cells[cell] = value;
            changed.merge(new Configuration(cells, configuration.done), ranges, Ranges::or);
        });
        all = changed;
    }

    /** Returns the instants of the step that is asked about, over all that can be the case. */
    Ranges instants() {
        Ranges union = Ranges.NONE;
        for (Ranges ranges : all.values()) {
            union = union.or(ranges);
        }
        return union;
    }

    /** Returns whether the step may not have taken effect. */
    boolean isAnyWithout(int number) {
        Predicate<Configuration> without = configuration -> !configuration.isDone(number);
        return all.keySet().stream().anyMatch(without);
    }
}
