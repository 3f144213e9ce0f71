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

/** Reads a trace from one file, and sees that no event is missing or out of order, and that the trace has its end. */
public final class TraceReader implements TraceSource {
    private static final int LONGEST_LINE_BYTES = 1 << 26;

    private final String name;
    private final InputStream bytes;
    private final boolean whole;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private final TraceHeader header;
    private final Map<String, Long> lastOfPlace = new HashMap<>();
    private long lineNumber;
    private long lastTime;
    private long events;

    private TraceReader(String name, InputStream bytes, boolean whole) {
        this.name = name;
        this.bytes = bytes;
        this.whole = whole;
        byte[] first = nextLine();
        if (first == null) {
            throw new UnusableTraceException(name + ": the trace is empty");
        }
        header = parse(() -> TraceFormat.readHeader(first));
    }

    /** Opens a file and reads its header; whole: whether it is refused at its end if that is not marked. */
    static TraceReader open(Path file, boolean whole) {
        try {
            return open(file.toString(), Files.newInputStream(file), whole);
        } catch (NoSuchFileException e) {
            throw new UnusableTraceException(file + ": there is no such file");
        } catch (IOException e) {
            throw new UnusableTraceException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Reads a trace from a stream, under a name for messages; the reader closes the stream. */
    static TraceReader open(String name, InputStream bytes, boolean whole) {
        try {
            return new TraceReader(name, bytes, whole);
        } catch (UnusableTraceException e) {
            close(bytes);
            throw e;
        }
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    /** Returns what the file is called in messages. */
    String name() {
        return name;
    }

    @Override
    public TracePosition at() {
        return new TracePosition(name, lineNumber);
    }

    @Override
    public @Nullable TraceEvent next() {
        byte[] line = nextLine();
        if (line == null) {
            if (whole) {
                throw new UnusableTraceException(name + ": the trace has no end after " + events
                        + " events: it was cut, or the system that wrote it has not stopped");
            }
            return null;
        }
        Record read = parse(() -> TraceFormat.readLine(line));
        if (read instanceof TraceEnd end) {
            finish(end);
            return null;
        }
        TraceEvent event = (TraceEvent) read;
        long before = lastOfPlace.getOrDefault(event.place(), 0L);
        if (event.n() != before + 1) {
            throw unusable("place " + event.place() + ": event " + event.n() + " comes after event " + before);
        }
        if (event.time() < lastTime) {
            throw unusable("time " + event.time() + " comes after time " + lastTime);
        }
        lastOfPlace.put(event.place(), event.n());
        lastTime = event.time();
        events++;
        return event;
    }

    private void finish(TraceEnd end) {
        if (end.end() != events) {
            throw unusable("the trace should have " + end.end() + " events here, but there are " + events);
        }
        if (nextLine() != null) {
            throw unusable("there is something after the end of the trace");
        }
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
        return new UnusableTraceException(position() + ": " + why);
    }

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
