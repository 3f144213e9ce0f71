package dev.faultline.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges the files of several places into one trace, in the order of their logical times. An event has a greater time
 * than all that it may depend on, so that causes come first. Events with the same time do not depend on each other: they
 * come in the order of the names of their places.
 */
final class TraceMerge implements TraceSource {
    /** What a file of a trace's folder is called at its end. */
    static final String SUFFIX = ".ndjson";

    private final List<TraceReader> files;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong((Head head) -> head.event().time())
                    .thenComparing(head -> head.event().place()));
    private final Map<String, TraceReader> fileOfPlace = new HashMap<>();
    private @Nullable TraceReader last;

    /** The next event of a file. */
    private record Head(TraceEvent event, TraceReader file) {}

    private TraceMerge(List<TraceReader> files) {
        this.files = files;
        for (TraceReader file : files) {
            if (!file.header().equals(header())) {
                throw new UnusableTraceException(file.name() + ": this is of another system than "
                        + files.get(0).name());
            }
            advance(file);
        }
    }

    static TraceMerge open(Path folder, boolean whole) {
        List<Path> paths = list(folder);
        if (paths.isEmpty()) {
            throw new UnusableTraceException(folder + ": there is no trace in this folder, no file *" + SUFFIX);
        }
        List<TraceReader> files = new ArrayList<>();
        try {
            paths.forEach(path -> files.add(TraceReader.open(path, whole)));
            return new TraceMerge(files);
        } catch (UnusableTraceException e) {
            files.forEach(TraceReader::close);
            throw e;
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UnusableTraceException(folder + ": cannot be read: " + e.getMessage());
        }
    }

    @Override
    public TraceHeader header() {
        return files.get(0).header();
    }

    @Override
    public @Nullable TraceEvent next() {
        if (last != null) {
            advance(last);
        }
        Head head = heads.poll();
        last = head == null ? null : head.file();
        return head == null ? null : head.event();
    }

    private void advance(TraceReader file) {
        TraceEvent event = file.next();
        if (event == null) {
            return;
        }
        TraceReader other = fileOfPlace.putIfAbsent(event.place(), file);
        if (other != null && other != file) {
            throw new UnusableTraceException(file.position() + ": the events of place " + event.place() + " are in "
                    + other.name() + " already");
        }
        heads.add(new Head(event, file));
    }

    @Override
    public TracePosition at() {
        return (last == null ? files.get(0) : last).at();
    }

    @Override
    public void close() {
        files.forEach(TraceReader::close);
    }
}
