package dev.faultline.history;

import dev.faultline.core.Content;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One block of one disk, where no content was written twice. */
final class Register {
    final Family.Life life;
    final Cluster initial = Cluster.initial();
    final Map<Content, Cluster> written = new LinkedHashMap<>();

    /** What the disk held when it came into being, null while that is not known. */
    @Nullable
    Content initialValue;

    /** The requests that cloned this disk, and mattered. */
    final List<Integer> clones = new ArrayList<>();

    /** The contents that clones got from here. */
    final List<Copied> copied = new ArrayList<>();

    /** What a request's snapshot got from here. */
    record Copied(int request, String snapshot, Content value, Cluster from) {}

    long firstEnd = Instants.END;

    Register(Family.Life life, @Nullable Content initialValue) {
        this.life = life;
        this.initialValue = initialValue;
    }

    /** Returns where a content comes from, or null if it cannot come from anywhere. */
    @Nullable
    Cluster source(Content value) {
        Cluster cluster = written.get(value);
        if (cluster != null) {
            cluster.isObserved = true;
            return cluster;
        }
        if (initialValue == null) {
            initialValue = value;
        }
        return value.equals(initialValue) ? initial : null;
    }

    boolean isSeen() {
        return firstEnd < Instants.END || initialValue != null || !clones.isEmpty();
    }

    /** Returns two clusters of which neither can come first, if there are two. */
    Optional<List<Cluster>> conflict() {
        List<Cluster> forward = new ArrayList<>();
        List<Cluster> backward = new ArrayList<>();
        for (Cluster cluster : clusters()) {
            (cluster.end <= cluster.start ? forward : backward).add(cluster);
        }
        forward.sort(Comparator.comparingLong(cluster -> cluster.end));
        for (int i = 1; i < forward.size(); i++) {
            if (!forward.get(i - 1).canPrecede(forward.get(i))) {
                return Optional.of(List.of(forward.get(i - 1), forward.get(i)));
            }
        }
        // Forward zones are apart by now: the last that ends before a backward zone starts is the only one around it.
        long[] ends = forward.stream().mapToLong(cluster -> cluster.end).toArray();
        for (Cluster cluster : backward) {
            int at = java.util.Arrays.binarySearch(ends, cluster.start);
            int before = at < 0 ? -at - 2 : at;
            if (before >= 0 && !forward.get(before).canPrecede(cluster)) {
                return Optional.of(List.of(forward.get(before), cluster));
            }
        }
        return Optional.empty();
    }

    private Collection<Cluster> clusters() {
        List<Cluster> all = new ArrayList<>(written.values());
        all.add(initial);
        return all;
    }

    /** Narrows the instants of the request to those at which this block held what its snapshots got. */
    Ranges feasible(int request, Ranges[] domains, Instants instants) {
        long after = Instants.BEGINNING;
        long before = Instants.END;
        List<Ranges.Range> holes = new ArrayList<>();
        if (life.creator() == request) {
            before = Math.min(before, firstEnd);
            for (int clone : clones) {
                if (BlockHistory.isFixed(domains[clone])) {
                    before = Math.min(before, BlockHistory.first(domains[clone]));
                }
            }
        }
        if (clones.contains(request)) {
            before = Math.min(before, instants.at(life.to()));
            after = Math.max(after, instants.at(life.from()));
            if (life.creator() >= 0 && BlockHistory.isFixed(domains[life.creator()])) {
                after = Math.max(after, BlockHistory.first(domains[life.creator()]));
            }
        }
        Cluster last = null;
        for (Copied copy : copied) {
            if (copy.request() != request) {
                continue;
            }
            Cluster from = copy.from();
            if (last != null && last != from) {
                return Ranges.NONE;
            }
            last = from;
            if (from.write != null) {
                after = Math.max(after, instants.at(from.write.called()));
            }
            long start = from.start(domains, request);
            long end = from.end(domains, request);
            for (Cluster other : clusters()) {
                if (other == from) {
                    continue;
                }
                long otherStart = other.start(domains, request);
                long otherEnd = other.end(domains, request);
                boolean canBeBefore = start < otherEnd;
                boolean canBeAfter = otherStart < end;
                if (canBeBefore && canBeAfter) {
                    if (otherEnd <= otherStart) {
                        holes.add(new Ranges.Range(otherEnd, otherStart));
                    }
                } else if (canBeBefore) {
                    before = Math.min(before, otherEnd);
                } else if (canBeAfter) {
                    after = Math.max(after, otherStart);
                } else {
                    return Ranges.NONE;
                }
            }
        }
        Ranges left = domains[request].and(Ranges.of(after + 1, before - 1));
        return holes.isEmpty() ? left : left.without(holes);
    }
}
