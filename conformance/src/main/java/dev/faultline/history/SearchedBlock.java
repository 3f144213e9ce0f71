package dev.faultline.history;

import dev.faultline.core.Content;
import dev.faultline.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A block whose contents may come from several writes: all orders of the calls are tried at once, event by event, and
 * orders that lead to the same are one (Wing and Gong 1993, Lowe 2017). The effort grows with the length of the history
 * times two to the power of how many calls overlap.
 */
final class SearchedBlock implements BlockHistory {
    private static final int ABSENT = -1;

    /** A content that is never seen: which one does not matter. */
    private static final int UNSEEN = -2;

    private static final int NO_STEP = -1;

    private final Seen seen;
    private final Map<String, Integer> cellOf = new HashMap<>();
    private final Map<Content, Integer> numbers = new HashMap<>();
    private final List<Set<Integer>> visible = new ArrayList<>();
    private final Set<Integer> requests;
    private @Nullable Violation violation;

    /** What comes next: keys are twice the instants, so that there is room just before and just after each. */
    private record Point(
            long key, Type type, int step, @Nullable Call call) {
        boolean begins() {
            return type == Type.BEGIN || type == Type.OPEN;
        }
    }

    private enum Type {
        BEGIN,
        END,
        GIVE_UP,
        OPEN,
        CLOSE,
        CLOSE_LAST,
        REMOVE,
        CREATE
    }

    /** What a sweep over the history came to; instants are of the step that is asked about. */
    private record Sweep(Ranges instants, @Nullable Point failedAt) {}

    SearchedBlock(Seen seen) {
        this.seen = seen;
        requests = new TreeSet<>(seen.family().requests());
        for (String name : seen.family().names()) {
            cellOf.put(name, cellOf.size());
            visible.add(new HashSet<>());
        }
        for (Call call : seen.calls()) {
            if (!call.isWrite()) {
                visible.get(cell(call.disk())).add(number(call.value()));
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (int request : requests) {
                for (int[] pair : pairs(request)) {
                    more |= visible.get(pair[1]).addAll(visible.get(pair[0]));
                }
            }
        }
        Point failed = sweep(NO_STEP, windows(seen.history(), seen.instants())).failedAt();
        if (failed != null) {
            violation = new Violation(Kind.NO_ORDER, explain(failed));
        }
    }

    /** Returns for each request the instants between request and answer. */
    static Ranges[] windows(History history, Instants instants) {
        Ranges[] windows = new Ranges[history.requests().size()];
        for (int i = 0; i < windows.length; i++) {
            Request request = history.requests().get(i);
            long last = Math.min(instants.at(request.ended()) - 1, Instants.NEVER - 1);
            Ranges window = Ranges.of(instants.at(request.asked()) + 1, last);
            windows[i] = request.answered() ? window : window.or(Ranges.of(Instants.NEVER, Instants.NEVER));
        }
        return windows;
    }

    private String explain(Point failed) {
        Call call = failed.call();
        if (call == null) {
            Request request =
                    seen.history().requests().get(failed.step() - seen.calls().size());
            return seen.name("all disks") + ": no order of the calls before explains " + request + ".";
        }
        boolean isThere =
                !seen.family().lives(call.disk(), call.called(), call.ended()).isEmpty();
        List<Call> before = seen.calls().stream()
                .filter(other -> other.called() < call.called())
                .toList();
        List<String> last = before.subList(Math.max(0, before.size() - 8), before.size()).stream()
                .map(other -> "  " + (other.disk().equals(call.disk()) ? "" : "on disk " + other.disk() + ": ") + other)
                .toList();
        return seen.name(call.disk()) + ": no order of the calls explains what was read, from " + call + " on"
                + (isThere ? "" : "; there was no such disk then") + ".\nThe last calls before:\n"
                + String.join("\n", last);
    }

    private int cell(String disk) {
        return cellOf.getOrDefault(disk, ABSENT);
    }

    private int number(Content value) {
        return numbers.computeIfAbsent(value, v -> numbers.size());
    }

    /** Returns the number of a content as far as it matters for a disk. */
    private int on(int cell, int value) {
        return visible.get(cell).contains(value) ? value : UNSEEN;
    }

    private Map<String, String> originals(int request) {
        return seen.history().requests().get(request).cut().originals();
    }

    /** Returns those of a request's snapshots that are of this family, each with its original. */
    private List<int[]> pairs(int request) {
        List<int[]> pairs = new ArrayList<>();
        originals(request).forEach((snapshot, original) -> {
            if (cellOf.containsKey(snapshot)) {
                pairs.add(new int[] {cell(snapshot), cell(original)});
            }
        });
        return pairs;
    }

    private record CallStep(int number, boolean write, int cell, int value) implements Configurations.Step {
        @Override
        public int @Nullable [] apply(int[] cells) {
            if (cells[cell] == ABSENT || !write && cells[cell] != value) {
                return null;
            }
            int[] after = cells.clone();
            after[cell] = value;
            return after;
        }
    }

    /** A request's snapshots, all at once. */
    private final class CutStep implements Configurations.Step {
        private final int number;
        private final List<int[]> pairs;

        CutStep(int number, List<int[]> pairs) {
            this.number = number;
            this.pairs = pairs;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public int @Nullable [] apply(int[] cells) {
            int[] after = cells.clone();
            for (int[] pair : pairs) {
                if (cells[pair[0]] != ABSENT || cells[pair[1]] == ABSENT) {
                    return null;
                }
                after[pair[0]] = on(pair[0], cells[pair[1]]);
            }
            return after;
        }
    }

    private List<Point> points(Ranges[] domains) {
        List<Point> points = new ArrayList<>();
        Instants instants = seen.instants();
        for (int i = 0; i < seen.calls().size(); i++) {
            Call call = seen.calls().get(i);
            if (!call.returned() && !visible.get(cell(call.disk())).contains(number(call.value()))) {
                continue; // It may as well not have happened.
            }
            points.add(new Point(2 * instants.at(call.called()), Type.BEGIN, i, call));
            if (call.ended() != History.NEVER) {
                Type end = call.returned() ? Type.END : Type.GIVE_UP;
                points.add(new Point(2 * instants.at(call.ended()), end, i, call));
            }
        }
        for (History.Removal removal : seen.history().removals()) {
            if (cellOf.containsKey(removal.disk())) {
                points.add(new Point(2 * instants.at(removal.event()), Type.REMOVE, cell(removal.disk()), null));
            }
        }
        for (History.Creation creation : seen.history().creations()) {
            if (cellOf.containsKey(creation.disk())) {
                points.add(new Point(2 * instants.at(creation.event()), Type.CREATE, cell(creation.disk()), null));
            }
        }
        for (int request : requests) {
            List<Ranges.Range> ranges = domains[request].ranges();
            for (int i = 0; i < ranges.size(); i++) {
                Ranges.Range range = ranges.get(i);
                if (range.first() == Instants.NEVER) {
                    continue;
                }
                boolean must = i == ranges.size() - 1 && mustHappen(request, domains);
                int step = seen.calls().size() + request;
                points.add(new Point(2 * range.first() - 1, Type.OPEN, step, null));
                long last = Math.min(range.last(), Instants.NEVER - 1);
                points.add(new Point(2 * last + 1, must ? Type.CLOSE_LAST : Type.CLOSE, step, null));
            }
        }
        // What ends at an event ends before what begins there.
        points.sort(Comparator.comparingLong(Point::key).thenComparing(Point::begins));
        return points;
    }

    private boolean mustHappen(int request, Ranges[] domains) {
        return seen.history().requests().get(request).answered()
                || BlockHistory.isFixed(domains[request]) && BlockHistory.first(domains[request]) != Instants.NEVER;
    }

    private Sweep sweep(int asked, Ranges[] domains) {
        int[] cells = new int[cellOf.size()];
        cellOf.forEach((name, cell) -> cells[cell] = seen.history().disks().contains(name)
                ? on(cell, number(seen.history().zero()))
                : ABSENT);
        Configurations all = new Configurations(cells);
        int marked = asked == NO_STEP ? NO_STEP : seen.calls().size() + asked;
        Map<Integer, Configurations.Step> open = new LinkedHashMap<>();
        long before = -2;
        for (Point point : points(domains)) {
            Ranges now = Ranges.of(Math.floorDiv(before, 2L) + 1, Math.floorDiv(point.key() + 1, 2L) - 1);
            boolean isAsked = open.containsKey(marked);
            if (isAsked) {
                now = now.and(domains[asked]);
            }
            List<Configurations.Step> steps = new ArrayList<>(open.values());
            if (isAsked && now.isEmpty()) {
                steps.removeIf(step -> step.number() == marked);
            }
            if (isAsked || !point.begins()) {
                all.close(steps, marked, now);
            }
            pass(point, open, all);
            if (all.isEmpty()) {
                return new Sweep(Ranges.NONE, point);
            }
            before = point.key();
        }
        Ranges instants = all.instants();
        if (asked != NO_STEP && !mustHappen(asked, domains) && all.isAnyWithout(marked)) {
            instants = instants.or(Ranges.of(Instants.NEVER, Instants.NEVER));
        }
        return new Sweep(instants, null);
    }

    private void pass(Point point, Map<Integer, Configurations.Step> open, Configurations all) {
        switch (point.type()) {
            case BEGIN -> {
                Call call = seen.calls().get(point.step());
                int cell = cell(call.disk());
                int value = on(cell, number(call.value()));
                open.put(point.step(), new CallStep(point.step(), call.isWrite(), cell, value));
            }
            case OPEN ->
                open.put(
                        point.step(),
                        new CutStep(
                                point.step(), pairs(point.step() - seen.calls().size())));
            case END, CLOSE_LAST -> {
                open.remove(point.step());
                all.require(point.step());
            }
            case GIVE_UP, CLOSE -> open.remove(point.step());
            case REMOVE -> all.set(point.step(), ABSENT);
            case CREATE ->
                all.set(point.step(), on(point.step(), number(seen.history().zero())));
        }
    }

    @Override
    public Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    @Override
    public Set<Integer> requests() {
        return requests;
    }

    @Override
    public Ranges feasible(int request, Ranges[] domains) {
        return sweep(request, domains).instants().and(domains[request]);
    }

    @Override
    public long[] instants() {
        return seen.times();
    }

    @Override
    public String about(int request) {
        List<String> lines = new ArrayList<>();
        originals(request).keySet().stream()
                .filter(cellOf::containsKey)
                .sorted()
                .forEach(snapshot -> lines.add(seen.name(snapshot) + " held "
                        + seen.calls().stream()
                                .filter(call -> call.disk().equals(snapshot))
                                .findFirst()
                                .map(Call::toString)
                                .orElse("nothing that anybody saw")));
        return String.join("; ", lines);
    }
}
