package dev.faultline.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Writes the events of a running system to a folder, with a file for each place, so that no place waits for another. The
 * folder has a temporary name until {@link #close} has ended every file; one that cannot be ended is deleted. The places
 * that the header names have their files from the beginning. Any thread may offer events, those of one place one after the
 * other.
 */
public final class TraceWriter implements TraceSink, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final Path temporary;
    private final TraceHeader header;
    private final ConcurrentMap<String, PlaceFile> files = new ConcurrentHashMap<>();

    private TraceWriter(Path folder, Path temporary, TraceHeader header) {
        this.folder = folder;
        this.temporary = temporary;
        this.header = header;
    }

    /**
     * Begins a trace.
     *
     * @param folder where it will be; there must be nothing of that name, or an empty folder
     * @throws IOException if there is something, or no file can be written there
     */
    public static TraceWriter create(Path folder, TraceHeader header) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (Files.exists(absolute) && !isEmptyFolder(absolute)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "is there already, and not an empty folder");
        }
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IOException(folder + " cannot be a trace's folder");
        }
        TraceWriter writer = new TraceWriter(
                absolute, Files.createTempDirectory(parent, absolute.getFileName() + ".unfinished"), header);
        try {
            header.places().forEach(writer::fileOf);
            return writer;
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause());
            writer.deleteAfter(cause);
            throw cause;
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    /** The events of one place. */
    private final class PlaceFile {
        private final Path path;
        private final TraceEncoder encoder;
        private boolean isEnded;

        PlaceFile(String place) {
            path = temporary.resolve(TraceFolder.fileOf(place) + TraceFolder.SUFFIX);
            try {
                OutputStream out = Files.newOutputStream(path);
                encoder = new TraceEncoder(new BufferedOutputStream(out, BUFFER_BYTES));
                encoder.write(header);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized void write(TraceEvent event) {
            try {
                encoder.write(event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized void quiet(long time) {
            if (isEnded) {
                return;
            }
            try {
                encoder.writeQuiet(time);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized void end() throws IOException {
            isEnded = true;
            try (encoder) {
                encoder.writeEnd();
            }
        }

        synchronized void leave() {
            isEnded = true;
            try {
                encoder.close();
            } catch (IOException e) {
                // What could be written is there.
            }
        }

        synchronized void delete() throws IOException {
            isEnded = true;
            encoder.close();
            Files.deleteIfExists(path);
        }
    }

    /** Takes an event. Throws {@link UncheckedIOException} if the trace cannot be written. */
    @Override
    public void accept(TraceEvent event) {
        fileOf(event.place()).write(event);
    }

    /** Writes it down, if the place has a file, and all that came before it out. Throws as {@link #accept}. */
    @Override
    public void quiet(String place, long time) {
        PlaceFile file = files.get(place);
        if (file != null) {
            file.quiet(time);
        }
    }

    private PlaceFile fileOf(String place) {
        return files.computeIfAbsent(place, PlaceFile::new);
    }

    /**
     * Ends all files and gives the folder its name. No event may be offered meanwhile.
     *
     * @throws UncheckedIOException if the trace cannot be written
     */
    @Override
    public void close() {
        try {
            for (PlaceFile file : files.values()) {
                file.end();
            }
            Files.move(temporary, folder, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteAfter(e);
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the folder that has the files as long as the trace has not ended, and for ever if it never does. */
    public Path unfinished() {
        return temporary;
    }

    /**
     * Ends nothing: the files stay where they are, without their ends, as far as they could be written. What is read of them
     * is a beginning. For a system that has failed.
     */
    public void leave() {
        files.values().forEach(PlaceFile::leave);
    }

    private void deleteAfter(IOException cause) {
        try {
            for (PlaceFile file : List.copyOf(files.values())) {
                file.delete();
            }
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
