package dev.faultline.spec.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of TLC's in its tool mode.
 *
 * @param code what it is about, one of the numbers in TLC's class {@code EC}; {@link #LOOSE} for a line that TLC, its
 *     parser or its JVM printed outside of any message
 * @param kind what kind of message it is
 * @param text its text, of one or more lines
 */
record TlcMessage(int code, Kind kind, String text) {
    static final int LOOSE = -1;

    /** The kinds, in the order of TLC's numbers for them. */
    enum Kind {
        NONE,
        ERROR,
        BUG,
        WARNING,
        STATE;

        boolean isError() {
            return this == ERROR || this == BUG;
        }
    }

    /**
     * Puts messages together from lines. A message may contain others: TLC prints the cause of an error that it did not
     * expect in the midst of the error. The inner one is told first.
     */
    static final class Parser {
        private static final Pattern MARK =
                Pattern.compile("@!@!@(?:STARTMSG (?<code>\\d+)(?::(?<kind>\\d))?|ENDMSG \\d+) @!@!@");

        private record Open(int code, Kind kind, StringBuilder text) {}

        private final Consumer<TlcMessage> listener;
        private final Deque<Open> open = new ArrayDeque<>();

        Parser(Consumer<TlcMessage> listener) {
            this.listener = listener;
        }

        void line(String line) {
            Matcher mark = MARK.matcher(line);
            if (!mark.find()) {
                text(line);
                return;
            }
            if (mark.start() > 0) {
                text(line.substring(0, mark.start()));
            }
            if (mark.group("code") != null) {
                open.push(
                        new Open(Integer.parseInt(mark.group("code")), kind(mark.group("kind")), new StringBuilder()));
            } else if (!open.isEmpty()) {
                end();
            }
        }

        /** Ends the messages that are still open, as when TLC was killed. */
        void finish() {
            while (!open.isEmpty()) {
                end();
            }
        }

        private void text(String line) {
            if (open.isEmpty()) {
                listener.accept(new TlcMessage(LOOSE, Kind.NONE, line));
            } else {
                open.element().text().append(line).append('\n');
            }
        }

        private void end() {
            Open ended = open.pop();
            listener.accept(new TlcMessage(
                    ended.code(), ended.kind(), ended.text().toString().stripTrailing()));
        }

        private static Kind kind(String number) {
            int ordinal = number == null ? 0 : Integer.parseInt(number);
            return ordinal < Kind.values().length ? Kind.values()[ordinal] : Kind.NONE;
        }
    }
}
