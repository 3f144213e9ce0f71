package dev.faultline.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The write of a content and the reads that returned it: in every order of the calls they come one after the other. Of
 * two clusters, one can come first if each of its calls began before any call of the other had ended. Gibbons and Korach
 * (1997): an order exists exactly if of each two clusters one can come first.
 */
final class Cluster {
    /** Without a write: what the disk held when it came into being. */
    final @Nullable Call write;

    final List<Integer> snapshots = new ArrayList<>();

    @Nullable
    Call firstEnded;

    @Nullable
    Call lastCalled;

    long end = Instants.END;
    long start = Instants.BEGINNING;
    boolean isObserved;

    private Cluster(@Nullable Call write) {
        this.write = write;
    }

    static Cluster initial() {
        Cluster cluster = new Cluster(null);
        cluster.end = Instants.BEGINNING;
        cluster.isObserved = true;
        return cluster;
    }

    static Cluster of(Call write, Instants instants, long gone) {
        Cluster cluster = new Cluster(write);
        cluster.isObserved = write.returned();
        cluster.add(write, instants, gone);
        return cluster;
    }

    /** Adds a call that has to be done by the event at which its disk is gone. */
    void add(Call call, Instants instants, long gone) {
        long ended = Math.min(instants.at(call.ended()), instants.at(gone));
        long called = instants.at(call.called());
        if (lastCalled == null || called > start) {
            start = Math.max(start, called);
            lastCalled = call;
        }
        if (ended < end) {
            end = ended;
            firstEnded = call;
        }
    }

    /** Returns the end of the call that ended first, snapshots with one instant among them. */
    long end(Ranges[] domains, int except) {
        long first = end;
        for (int snapshot : snapshots) {
            if (snapshot != except && BlockHistory.isFixed(domains[snapshot])) {
                first = Math.min(first, BlockHistory.first(domains[snapshot]));
            }
        }
        return first;
    }

    /** Returns the beginning of the call that began last, snapshots with one instant among them. */
    long start(Ranges[] domains, int except) {
        long last = start;
        for (int snapshot : snapshots) {
            if (snapshot != except && BlockHistory.isFixed(domains[snapshot])) {
                last = Math.max(last, BlockHistory.first(domains[snapshot]));
            }
        }
        return last;
    }

    boolean canPrecede(Cluster other) {
        return start < other.end;
    }
}
