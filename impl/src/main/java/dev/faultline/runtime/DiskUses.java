package dev.faultline.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Who waits until an agent has opened a disk, and who until it has closed one. For the agent's thread alone. */
final class DiskUses {
    /** The calls that wait until their disk is open, in the order in which they came. */
    private final Map<String, List<HostCall>> calls = new TreeMap<>();

    private final Map<String, List<CompletableFuture<Void>>> closers = new TreeMap<>();

    void waits(HostCall call) {
        calls.computeIfAbsent(call.disk, disk -> new ArrayList<>()).add(call);
    }

    void wantsClosed(AgentLoop.Close close) {
        closers.computeIfAbsent(close.disk(), disk -> new ArrayList<>()).add(close.answer());
    }

    boolean isWantedClosed(String disk) {
        return closers.containsKey(disk);
    }

    /** Returns the disks that somebody waits for, as they are now. */
    Set<String> disks() {
        Set<String> disks = new TreeSet<>(calls.keySet());
        disks.addAll(closers.keySet());
        return disks;
    }

    /** Returns the calls that have waited for a disk; they wait no more. */
    List<HostCall> opened(String disk) {
        List<HostCall> waited = calls.remove(disk);
        return waited == null ? List.of() : waited;
    }

    /** Returns who has waited until a disk is closed; they wait no more. */
    List<CompletableFuture<Void>> closed(String disk) {
        List<CompletableFuture<Void>> waited = closers.remove(disk);
        return waited == null ? List.of() : waited;
    }
}
