package dev.faultline.history;

import dev.faultline.core.Content;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tries every order of all calls and snapshots on all disks at once: the definition, for a few calls. */
final class BruteForce {
    private final History history;
    private final Set<List<Object>> failed = new HashSet<>();

    BruteForce(History history) {
        this.history = history;
    }

    private record Block(String disk, int segment, int block) {}

    boolean isPossible() {
        return from(1, new HashSet<>(history.disks()), new HashMap<>(), new HashSet<>());
    }

    private boolean from(long event, Set<String> disks, Map<Block, Content> held, Set<Object> done) {
        if (event > history.events()) {
            return true;
        }
        List<Object> here = List.of(event, Set.copyOf(disks), Map.copyOf(held), Set.copyOf(done));
        if (failed.contains(here)) {
            return false;
        }
        boolean possible = anyStep(event, disks, held, done) || passes(event, disks, held, done);
        if (!possible) {
            failed.add(here);
        }
        return possible;
    }

    private boolean anyStep(long event, Set<String> disks, Map<Block, Content> held, Set<Object> done) {
        for (Call call : history.calls()) {
            Block block = new Block(call.disk(), call.segment(), call.block());
            boolean isReadOfOther =
                    !call.isWrite() && !held.getOrDefault(block, history.zero()).equals(call.value());
            if (call.called() < event
                    && call.ended() >= event
                    && !done.contains(call)
                    && disks.contains(call.disk())
                    && !isReadOfOther) {
                Map<Block, Content> after = new HashMap<>(held);
                after.put(block, call.value());
                if (from(event, disks, after, with(done, call))) {
                    return true;
                }
            }
        }
        for (Request request : history.requests()) {
            if (request.asked() < event && request.ended() >= event && !done.contains(request)) {
                Set<String> more = new HashSet<>(disks);
                Map<Block, Content> after = new HashMap<>(held);
                boolean can = true;
                for (Map.Entry<String, String> pair : request.cut().originals().entrySet()) {
                    can &= disks.contains(pair.getValue()) && more.add(pair.getKey());
                    after.keySet().removeIf(block -> block.disk().equals(pair.getKey()));
                    held.forEach((block, content) -> {
                        if (block.disk().equals(pair.getValue())) {
                            after.put(new Block(pair.getKey(), block.segment(), block.block()), content);
                        }
                    });
                }
                if (can && from(event, more, after, with(done, request))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<Object> with(Set<Object> done, Object more) {
        Set<Object> after = new HashSet<>(done);
        after.add(more);
        return after;
    }

    private boolean passes(long event, Set<String> disks, Map<Block, Content> held, Set<Object> done) {
        Set<String> left = new HashSet<>(disks);
        for (Call call : history.calls()) {
            if (call.returned() && call.ended() == event && !done.contains(call)) {
                return false;
            }
        }
        for (Request request : history.requests()) {
            if (request.answered() && request.ended() == event && !done.contains(request)) {
                return false;
            }
        }
        history.removals().stream()
                .filter(removal -> removal.event() == event)
                .forEach(removal -> left.remove(removal.disk()));
        return from(event + 1, left, held, done);
    }
}
