package dev.faultline.history;

import dev.faultline.core.Cut;

/**
 * A request for snapshots that belong together. Immutable.
 *
 * @param cut the new names, each with its original
 * @param asked the number of the event of the request, from 1
 * @param ended the number of the event after which the snapshots cannot be taken any more, or {@link History#NEVER}
 * @param answered whether it was answered; otherwise the snapshots were taken before {@code ended}, or never
 */
public record Request(Cut cut, long asked, long ended, boolean answered) {
    /** Says what was asked for and when, for messages. */
    @Override
    public String toString() {
        return (cut.snapshots().size() == 1 ? "snapshot " : "snapshots ") + String.join(", ", cut.snapshots())
                + " (requested in event " + asked
                + (answered ? ", answered in event " + ended : ", not answered") + ")";
    }
}
