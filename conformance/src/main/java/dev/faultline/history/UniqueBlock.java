package dev.faultline.history;

import dev.faultline.core.Content;
import dev.faultline.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A block to which no content was written twice: a content tells which write it is from. Quick also for long histories
 * and many overlapping calls, see {@link Cluster}.
 */
final class UniqueBlock implements BlockHistory {
    private final Seen seen;
    private final Map<Family.Life, Register> registers = new LinkedHashMap<>();
    private final Set<Integer> requests = new TreeSet<>();
    private @Nullable Violation violation;

    /** Thrown, and caught, in here: contents do not tell where they come from. */
    private static final class AmbiguousException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private UniqueBlock(Seen seen) throws AmbiguousException {
        this.seen = seen;
        Set<Content> values = new HashSet<>(Set.of(seen.history().zero()));
        for (Call call : seen.calls()) {
            if (call.isWrite() && !values.add(call.value())) {
                throw new AmbiguousException();
            }
        }
        addWrites();
        addReads();
        addSnapshots();
        registers.values().forEach(register -> {
            register.written.values().removeIf(cluster -> !cluster.isObserved);
            register.written.values().forEach(cluster -> register.firstEnd = Math.min(register.firstEnd, cluster.end));
        });
        if (violation == null) {
            registers.values().forEach(this::findConflict);
        }
    }

    /** Returns the block, or null if contents do not tell where they come from. */
    static @Nullable UniqueBlock of(Seen seen) {
        try {
            return new UniqueBlock(seen);
        } catch (AmbiguousException e) {
            return null;
        }
    }

    private void addWrites() throws AmbiguousException {
        for (Call call : seen.calls()) {
            Register register = call.isWrite() ? register(call) : null;
            if (register != null) {
                Cluster cluster = Cluster.of(call, seen.instants(), register.life.to());
                register.written.put(call.value(), cluster);
                if (call.returned()) {
                    register.firstEnd = Math.min(register.firstEnd, cluster.end);
                }
            }
        }
    }

    private void addReads() throws AmbiguousException {
        for (Call call : seen.calls()) {
            Register register = call.isWrite() ? null : register(call);
            if (register == null) {
                continue;
            }
            Cluster source = register.source(call.value());
            if (source == null || source.write != null && source.write.called() >= call.ended()) {
                String why = source == null ? neverHeld(register) : "\nThat was written only later: " + source.write;
                fail(Kind.NEVER_WRITTEN, seen.name(call.disk()) + ": " + call + ", which it cannot have held." + why);
                return;
            }
            source.add(call, seen.instants(), register.life.to());
            register.firstEnd = Math.min(register.firstEnd, seen.instants().at(call.ended()));
        }
    }

    private String neverHeld(Register register) {
        return register.life.creator() < 0
                ? "\nNobody wrote that there."
                : "\nNobody wrote that there, and the snapshot held " + register.initialValue
                        + " when it was taken, as other calls tell.";
    }

    /** Returns the disk that the call was done on, or null if there was none. */
    private @Nullable Register register(Call call) throws AmbiguousException {
        List<Family.Life> lives = seen.family().lives(call.disk(), call.called(), call.ended());
        if (lives.size() > 1) {
            throw new AmbiguousException();
        }
        if (lives.isEmpty()) {
            if (call.returned()) {
                fail(Kind.NO_SUCH_DISK, seen.name(call.disk()) + ": " + call + ", but there was no such disk then.");
            }
            return null;
        }
        return register(lives.get(0));
    }

    private Register register(Family.Life life) {
        return registers.computeIfAbsent(
                life, l -> new Register(l, l.creator() < 0 ? seen.history().zero() : null));
    }

    /** The content that a snapshot began with was read from its original: the youngest snapshots tell first. */
    private void addSnapshots() throws AmbiguousException {
        List<Family.Life> snapshots = new ArrayList<>();
        for (String name : seen.family().names()) {
            seen.family().lives(name).stream()
                    .filter(life -> life.creator() >= 0)
                    .forEach(snapshots::add);
        }
        snapshots.sort(Comparator.comparingLong(Family.Life::from).reversed());
        for (Family.Life snapshot : snapshots) {
            if (violation == null) {
                addSnapshot(snapshot, seen.history().requests().get(snapshot.creator()));
            }
        }
    }

    private void addSnapshot(Family.Life life, Request request) throws AmbiguousException {
        String original = request.cut().originals().get(life.disk());
        Register snapshot = registers.get(life);
        boolean isSeen = snapshot != null && snapshot.isSeen();
        if (original == null || !isSeen && !request.answered()) {
            return;
        }
        List<Family.Life> lives = seen.family().lives(original, request.asked(), request.ended());
        if (lives.isEmpty()) {
            fail(Kind.NO_SUCH_DISK, request + ": there was no disk " + original + " then.");
            return;
        }
        if (lives.size() > 1 || lives.get(0).from() >= request.asked()) {
            throw new AmbiguousException();
        }
        Register from = register(lives.get(0));
        from.clones.add(life.creator());
        requests.add(life.creator());
        Content value = snapshot == null ? null : snapshot.initialValue;
        if (snapshot == null || value == null) {
            return;
        }
        Cluster source = from.source(value);
        if (source == null) {
            fail(
                    Kind.NEVER_WRITTEN,
                    seen.name(life.disk()) + ": the snapshot held " + value + " when it was taken, as "
                            + witness(snapshot.initial) + " tells, but " + original + " cannot have held that."
                            + neverHeld(from));
            return;
        }
        source.snapshots.add(life.creator());
        from.copied.add(new Register.Copied(life.creator(), life.disk(), value, source));
    }

    private static String witness(Cluster cluster) {
        return cluster.firstEnded == null ? "a snapshot of it" : cluster.firstEnded.toString();
    }

    private void findConflict(Register register) {
        Optional<List<Cluster>> conflict = violation == null ? register.conflict() : Optional.empty();
        conflict.ifPresent(two -> fail(
                Kind.NO_ORDER,
                seen.name(register.life.disk()) + ": no order of the calls explains what was read.\n"
                        + mustPrecede(two.get(0), two.get(1)) + "\n" + mustPrecede(two.get(1), two.get(0))));
    }

    /** Says why the first cluster cannot come after the second. */
    private static String mustPrecede(Cluster first, Cluster second) {
        String before = first.write == null && first.end == Instants.BEGINNING
                ? "What it held in the beginning"
                : String.valueOf(first.firstEnded);
        return before + " comes before " + second.lastCalled + ".";
    }

    private void fail(Kind kind, String text) {
        if (violation == null) {
            violation = new Violation(kind, text);
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
        Ranges left = domains[request];
        for (Register register : registers.values()) {
            if (!left.isEmpty() && (register.life.creator() == request || register.clones.contains(request))) {
                left = left.and(register.feasible(request, domains, seen.instants()));
            }
        }
        return left;
    }

    @Override
    public long[] instants() {
        return seen.times();
    }

    @Override
    public String about(int request) {
        List<String> lines = new ArrayList<>();
        for (Register register : registers.values()) {
            long answered =
                    seen.instants().at(seen.history().requests().get(request).ended());
            if (register.life.creator() == request && register.firstEnd < answered) {
                lines.add(seen.name(register.life.disk()) + " was used already "
                        + seen.instants().text(Ranges.of(1, register.firstEnd - 1)));
            }
            for (Register.Copied copy : register.copied) {
                if (copy.request() == request) {
                    lines.add(seen.name(copy.snapshot()) + " began with "
                            + BlockHistory.text(copy.value(), seen.history().zero()) + ", from "
                            + register.life.disk()
                            + (copy.from().write == null ? "" : ", where " + copy.from().write));
                }
            }
        }
        return lines.isEmpty() ? seen.name("any disk") : String.join("; ", lines);
    }
}
