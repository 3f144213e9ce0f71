package dev.faultline.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** Writes lines of a trace to a stream, with one generator for all of them. For one thread at a time. */
final class TraceEncoder implements AutoCloseable {
    private final JsonGenerator json;
    private long events;

    TraceEncoder(OutputStream out) throws IOException {
        json = TraceFormat.JSON_FACTORY.createGenerator(out);
        json.setRootValueSeparator(null);
    }

    void write(TraceHeader header) throws IOException {
        json.writeStartObject();
        TraceFormat.writeFields(json, header);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    void write(TraceEvent event) throws IOException {
        json.writeStartObject();
        TraceFormat.writeFields(json, event);
        json.writeEndObject();
        json.writeRaw('\n');
        events++;
    }

    /** Writes that nothing more comes of the time until this one, and hands all that was written to the system. */
    void writeQuiet(long time) throws IOException {
        json.writeRaw(TraceFormat.quiet(time));
        json.writeRaw('\n');
        json.flush();
    }

    /** Writes the last line. */
    void writeEnd() throws IOException {
        json.writeRaw(TraceFormat.end(events));
        json.writeRaw('\n');
    }

    /** Writes what is left, and closes the stream. */
    @Override
    public void close() throws IOException {
        json.close();
    }
}
