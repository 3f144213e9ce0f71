package dev.faultline.core;

import java.util.Comparator;

/** An agent and a disk that it has open. Immutable; in order of agents, then of disks. Spec: {@code <<a, d>>}. */
public record Opener(String agent, String disk) implements Comparable<Opener> {
    private static final Comparator<Opener> ORDER =
            Comparator.comparing(Opener::agent).thenComparing(Opener::disk);

    @Override
    public int compareTo(Opener other) {
        return ORDER.compare(this, other);
    }
}
