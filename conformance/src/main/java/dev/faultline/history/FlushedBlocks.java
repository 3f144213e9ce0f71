package dev.faultline.history;

import dev.faultline.history.Violation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges reads where storage loses power: what was written and not lost since, for power was not, or a flush that was answered
 * covered it, is not read over by something older. Of each block alone; what else hosts may see after a loss it does not judge.
 */
final class FlushedBlocks {
    private final Power power;

    private FlushedBlocks(Power power) {
        this.power = power;
    }

    private record Key(String disk, int segment, int block) {}

    /** Returns the first read that cannot be. */
    static Optional<Violation> check(Power power) {
        Map<Key, List<Call>> blocks = new LinkedHashMap<>();
        for (Call call : power.calls()) {
            blocks.computeIfAbsent(new Key(call.disk(), call.segment(), call.block()), key -> new ArrayList<>())
                    .add(call);
        }
        FlushedBlocks judge = new FlushedBlocks(power);
        return blocks.entrySet().stream()
                .flatMap(block -> judge.check(block.getKey(), block.getValue()).stream())
                .findFirst();
    }

    private Optional<Violation> check(Key key, List<Call> calls) {
        List<Call> writes = calls.stream().filter(Call::isWrite).toList();
        for (Call read : calls) {
            if (!read.isWrite()) {
                for (Call write : writes) {
                    if (isThere(write, read) && !mayBeReadOver(write, read, writes)) {
                        return Optional.of(lost(key, write, read));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether what was written must be there, or something newer, all the while that it is read. */
    private boolean isThere(Call write, Call read) {
        return write.returned()
                && write.ended() < read.called()
                && power.losses().stream()
                        .filter(loss -> loss > write.ended())
                        .findFirst()
                        .map(loss -> loss > read.ended() || flush(write, loss).isPresent())
                        .orElse(true);
    }

    private Optional<Power.Flush> flush(Call write, long loss) {
        return power.flushes().stream()
                .filter(flush ->
                        flush.disk().equals(write.disk()) && flush.called() > write.ended() && flush.ended() < loss)
                .findFirst();
    }

    /** Returns whether what was read is this, or may have been written after it. */
    private static boolean mayBeReadOver(Call write, Call read, List<Call> writes) {
        return writes.stream()
                .anyMatch(other ->
                        other.value().equals(read.value()) && !(other.returned() && other.ended() < write.called()));
    }

    private Violation lost(Key key, Call write, Call read) {
        Optional<Long> loss =
                power.losses().stream().filter(each -> each > write.ended()).findFirst();
        String why = loss.filter(each -> each <= read.ended())
                .flatMap(each -> flush(write, each)
                        .map(flush -> ", and the " + flush + " covers it; power was lost by event " + each))
                .orElse(", and power was not lost since");
        return new Violation(
                Kind.LOST,
                BlockHistory.name(key.disk(), key.segment(), key.block()) + ": what was durable is gone.\n" + write
                        + why + ".\n" + read + ", which is older.");
    }
}
