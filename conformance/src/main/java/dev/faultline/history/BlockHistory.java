package dev.faultline.history;

import dev.faultline.core.Content;
import java.util.Optional;
import java.util.Set;

/** What was seen of one block, on all disks of a family: they are independent of other blocks but for the snapshots. */
interface BlockHistory {
    /** Returns what is wrong with this block whenever the snapshots were taken, if anything is. */
    Optional<Violation> violation();

    /** Returns the indices of the requests whose instant matters to this block. */
    Set<Integer> requests();

    /**
     * Returns the instants at which the request's snapshots can have been taken as far as this block tells.
     *
     * @param request the index of the request
     * @param domains for each request, the instants that are thought of. When all but this request have one instant, the
     *     result is exact; otherwise it may have too many instants.
     */
    Ranges feasible(int request, Ranges[] domains);

    /** Returns the instants of the events that this block sees, in order. */
    long[] instants();

    /** Returns a few words on what the request's snapshots hold, and what was seen of their originals. */
    String about(int request);

    /** Returns whether a request has one instant left. */
    static boolean isFixed(Ranges domain) {
        return domain.ranges().size() == 1
                && domain.ranges().get(0).first() == domain.ranges().get(0).last();
    }

    /** Returns the first instant of a domain. */
    static long first(Ranges domain) {
        return domain.ranges().get(0).first();
    }

    /** Returns the name of a block, for messages. */
    static String name(String disk, int segment, int block) {
        return "segment " + segment + ", block " + block + " of disk " + disk;
    }

    /** Returns a content, or that it is unknown. */
    static String text(Content value, Content zero) {
        return value.equals(zero) ? value + " (as in the beginning)" : value.toString();
    }
}
