package dev.faultline.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** The checker says what trying every order says. */
class HistoryProperties {
    private static final Map<String, Integer> VERDICTS = new TreeMap<>();

    /** If one of these did not come up, the properties have shown nothing of it. */
    @AfterContainer
    static void bothVerdictsCameUp() {
        assertThat(VERDICTS.keySet())
                .contains("possible", "NEVER_WRITTEN", "NO_ORDER", "NOT_THEN", "TORN", "NO_SUCH_DISK");
        assertThat(VERDICTS.values()).allMatch(count -> count >= 3, VERDICTS.toString());
    }

    @Property(tries = 1000)
    void whatAnAtomicSystemDoesIsPossible(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = new AtomicSystem(random, random.nextBoolean(), 40).run();
        assertThat(HistoryChecker.check(history).map(Violation::text)).isEqualTo(Optional.empty());
    }

    @Property(tries = 3000)
    void changedHistoriesAreJudgedAsByTryingEveryOrder(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = new AtomicSystem(random, random.nextInt(3) > 0, 14 + random.nextInt(20)).run();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            history = changed(history, random);
        }
        Optional<Violation> violation = HistoryChecker.check(history);
        VERDICTS.merge(violation.map(v -> v.kind().toString()).orElse("possible"), 1, Integer::sum);
        assertThat(violation.isEmpty())
                .as("%s%n%s", history, violation)
                .isEqualTo(new BruteForce(history).isPossible());
    }

    /** One or two requests that overlap, under writes that overlap; then snapshots hold whatever was written. */
    @Property(tries = 200)
    void snapshotsOfAnyContentsAreJudgedAsByTryingEveryOrder(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, String>> cuts = List.of(Map.of("s1", "d", "t1", "e"), Map.of("s2", "d"));
        Story story = new Story();
        Map<Integer, Long> under = new HashMap<>();
        int asked = 0;
        int answered = 0;
        for (long value = 1; value < 6 || answered < cuts.size(); value++) {
            int host = random.nextInt(3);
            Long writing = under.remove(host);
            if (writing != null) {
                story.done("h" + host, writing);
            } else {
                under.put(host, value);
                story.write("h" + host, value % 2 == 0 ? "d" : "e", random.nextInt(2), value);
            }
            if (asked < cuts.size() && random.nextInt(3) == 0) {
                story.ask(cuts.get(asked++));
            } else if (answered < asked && random.nextInt(4) == 0) {
                story.answer(cuts.get(answered++));
            }
        }
        List<Call> writes = story.history().calls();
        for (String snapshot : List.of("s1", "t1", "s2")) {
            for (int block = 0; block < 2; block++) {
                int wanted = block;
                String original = snapshot.equals("t1") ? "e" : "d";
                List<Long> values = new ArrayList<>(List.of(0L));
                writes.stream()
                        .filter(write -> write.disk().equals(original) && write.block() == wanted)
                        .forEach(write -> values.add(write.value().hash()));
                story.saw("reader", snapshot, block, values.get(random.nextInt(values.size())));
            }
        }
        Optional<Violation> violation = HistoryChecker.check(story.history());
        VERDICTS.merge(violation.map(v -> v.kind().toString()).orElse("possible"), 1, Integer::sum);
        assertThat(violation.isEmpty())
                .as("%s%n%s", story.history(), violation)
                .isEqualTo(new BruteForce(story.history()).isPossible());
    }

    /** Long enough to overlap in many ways, and both ways of looking at a block must agree. */
    @Property(tries = 1000)
    void theSearchSaysTheSameOfBlocksThatTheZonesCanJudge(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = new AtomicSystem(random, true, 60).run();
        history = changed(history, random);
        Instants instants = new Instants(history);
        Ranges[] windows = SearchedBlock.windows(history, instants);
        Map<String, Family> families = Family.of(history);
        for (Family family : new HashSet<>(families.values())) {
            Seen seen = new Seen(history, family, instants, 0, 0);
            history.calls().stream()
                    .filter(call -> call.block() == 0 && family.names().contains(call.disk()))
                    .sorted(java.util.Comparator.comparingLong(Call::called))
                    .forEach(seen.calls()::add);
            UniqueBlock zones = UniqueBlock.of(seen);
            if (zones != null
                    && history.requests().size() == 1
                    && zones.violation().isEmpty()) {
                SearchedBlock search = new SearchedBlock(seen);
                for (int request : zones.requests()) {
                    long[] times = seen.times();
                    Ranges byZones = zones.feasible(request, windows);
                    Ranges bySearch = search.feasible(request, windows);
                    assertThat(bySearch.cells(times)).as("%s", history).isEqualTo(byZones.cells(times));
                }
            }
        }
    }

    private static History changed(History history, SplittableRandom random) {
        List<Call> calls = new ArrayList<>(history.calls());
        if (calls.isEmpty()) {
            return history;
        }
        List<Call> ofSnapshots = calls.stream()
                .filter(read -> !read.isWrite() && read.disk().startsWith("s"))
                .toList();
        Call call = ofSnapshots.isEmpty() || random.nextInt(3) == 0
                ? calls.get(random.nextInt(calls.size()))
                : ofSnapshots.get(random.nextInt(ofSnapshots.size()));
        int index = calls.indexOf(call);
        List<Content> values = new ArrayList<>(List.of(history.zero()));
        calls.stream().filter(other -> other.block() == call.block()).forEach(other -> values.add(other.value()));
        Content value =
                call.isWrite() || random.nextInt(4) == 0 ? call.value() : values.get(random.nextInt(values.size()));
        long called = call.called();
        long ended = call.ended();
        // A call that began later, or ended earlier, leaves less room.
        if (random.nextBoolean() && ended != History.NEVER) {
            if (random.nextBoolean()) {
                called = ended - 1;
            } else {
                ended = called + 1;
            }
        }
        calls.set(
                index,
                new Call(
                        call.host(),
                        call.kind(),
                        call.disk(),
                        call.segment(),
                        call.block(),
                        value,
                        called,
                        ended,
                        call.returned()));
        return new History(
                history.disks(),
                history.zero(),
                history.events(),
                calls,
                history.requests(),
                history.creations(),
                history.removals(),
                history.power());
    }

    /** A system in which everything happens at one instant, between its beginning and its end. */
    private static final class AtomicSystem {
        private static final int HOSTS = 3;

        private final SplittableRandom random;
        private final boolean unique;
        private final int steps;
        private final Story story = new Story();
        private final Map<String, long[]> disks = new TreeMap<>(Map.of("d", new long[2], "e", new long[2]));
        private final Map<String, Pending> pending = new HashMap<>();
        private final List<Map<String, String>> asked = new ArrayList<>();
        private final List<Map<String, String>> taken = new ArrayList<>();
        private final Set<String> used = new HashSet<>();
        private long writes;

        private static final class Pending {
            private final String disk;
            private final int block;
            private final long value;
            private long result = -1;

            Pending(String disk, int block, long value) {
                this.disk = disk;
                this.block = block;
                this.value = value;
            }
        }

        AtomicSystem(SplittableRandom random, boolean unique, int steps) {
            this.random = random;
            this.unique = unique;
            this.steps = steps;
        }

        History run() {
            for (int i = 0; i < steps; i++) {
                int choice = random.nextInt(40);
                if (choice < 8) {
                    snapshot();
                } else if (choice == 8) {
                    remove();
                } else if (choice == 9) {
                    story.crash();
                    asked.clear();
                    taken.clear();
                    used.retainAll(disks.keySet());
                } else {
                    io("h" + random.nextInt(HOSTS));
                }
            }
            return story.history();
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private void io(String host) {
            Pending call = pending.get(host);
            if (call == null) {
                String disk = pick(List.copyOf(disks.keySet()));
                int block = random.nextInt(2);
                // Snapshots are read more often than they are written.
                boolean write = random.nextInt(disk.startsWith("s") ? 5 : 2) == 0;
                long value = write ? (unique ? ++writes : random.nextInt(3)) : -1;
                pending.put(host, new Pending(disk, block, value));
                if (write) {
                    story.write(host, disk, block, value);
                } else {
                    story.read(host, disk, block);
                }
            } else if (call.result >= 0) {
                story.done(host, call.result);
                pending.remove(host);
            } else if (random.nextInt(12) == 0) {
                story.abandon(host);
                pending.remove(host);
            } else if (disks.containsKey(call.disk)) {
                long[] blocks = disks.get(call.disk);
                if (call.value >= 0) {
                    blocks[call.block] = call.value;
                }
                call.result = blocks[call.block];
                if (random.nextInt(12) == 0) {
                    story.abandon(host);
                    pending.remove(host);
                }
            } else {
                story.reject(host);
                pending.remove(host);
            }
        }

        private void snapshot() {
            if (!asked.isEmpty() && random.nextBoolean()) {
                Map<String, String> cut = asked.get(0);
                if (disks.keySet().containsAll(cut.values())) {
                    asked.remove(0);
                    Map<String, long[]> copies = new HashMap<>();
                    cut.forEach((name, original) ->
                            copies.put(name, disks.get(original).clone()));
                    disks.putAll(copies);
                    taken.add(cut);
                }
            } else if (!taken.isEmpty() && random.nextBoolean()) {
                story.answer(taken.remove(0));
            } else {
                Map<String, String> cut = new TreeMap<>();
                int size = 1 + random.nextInt(2);
                for (int i = 0; i < size; i++) {
                    String name = "s" + random.nextInt(4);
                    if (used.add(name)) {
                        cut.put(name, pick(List.copyOf(disks.keySet())));
                    }
                }
                if (!cut.isEmpty()) {
                    story.ask(cut);
                    asked.add(cut);
                }
            }
        }

        private void remove() {
            String disk = pick(List.copyOf(disks.keySet()));
            boolean answered = taken.stream().noneMatch(cut -> cut.containsKey(disk));
            if (disks.size() > 1 && answered) {
                story.remove(disk);
                disks.remove(disk);
                used.remove(disk);
            }
        }
    }
}
