package dev.faultline.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace event by event, in bounded memory, and sees that none is missing or out of order. Every method but
 * {@link #close} throws {@link UnusableTraceException}. For one thread at a time.
 */
public final class TraceReader implements AutoCloseable {
    private static final int LONGEST_LINE_BYTES = 1 << 26;

    private final String name;
    private final InputStream bytes;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private final TraceHeader header;
    private final Map<String, Long> lastOfPlace = new HashMap<>();
    private long lineNumber;
    private long lastTime;

    private TraceReader(String name, InputStream bytes) {
        this.name = name;
        this.bytes = bytes;
        byte[] first = nextLine();
        if (first == null) {
            throw new UnusableTraceException(name + ": the trace is empty");
        }
        header = parse(() -> TraceFormat.readHeader(first));
    }

    /** Opens a trace and reads its header. */
    public static TraceReader open(Path file) {
        if (Files.isDirectory(file)) {
            throw new UnusableTraceException(file + ": this is a folder, not a trace");
        }
        try {
            return open(file.toString(), Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new UnusableTraceException(file + ": there is no such file");
        } catch (IOException e) {
            throw new UnusableTraceException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Reads a trace from a stream, under a name for messages; the reader closes the stream. */
    public static TraceReader open(String name, InputStream bytes) {
        try {
            return new TraceReader(name, bytes);
        } catch (UnusableTraceException e) {
            close(bytes);
            throw e;
        }
    }

    /** Returns the header. */
    public TraceHeader header() {
        return header;
    }

    /** Returns the number of the line that was read last, from 1. */
    public long lineNumber() {
        return lineNumber;
    }

    /** Returns the next event, or null after the last one. */
    public @Nullable TraceEvent next() {
        byte[] line = nextLine();
        if (line == null) {
            return null;
        }
        TraceEvent event = parse(() -> TraceFormat.readEvent(line));
        long before = lastOfPlace.getOrDefault(event.place(), 0L);
        if (event.n() != before + 1) {
            throw unusable("place " + event.place() + ": event " + event.n() + " comes after event " + before);
        }
        if (event.time() < lastTime) {
            throw unusable("time " + event.time() + " comes after time " + lastTime);
        }
        lastOfPlace.put(event.place(), event.n());
        lastTime = event.time();
        return event;
    }

    /** Returns the next line without its end, or null if there is none. It may be kept. */
    private byte @Nullable [] nextLine() {
        lineNumber++;
        try {
            int searched = from;
            while (true) {
                for (int i = searched; i < to; i++) {
                    if (buffer[i] == '\n') {
                        byte[] line = Arrays.copyOfRange(buffer, from, i);
                        from = i + 1;
                        return line;
                    }
                }
                searched = to - from;
                makeRoom();
                int read = bytes.read(buffer, to, buffer.length - to);
                if (read < 0) {
                    if (from == to) {
                        return null;
                    }
                    throw unusable("the trace ends in the middle of a line");
                }
                to += read;
            }
        } catch (IOException e) {
            throw unusable("cannot be read: " + e.getMessage());
        }
    }

    private void makeRoom() {
        byte[] target = buffer;
        if (to - from == buffer.length) {
            if (buffer.length == LONGEST_LINE_BYTES) {
                throw unusable("the line is longer than " + LONGEST_LINE_BYTES + " bytes");
            }
            target = new byte[2 * buffer.length];
        }
        System.arraycopy(buffer, from, target, 0, to - from);
        buffer = target;
        to -= from;
        from = 0;
    }

    private interface Parser<T> {
        T parse();
    }

    private <T> T parse(Parser<T> parser) {
        try {
            return parser.parse();
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private UnusableTraceException unusable(String why) {
        return new UnusableTraceException(name + ": line " + lineNumber + ": " + why);
    }

    /** Closes the file. */
    @Override
    public void close() {
        close(bytes);
    }

    private static void close(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UnusableTraceException("a trace cannot be closed: " + e.getMessage());
        }
    }
}
