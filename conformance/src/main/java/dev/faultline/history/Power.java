package dev.faultline.history;

import java.util.List;

/**
 * What hosts saw of a storage that loses power. Immutable.
 *
 * @param calls the calls that took effect or may have, of the whole history, in any order
 * @param flushes the flushes that were answered, in any order
 * @param losses the numbers of the events by which power was lost, in order
 */
public record Power(List<Call> calls, List<Flush> flushes, List<Long> losses) {
    /** Power was not lost. */
    public static final Power NONE = new Power(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Power {
        calls = List.copyOf(calls);
        flushes = List.copyOf(flushes);
        losses = List.copyOf(losses);
    }

    /**
     * A flush that was answered.
     *
     * @param disk the disk
     * @param called the number of the event of the call, from 1
     * @param ended the number of the event by which it was answered
     */
    public record Flush(String disk, long called, long ended) {
        /** Says when it was, for messages. */
        @Override
        public String toString() {
            return "flush (event " + called + " to " + ended + ")";
        }
    }
}
