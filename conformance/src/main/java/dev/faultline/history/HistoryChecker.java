package dev.faultline.history;

import dev.faultline.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whether every block of every disk behaved as if each call took effect at one instant between its beginning and
 * its end, and whether all blocks of the snapshots of one request are what their originals held at one common instant
 * between request and answer.
 */
public final class HistoryChecker {
    private final History history;
    private final Instants instants;
    private final List<BlockHistory> blocks = new ArrayList<>();

    private HistoryChecker(History history) {
        this.history = history;
        instants = new Instants(history);
        Map<String, Family> families = Family.of(history);
        Map<Key, Seen> seen = new LinkedHashMap<>();
        List<Call> inOrder = new ArrayList<>(history.calls());
        inOrder.sort(Comparator.comparingLong(Call::called));
        for (Call call : inOrder) {
            Family family = families.get(call.disk());
            if (family != null) {
                seen.computeIfAbsent(
                                new Key(family, call.segment(), call.block()),
                                key -> new Seen(history, family, instants, key.segment(), key.block()))
                        .calls()
                        .add(call);
            }
        }
        seen.values().forEach(block -> blocks.add(blockHistory(block)));
    }

    private record Key(Family family, int segment, int block) {}

    private static BlockHistory blockHistory(Seen seen) {
        BlockHistory unique = UniqueBlock.of(seen);
        return unique == null ? new SearchedBlock(seen) : unique;
    }

    /** Returns why the history cannot be, if it cannot. */
    public static Optional<Violation> check(History history) {
        return new HistoryChecker(history).check().or(() -> FlushedBlocks.check(history.power()));
    }

    private Optional<Violation> check() {
        for (BlockHistory block : blocks) {
            if (block.violation().isPresent()) {
                return block.violation();
            }
        }
        Ranges[] windows = SearchedBlock.windows(history, instants);
        for (BlockHistory block : blocks) {
            for (int request : block.requests()) {
                if (block.feasible(request, windows).isEmpty()) {
                    return Optional.of(notThen(block, request, windows));
                }
            }
        }
        for (Set<Integer> together : together()) {
            if (!new CutSearch(blocks, together).isPossible(windows)) {
                return Optional.of(torn(together, windows));
            }
        }
        return Optional.empty();
    }

    /** Returns the requests in groups: two that a block sees are in the same. */
    private Collection<Set<Integer>> together() {
        Map<Integer, Set<Integer>> groups = new LinkedHashMap<>();
        for (BlockHistory block : blocks) {
            Set<Integer> all = new TreeSet<>();
            for (int request : block.requests()) {
                all.addAll(groups.getOrDefault(request, Set.of(request)));
            }
            if (all.size() > 1 || !groups.keySet().containsAll(all)) {
                all.forEach(request -> groups.put(request, all));
            }
        }
        List<Set<Integer>> distinct = new ArrayList<>();
        groups.values().stream().distinct().forEach(distinct::add);
        return distinct;
    }

    private Violation notThen(BlockHistory block, int request, Ranges[] windows) {
        Ranges[] always = windows.clone();
        always[request] = Ranges.of(1, Instants.NEVER);
        return new Violation(
                Kind.NOT_THEN,
                history.requests().get(request) + ": not of an instant between request and answer.\n"
                        + block.about(request) + "; it can have been taken "
                        + instants.text(block.feasible(request, always)) + " only.");
    }

    private Violation torn(Set<Integer> together, Ranges[] windows) {
        List<BlockHistory> guilty = guilty(together, windows);
        StringBuilder text = new StringBuilder();
        for (int request : together) {
            if (guilty.stream().anyMatch(block -> block.requests().contains(request))) {
                text.append(history.requests().get(request)).append('\n');
            }
        }
        text.append("There is no instant that all blocks agree with:");
        for (BlockHistory block : guilty) {
            for (int request : block.requests()) {
                if (together.contains(request)) {
                    text.append("\n  ")
                            .append(block.about(request))
                            .append("; it can have been taken ")
                            .append(instants.text(block.feasible(request, windows)));
                }
            }
        }
        return new Violation(Kind.TORN, text.toString());
    }

    /** Returns a few blocks that cannot agree, none of which can be left out. */
    private List<BlockHistory> guilty(Set<Integer> together, Ranges[] windows) {
        List<BlockHistory> found = new ArrayList<>();
        int enough = blocks.size();
        while (new CutSearch(found, together).isPossible(windows)) {
            // The shortest beginning of the list that cannot agree with what was found: its last block is guilty.
            int possible = -1;
            int impossible = enough;
            while (possible + 1 < impossible) {
                int middle = (possible + impossible) / 2;
                List<BlockHistory> some = new ArrayList<>(blocks.subList(0, middle));
                some.addAll(found);
                if (new CutSearch(some, together).isPossible(windows)) {
                    possible = middle;
                } else {
                    impossible = middle;
                }
            }
            found.add(blocks.get(impossible - 1));
            enough = impossible - 1;
        }
        return found;
    }
}
