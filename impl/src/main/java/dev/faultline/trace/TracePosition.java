package dev.faultline.trace;

/**
 * Where an event stands.
 *
 * @param file what the file is called in messages
 * @param line from 1
 */
public record TracePosition(String file, long line) {
    @Override
    public String toString() {
        return file + ": line " + line;
    }
}
