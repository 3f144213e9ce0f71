package dev.faultline.history;

import dev.faultline.history.Ranges.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Looks for one instant for each request that all blocks agree with. Between two instants that any of the blocks tells
 * apart, only the order of the requests matters: so one instant in the middle of each piece is tried.
 */
final class CutSearch {
    private final List<BlockHistory> blocks;
    private final int[] requests;

    /** Looks at these requests, and the blocks that see any of them. */
    CutSearch(Collection<BlockHistory> blocks, Set<Integer> requests) {
        this.requests = requests.stream().mapToInt(Integer::intValue).toArray();
        this.blocks = blocks.stream()
                .filter(block -> block.requests().stream().anyMatch(requests::contains))
                .toList();
    }

    /** Returns whether there are such instants, in these domains. */
    boolean isPossible(Ranges[] domains) {
        Ranges[] narrowed = domains.clone();
        if (!narrow(narrowed)) {
            return false;
        }
        int next = -1;
        List<Range> fewest = List.of();
        long[] borders = borders(narrowed);
        for (int request : requests) {
            if (!BlockHistory.isFixed(narrowed[request])) {
                List<Range> cells = narrowed[request].cells(borders);
                if (next < 0 || cells.size() < fewest.size()) {
                    next = request;
                    fewest = cells;
                }
            }
        }
        if (next < 0) {
            return true;
        }
        for (Range cell : fewest) {
            narrowed[next] = Ranges.of(cell.middle(), cell.middle());
            if (isPossible(narrowed)) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the instants that no block is against; returns whether each request has one left. */
    private boolean narrow(Ranges[] domains) {
        for (int request : requests) {
            boolean wasFixed = BlockHistory.isFixed(domains[request]);
            List<Range> taken = new ArrayList<>();
            for (int other : requests) {
                if (other != request
                        && BlockHistory.isFixed(domains[other])
                        && BlockHistory.first(domains[other]) != Instants.NEVER) {
                    taken.add(domains[other].ranges().get(0));
                }
            }
            Ranges left = wasFixed ? domains[request] : domains[request].without(taken);
            for (BlockHistory block : blocks) {
                if (!left.isEmpty() && block.requests().contains(request)) {
                    domains[request] = left;
                    left = block.feasible(request, domains);
                }
            }
            domains[request] = left;
            if (left.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Returns where the domains end, and the events of the blocks that see more than one of the requests. */
    private long[] borders(Ranges[] domains) {
        LongStream borders = LongStream.empty();
        TreeSet<Long> ends = new TreeSet<>();
        for (int request : requests) {
            for (Range range : domains[request].ranges()) {
                if (range.first() < range.last()) {
                    ends.add(range.first() - 1);
                    ends.add(range.last() + 1);
                }
            }
        }
        for (BlockHistory block : blocks) {
            if (requests.length > 1 && block.requests().size() > 1) {
                borders = LongStream.concat(borders, LongStream.of(block.instants()));
            }
        }
        return LongStream.concat(borders, ends.stream().mapToLong(Long::longValue))
                .sorted()
                .distinct()
                .toArray();
    }
}
