package dev.faultline.trace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace that is still being written: a file, or a folder in which files of more places may appear.
 *
 * <p>An event is given as soon as every file has been read up to its time: what comes later in them is later. A file without
 * events says so by quiet times. A place that begins makes its file before it has an event, so whatever an event depends on is
 * in a file that is there once the event has been read; that is why the folder is looked at between reading and giving.
 *
 * <p>The trace ends when each file has its end; or when nothing has been written for some time, and then this is a beginning.
 * A file that is rotated while it is read is not followed: it is said that its events are in two files.
 */
final class TraceFollower implements TraceSource {
    private static final int AHEAD = 4_096;
    private static final int PAUSE_MILLIS = 50;

    private final Path path;
    private final boolean isFolder;
    private final long patienceNanos;
    private final Set<Path> known = new HashSet<>();
    private final List<Followed> files = new ArrayList<>();
    private final Map<String, Followed> fileOfPlace = new HashMap<>();
    private final TraceHeader header;
    private TracePosition at;
    private long lastNewsNanos;
    private List<String> missing;

    /** An event that has been read, and where it stands. */
    private record Ahead(TraceEvent event, TracePosition position) {}

    /** A file with what has been read of it, and not yet been given. */
    private static final class Followed {
        private final TraceReader reader;
        private final ArrayDeque<Ahead> ahead = new ArrayDeque<>();

        Followed(TraceReader reader) {
            this.reader = reader;
        }

        /** Returns whether an event may still come of a time up to this one. */
        boolean mayHave(long time) {
            return ahead.isEmpty() && !reader.isEnded() && reader.time() < time;
        }
    }

    /**
     * Opens a trace, and waits for its header.
     *
     * @param patience for how long nothing may be written before this is taken for the end
     */
    TraceFollower(Path path, Duration patience) {
        this.path = path;
        isFolder = Files.isDirectory(path);
        patienceNanos = patience.toNanos();
        lastNewsNanos = System.nanoTime();
        at = new TracePosition(path.toString(), 0);
        if (!isFolder) {
            open(path);
        }
        readAll();
        while (files.stream().noneMatch(file -> file.reader.hasHeader()) && !isSilent()) {
            pause();
            readAll();
        }
        header = files.stream()
                .filter(file -> file.reader.hasHeader())
                .findFirst()
                .orElseThrow(() -> {
                    close();
                    return new UnusableTraceException(path + ": there is no trace, not even its header, and none was"
                            + " written for " + patience.toSeconds() + " s");
                })
                .reader
                .header();
        missing = missing();
    }

    private void open(Path file) {
        known.add(file);
        files.add(new Followed(TraceReader.open(List.of(file), false)));
        lastNewsNanos = System.nanoTime();
    }

    /** Looks for files that have appeared; returns whether there are any. */
    private boolean openNew() {
        if (!isFolder) {
            return false;
        }
        List<Path> found = TraceFolder.named(path).stream()
                .filter(file -> !known.contains(file))
                .toList();
        found.forEach(this::open);
        return !found.isEmpty();
    }

    /** Reads what there is, of files that appear too. */
    private void readAll() {
        do {
            for (Followed file : files) {
                read(file);
            }
        } while (openNew());
    }

    private boolean isSilent() {
        return System.nanoTime() - lastNewsNanos >= patienceNanos;
    }

    private boolean isEnded() {
        return missing.isEmpty() && files.stream().allMatch(file -> file.reader.isEnded());
    }

    private void read(Followed file) {
        while (file.ahead.size() < AHEAD && !file.reader.isEnded()) {
            long time = file.reader.time();
            TraceEvent event = file.reader.next();
            if (event == null) {
                if (file.reader.isEnded() || file.reader.time() > time) {
                    lastNewsNanos = System.nanoTime();
                }
                return;
            }
            lastNewsNanos = System.nanoTime();
            Followed other = fileOfPlace.putIfAbsent(event.place(), file);
            if (other != null && other != file) {
                throw new UnusableTraceException(file.reader.position() + ": the events of place " + event.place()
                        + " are in " + other.reader.name() + " already; files that are rotated cannot be followed");
            }
            file.ahead.add(new Ahead(event, file.reader.at()));
        }
    }

    @Override
    public TraceHeader header() {
        return header;
    }

    @Override
    public @Nullable TraceEvent next() {
        TraceEvent event = giveIfNext();
        while (event == null) {
            boolean over = isSilent() || isEnded();
            readAll();
            expectOneSystem();
            missing = missing();
            event = giveIfNext();
            if (over) {
                return event;
            } else if (event == null) {
                pause();
            }
        }
        return event;
    }

    private void expectOneSystem() {
        for (Followed file : files) {
            if (file.reader.hasHeader() && !file.reader.header().equals(header)) {
                throw new UnusableTraceException(file.reader.name() + ": this is of another system than the rest");
            }
        }
    }

    /** Returns the event with the earliest time, if nothing can come before it. */
    private @Nullable TraceEvent giveIfNext() {
        Followed next = null;
        for (Followed file : files) {
            if (!file.ahead.isEmpty() && (next == null || isBefore(file, next))) {
                next = file;
            }
        }
        if (next == null || !missing.isEmpty()) {
            return null;
        }
        long time = first(next).event().time();
        for (Followed file : files) {
            if (file.mayHave(time)) {
                return null;
            }
        }
        Ahead ahead = Objects.requireNonNull(next.ahead.poll());
        at = ahead.position();
        return ahead.event();
    }

    private static Ahead first(Followed file) {
        return Objects.requireNonNull(file.ahead.peek());
    }

    private static boolean isBefore(Followed one, Followed other) {
        return TraceEvent.IN_ORDER.compare(first(one).event(), first(other).event()) < 0;
    }

    /** Returns the places of the header of which there is no file yet. */
    private List<String> missing() {
        if (!isFolder) {
            return List.of();
        }
        return header.places().stream()
                .filter(place -> known.stream().noneMatch(file -> TraceFolder.isOf(file, place)))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a trace is followed", e);
        }
    }

    @Override
    public TracePosition at() {
        return at;
    }

    @Override
    public Optional<TraceStop> stop() {
        List<Followed> open =
                files.stream().filter(file -> !file.reader.isEnded()).toList();
        if (missing.isEmpty() && open.isEmpty()) {
            return Optional.empty();
        }
        long time = 0;
        String who;
        if (missing.isEmpty()) {
            TraceReader earliest = Collections.min(open, Comparator.comparingLong(file -> file.reader.time())).reader;
            time = earliest.time();
            who = earliest.name();
        } else {
            who = missing.get(0) + ", of which there is no file";
        }
        long leftOut = files.stream().mapToLong(file -> file.ahead.size()).sum();
        List<String> unended = Stream.concat(
                        missing.stream().map(place -> place + " without a file"),
                        open.stream().map(file -> file.reader.standing()))
                .toList();
        return Optional.of(new TraceStop(time, who, unended, leftOut));
    }

    @Override
    public void close() {
        files.forEach(file -> file.reader.close());
    }
}
