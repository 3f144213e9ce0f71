package dev.faultline.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the events of a trace in a temporary file, in the order in which they are offered, so that they can be read again. If
 * there is no room for that, it keeps nothing, and says so when it is asked. For one thread at a time.
 */
public final class TraceSpool implements TraceSink, AutoCloseable {
    private final Path file;
    private final Optional<TraceEncoder> encoder;
    private boolean isWhole;

    /** Begins with the header. */
    public TraceSpool(TraceHeader header) {
        Optional<TraceEncoder> opened = Optional.empty();
        Path created = Path.of("");
        try {
            created = Files.createTempFile("faultline-spool", TraceFolder.SUFFIX);
            created.toFile().deleteOnExit();
            opened = Optional.of(new TraceEncoder(new BufferedOutputStream(Files.newOutputStream(created), 1 << 16)));
            opened.get().write(header);
            isWhole = true;
        } catch (IOException e) {
            // Without it, less is explained.
        }
        file = created;
        encoder = opened;
    }

    @Override
    public void accept(TraceEvent event) {
        if (isWhole) {
            try {
                encoder.orElseThrow().write(event);
            } catch (IOException e) {
                isWhole = false;
            }
        }
    }

    /** Ends the writing, and opens what was written, from the first event on; nothing if something could not be kept. */
    public Optional<TraceSource> read() {
        try {
            if (encoder.isPresent()) {
                encoder.get().close();
            }
            return isWhole ? Optional.of(TraceReader.open(List.of(file), false)) : Optional.empty();
        } catch (IOException | UnusableTraceException e) {
            return Optional.empty();
        }
    }

    /** Deletes the file. */
    @Override
    public void close() {
        try {
            if (encoder.isPresent()) {
                encoder.get().close();
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is in the folder for temporary files.
        }
    }
}
