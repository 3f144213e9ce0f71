package dev.faultline.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes the events of a running system to a file, in the order of their times. The file has a temporary name until
 * {@link #close} has found the trace complete; a trace that is not is deleted. Any thread may offer events.
 */
public final class TraceWriter implements TraceSink, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final Path temporary;
    private final TraceEncoder encoder;
    private final TraceSequencer sequencer;

    private TraceWriter(Path file, Path temporary, TraceEncoder encoder) {
        this.file = file;
        this.temporary = temporary;
        this.encoder = encoder;
        sequencer = new TraceSequencer(encoder::write);
    }

    /** Begins a trace; it replaces the file of that name, if there is one, when it is closed. */
    public static TraceWriter create(Path file, TraceHeader header) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".part");
        OutputStream out = Files.newOutputStream(temporary);
        TraceEncoder encoder = new TraceEncoder(new BufferedOutputStream(out, BUFFER_BYTES));
        encoder.write(header);
        return new TraceWriter(absolute, temporary, encoder);
    }

    /** Takes an event. Throws {@link IllegalStateException} if the trace cannot be written. */
    @Override
    public void accept(TraceEvent event) {
        sequencer.accept(event);
    }

    /**
     * Writes what is left and gives the file its name. No event may be offered meanwhile.
     *
     * @throws UncheckedIOException if the trace cannot be written
     * @throws IllegalStateException if an earlier write failed, or an event is missing
     */
    @Override
    public void close() {
        try (encoder) {
            sequencer.close();
        } catch (IOException e) {
            deleteTemporary();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            deleteTemporary();
            throw e;
        }
        try {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteTemporary();
            throw new UncheckedIOException(e);
        }
    }

    private void deleteTemporary() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
