package dev.faultline.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Disks that are tied by snapshots: originals, snapshots, and snapshots of snapshots. */
final class Family {
    private final History history;
    private final Set<String> names;
    private final List<Integer> requests = new ArrayList<>();
    private final Map<String, List<Life>> lives = new HashMap<>();

    /**
     * The time in which a disk can have existed. A name may come again: then it has several.
     *
     * @param disk the name
     * @param creator the index of the request that it comes from, or -1 for a disk that began with zeros
     * @param from the event after which it can exist
     * @param to the event by which it was gone, or {@link History#NEVER}
     */
    record Life(String disk, int creator, long from, long to) {
        boolean isIn(long begin, long end) {
            return from < end && begin < to;
        }
    }

    private Family(History history, Set<String> names) {
        this.history = history;
        this.names = names;
        for (int i = 0; i < history.requests().size(); i++) {
            if (history.requests().get(i).cut().originals().entrySet().stream()
                    .anyMatch(pair -> names.contains(pair.getKey()))) {
                requests.add(i);
            }
        }
        names.forEach(name -> lives.put(name, livesOf(name)));
    }

    /** Returns the families of a history, by the names of their disks. */
    static Map<String, Family> of(History history) {
        Map<String, Set<String>> tied = new HashMap<>();
        history.disks().forEach(disk -> single(tied, disk));
        history.calls().forEach(call -> single(tied, call.disk()));
        for (Request request : history.requests()) {
            request.cut().originals().forEach((snapshot, original) -> {
                Set<String> all = new TreeSet<>(single(tied, snapshot));
                all.addAll(single(tied, original));
                all.forEach(name -> tied.put(name, all));
            });
        }
        Map<String, Family> families = new HashMap<>();
        for (Map.Entry<String, Set<String>> entry : tied.entrySet()) {
            if (!families.containsKey(entry.getKey())) {
                Family family = new Family(history, entry.getValue());
                entry.getValue().forEach(name -> families.put(name, family));
            }
        }
        return families;
    }

    private static Set<String> single(Map<String, Set<String>> tied, String name) {
        return tied.computeIfAbsent(name, n -> new TreeSet<>(Set.of(n)));
    }

    private List<Life> livesOf(String name) {
        List<Life> all = new ArrayList<>();
        if (history.disks().contains(name)) {
            all.add(new Life(name, -1, 0, History.NEVER));
        }
        history.creations().stream()
                .filter(creation -> creation.disk().equals(name))
                .forEach(creation -> all.add(new Life(name, -1, creation.event(), History.NEVER)));
        for (int request : requests) {
            if (history.requests().get(request).cut().originals().containsKey(name)) {
                all.add(new Life(name, request, history.requests().get(request).asked(), History.NEVER));
            }
        }
        for (History.Removal removal : history.removals()) {
            if (removal.disk().equals(name)) {
                for (int i = all.size() - 1; i >= 0; i--) {
                    Life life = all.get(i);
                    if (life.from() < removal.event()) {
                        all.set(i, new Life(name, life.creator(), life.from(), Math.min(life.to(), removal.event())));
                        break;
                    }
                }
            }
        }
        endBeforeTheNext(all);
        return all;
    }

    /** A name was free when a request for it was answered: what an earlier request had made, if anything, was gone. */
    private void endBeforeTheNext(List<Life> all) {
        for (int i = 0; i < all.size(); i++) {
            for (Life next : all.subList(i + 1, all.size())) {
                Life life = all.get(i);
                Request request = history.requests().get(next.creator());
                if (request.answered()) {
                    all.set(
                            i,
                            new Life(life.disk(), life.creator(), life.from(), Math.min(life.to(), request.ended())));
                }
            }
        }
    }

    Set<String> names() {
        return names;
    }

    /** Returns the indices of the requests that made disks of this family. */
    List<Integer> requests() {
        return requests;
    }

    /** Returns the lives that the disk had. */
    List<Life> lives(String disk) {
        return lives.getOrDefault(disk, List.of());
    }

    /** Returns the lives that the disk may have had at an instant between the events. */
    List<Life> lives(String disk, long begin, long end) {
        return lives(disk).stream().filter(life -> life.isIn(begin, end)).toList();
    }
}
