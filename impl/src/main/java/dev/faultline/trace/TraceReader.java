package dev.faultline.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace event by event, in bounded memory, and sees that none is missing or out of order. Every method but
 * {@link #close} throws {@link UnusableTraceException}. For one thread at a time.
 */
public final class TraceReader implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 24;

    private final String name;
    private final BufferedReader lines;
    private final TraceHeader header;
    private final Map<String, Long> lastOfPlace = new HashMap<>();
    private long lineNumber;
    private long lastTime;

    private TraceReader(String name, BufferedReader lines) {
        this.name = name;
        this.lines = lines;
        String first = nextLine();
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
            return open(file.toString(), Files.newBufferedReader(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new UnusableTraceException(file + ": there is no such file");
        } catch (IOException e) {
            throw new UnusableTraceException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Reads a trace from text, under a name for messages. */
    public static TraceReader open(String name, Reader text) {
        BufferedReader lines = new BufferedReader(text);
        try {
            return new TraceReader(name, lines);
        } catch (UnusableTraceException e) {
            close(lines);
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
        String line = nextLine();
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

    private @Nullable String nextLine() {
        try {
            StringBuilder line = new StringBuilder();
            lineNumber++;
            for (int c = lines.read(); c != '\n'; c = lines.read()) {
                if (c == -1) {
                    if (line.length() == 0) {
                        return null;
                    }
                    throw unusable("the trace ends in the middle of a line");
                }
                line.append((char) c);
                if (line.length() > LONGEST_LINE) {
                    throw unusable("the line is longer than " + LONGEST_LINE + " characters");
                }
            }
            return line.toString();
        } catch (CharacterCodingException e) {
            throw unusable("this is not UTF-8 text");
        } catch (IOException e) {
            throw unusable("cannot be read: " + e.getMessage());
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
        return new UnusableTraceException(name + ": line " + lineNumber + ": " + why);
    }

    /** Closes the file. */
    @Override
    public void close() {
        close(lines);
    }

    private static void close(BufferedReader lines) {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UnusableTraceException("a trace cannot be closed: " + e.getMessage());
        }
    }
}
