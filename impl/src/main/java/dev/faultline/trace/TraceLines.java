package dev.faultline.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines. Closing it closes the stream. For one thread at a time. */
final class TraceLines implements AutoCloseable {
    private static final int LONGEST_LINE_BYTES = 1 << 26;

    private final String name;
    private final InputStream bytes;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private int searched;
    private long lines;

    /** Makes lines of a stream, under a name for messages. */
    TraceLines(String name, InputStream bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Returns where the line stands that was read last. */
    TracePosition at() {
        return new TracePosition(name, lines);
    }

    /** Returns the name of the stream, and the number of the line that was read last. */
    String position() {
        return name + ": line " + lines;
    }

    /**
     * Returns the next line without its end, or null if the stream has no whole line more. The line may be kept.
     *
     * @throws TraceInput.DamagedException if this is compressed, and the rest cannot be read
     * @throws UnusableTraceException if the stream cannot be read
     */
    byte @Nullable [] next() throws TraceInput.DamagedException {
        lines++;
        try {
            while (true) {
                for (int i = searched; i < to; i++) {
                    if (buffer[i] == '\n') {
                        byte[] line = Arrays.copyOfRange(buffer, from, i);
                        from = i + 1;
                        searched = from;
                        return line;
                    }
                }
                makeRoom();
                searched = to;
                int read = bytes.read(buffer, to, buffer.length - to);
                if (read < 0) {
                    lines--;
                    return null;
                }
                to += read;
            }
        } catch (TraceInput.DamagedException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableTraceException(position() + ": cannot be read: " + e.getMessage());
        }
    }

    /** Returns where the line would be that comes after the last one. */
    String positionAfter() {
        return name + ": line " + (lines + 1);
    }

    /** Returns whether something is left that is no whole line. */
    boolean isCut() {
        return from < to;
    }

    private void makeRoom() {
        byte[] target = buffer;
        if (to - from == buffer.length) {
            if (buffer.length == LONGEST_LINE_BYTES) {
                throw new UnusableTraceException(
                        position() + ": the line is longer than " + LONGEST_LINE_BYTES + " bytes");
            }
            target = new byte[2 * buffer.length];
        }
        System.arraycopy(buffer, from, target, 0, to - from);
        buffer = target;
        to -= from;
        from = 0;
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UnusableTraceException(name + ": cannot be closed: " + e.getMessage());
        }
    }
}
