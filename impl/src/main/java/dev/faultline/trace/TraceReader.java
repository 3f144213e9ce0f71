package dev.faultline.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace from one file, or from the files of one place one after the other, and sees that no event is missing or
 * out of order, and that the trace has its end.
 */
public final class TraceReader implements TraceSource {
    private final String name;
    private final Iterator<Path> parts;
    private final boolean whole;
    private TraceLines lines;
    private @Nullable TraceHeader header;
    private final Map<String, Long> lastOfPlace = new HashMap<>();
    private long lastTime;
    private long quietUntil = -1;
    private long events;
    private boolean ended;

    private TraceReader(String name, InputStream bytes, Iterator<Path> parts, boolean whole) {
        this.name = name;
        this.parts = parts;
        this.whole = whole;
        lines = new TraceLines(name, bytes);
        readHeader();
    }

    /**
     * Opens the files of a place, in order.
     *
     * @param whole whether a file is refused that has no end; if not, it may also end in the middle of a line, or before its
     *     header
     */
    static TraceReader open(List<Path> files, boolean whole) {
        Iterator<Path> parts = files.iterator();
        Path first = parts.next();
        return open(first.toString(), TraceInput.raw(first), parts, whole);
    }

    /** Reads a trace from a stream, compressed or not, under a name for messages; the reader closes the stream. */
    static TraceReader open(String name, InputStream bytes, boolean whole) {
        return open(name, bytes, List.<Path>of().iterator(), whole);
    }

    private static TraceReader open(String name, InputStream raw, Iterator<Path> parts, boolean whole) {
        try {
            return new TraceReader(name, plain(name, raw), parts, whole);
        } catch (UnusableTraceException e) {
            new TraceLines(name, raw).close();
            throw e;
        }
    }

    private static InputStream plain(String name, InputStream raw) {
        try {
            return TraceInput.plain(raw);
        } catch (IOException e) {
            throw new UnusableTraceException(name + ": cannot be read: " + e.getMessage());
        }
    }

    /** Reads the header, if it is there. */
    private void readHeader() {
        byte[] first = nextLine();
        if (first != null) {
            header = parse(() -> TraceFormat.readHeader(first));
        } else if (whole) {
            throw new UnusableTraceException(name + ": the trace is empty");
        }
    }

    @Override
    public TraceHeader header() {
        if (header == null) {
            throw new UnusableTraceException(name + ": the file does not even have its header");
        }
        return header;
    }

    /** Returns whether the header is there, which tells of the system. */
    boolean hasHeader() {
        return header != null;
    }

    /** Returns what the file is called in messages. */
    String name() {
        return name;
    }

    /** Returns whether the trace has its end, and nothing more can come. */
    boolean isEnded() {
        return ended;
    }

    /** Returns the time up to which nothing is missing: that of the last line; 0 if there was none. */
    long time() {
        return lastTime;
    }

    @Override
    public TracePosition at() {
        return lines.at();
    }

    @Override
    public Optional<TraceStop> stop() {
        return ended ? Optional.empty() : Optional.of(new TraceStop(lastTime, name, List.of(standing()), 0));
    }

    /** Returns the name with the time of the last event. */
    String standing() {
        return name + " at " + lastTime;
    }

    /** Returns the next event, or null after the last one. */
    @Override
    public @Nullable TraceEvent next() {
        if (header == null && !whole) {
            readHeader(); // it may be there by now
        }
        if (ended || header == null) {
            return null;
        }
        Record read = readLine();
        while (read instanceof TraceQuiet quiet) {
            accept(quiet);
            read = readLine();
        }
        if (read == null) {
            if (whole) {
                throw new UnusableTraceException(name + ": the trace has no end after " + events
                        + " events: it was cut, or the system that wrote it has not stopped");
            }
            return null;
        }
        if (read instanceof TraceEnd end) {
            finish(end);
            return null;
        } else if (read instanceof TraceHeader) {
            throw unusable("the header comes again, after events");
        }
        TraceEvent event = (TraceEvent) read;
        long before = lastOfPlace.getOrDefault(event.place(), 0L);
        if (event.n() != before + 1) {
            throw unusable("place " + event.place() + ": event " + event.n()
                    + (before == 0 ? " is its first, which should be 1" : " comes after event " + before));
        }
        if (event.time() < lastTime) {
            throw unusable("time " + event.time() + " comes after time " + lastTime);
        }
        if (event.time() <= quietUntil) {
            throw unusable("time " + event.time() + " comes after it was said that nothing more comes up to time "
                    + quietUntil);
        }
        lastOfPlace.put(event.place(), event.n());
        lastTime = event.time();
        events++;
        return event;
    }

    private @Nullable Record readLine() {
        byte[] line = nextLine();
        return line == null ? null : parse(() -> TraceFormat.readLine(line));
    }

    private void accept(TraceQuiet read) {
        if (read.quiet() < lastTime) {
            throw unusable("quiet up to time " + read.quiet() + " comes after time " + lastTime);
        }
        quietUntil = read.quiet();
        lastTime = quietUntil;
    }

    private void finish(TraceEnd end) {
        if (end.end() != events) {
            throw unusable("the trace should have " + end.end() + " events here, but there are " + events);
        }
        if (nextLine() != null || lines.isCut()) {
            throw unusable("there is something after the end of the trace");
        }
        ended = true;
    }

    /** Returns the next line, of the next file if this one has no more; null if there is none. */
    private byte @Nullable [] nextLine() {
        try {
            byte[] line = lines.next();
            while (line == null && parts.hasNext()) {
                expectNoCut();
                line = firstOf(parts.next());
            }
            if (line == null && whole) {
                expectNoCut();
            }
            return line;
        } catch (TraceInput.DamagedException e) {
            if (!whole && !parts.hasNext()) {
                return null;
            }
            throw new UnusableTraceException(lines.positionAfter() + ": cannot be read: " + e.getMessage());
        }
    }

    /** Goes on with another file, which may begin with the header, and returns its first line after that. */
    private byte @Nullable [] firstOf(Path part) throws TraceInput.DamagedException {
        lines.close();
        lines = new TraceLines(part.toString(), plain(part.toString(), TraceInput.raw(part)));
        byte[] line = lines.next();
        if (line == null || !TraceFormat.isHeader(line)) {
            return line;
        }
        TraceHeader again = parse(() -> TraceFormat.readHeader(line));
        if (header != null && !again.equals(header)) {
            throw new UnusableTraceException(part + ": this is of another system than " + name);
        }
        return lines.next();
    }

    private void expectNoCut() {
        if (lines.isCut()) {
            throw new UnusableTraceException(lines.positionAfter() + ": the trace ends in the middle of a line");
        }
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
        lines.close();
    }
}
