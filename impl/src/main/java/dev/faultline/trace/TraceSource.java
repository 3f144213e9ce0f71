package dev.faultline.trace;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of a trace, one after the other, causes before what they cause, in bounded memory. Every method but
 * {@link #close} throws {@link UnusableTraceException}. For one thread at a time.
 */
public interface TraceSource extends AutoCloseable {
    /** Opens a trace: a file, or a folder with a file for each place. */
    static TraceSource open(Path path) {
        return open(path, true);
    }

    /**
     * Opens a trace.
     *
     * @param whole whether a trace without its end is refused, when all of its events have been read; if not, its events
     *     are those on which nothing can bear that is missing, see {@link #stop}
     */
    static TraceSource open(Path path, boolean whole) {
        return Files.isDirectory(path) ? TraceMerge.open(path, whole) : TraceReader.open(List.of(path), whole);
    }

    /**
     * Opens a trace that is still being written, and waits for its header. An event is given once nothing can come before it;
     * {@link #next} waits for it. What was written when nothing had been for some time is all of it.
     *
     * @param patience for how long nothing may be written before this is taken for the end
     */
    static TraceSource follow(Path path, Duration patience) {
        return new TraceFollower(path, patience);
    }

    /** Reads a trace of one file from a stream, under a name for messages; closing the trace closes the stream. */
    static TraceSource of(String name, InputStream bytes, boolean whole) {
        return TraceReader.open(name, bytes, whole);
    }

    /** Returns the system that the trace is of. */
    TraceHeader header();

    /** Returns the next event, or null after the last one. */
    @Nullable
    TraceEvent next();

    /** Returns where the event stands that was read last. */
    TracePosition at();

    /** Returns where the event stands that was read last, in words: file and line. */
    default String position() {
        return at().toString();
    }

    /** Returns how far the trace goes, after the last event; nothing if it has its end. */
    Optional<TraceStop> stop();

    /** Returns the files of the folder that are no part of the trace. */
    default List<Path> passedOver() {
        return List.of();
    }

    /**
     * Returns the agents, and the controller, of which a folder has no file though its header does not say which places there
     * are: nothing may have happened there, or a part of the trace is missing.
     */
    default List<String> withoutFile() {
        return List.of();
    }

    /** Closes the files. */
    @Override
    void close();
}
