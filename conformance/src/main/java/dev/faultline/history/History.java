package dev.faultline.history;

import dev.faultline.core.Content;
import java.util.List;

/**
 * What hosts, and whoever asks for snapshots, saw of a run. Immutable.
 *
 * @param disks the disks that exist in the beginning
 * @param zero what every block holds in the beginning
 * @param events how many events there were, of any kind: calls and requests bear their numbers, from 1
 * @param calls the calls that took effect or may have, in any order
 * @param requests the requests for snapshots, in the order in which they were asked for
 * @param creations the disks that came, empty, in order
 * @param removals the disks that went, in order
 * @param power what was seen of losses of power; everything else ends with the first of them
 */
public record History(
        List<String> disks,
        Content zero,
        long events,
        List<Call> calls,
        List<Request> requests,
        List<Creation> creations,
        List<Removal> removals,
        Power power) {
    /** The number of an event that did not come. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Copies the lists. */
    public History {
        disks = List.copyOf(disks);
        calls = List.copyOf(calls);
        requests = List.copyOf(requests);
        creations = List.copyOf(creations);
        removals = List.copyOf(removals);
    }

    History with(Power other) {
        return new History(disks, zero, events, calls, requests, creations, removals, other);
    }

    /**
     * A disk that came, empty.
     *
     * @param disk its name, which no disk had before
     * @param event the number of the event by which it was there
     */
    public record Creation(String disk, long event) {}

    /**
     * A disk that went.
     *
     * @param disk its name, which may come again
     * @param event the number of the event by which it was gone
     */
    public record Removal(String disk, long event) {}
}
