package dev.faultline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output and standard error, in UTF-8 whatever the locale is: under {@code LC_ALL=C}, common where machines read
 * along, the JVM would write a question mark for each line of a picture. It remembers what could not be written. For any
 * thread.
 */
final class Output {
    private final Remembering stream;
    private final PrintWriter writer;

    private Output(FileDescriptor descriptor) {
        stream = new Remembering(new FileOutputStream(descriptor));
        writer = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Returns standard output. */
    static Output out() {
        return new Output(FileDescriptor.out);
    }

    /** Returns standard error. */
    static Output err() {
        return new Output(FileDescriptor.err);
    }

    PrintWriter writer() {
        return writer;
    }

    /** Writes what is still to be written; returns why something could not be, if so. */
    Optional<String> finish() {
        writer.flush();
        return Optional.ofNullable(stream.failure);
    }

    /** Returns whether it was only that the reader went away, as {@code head} does. */
    static boolean isReaderGone(String failure) {
        return failure.contains("Broken pipe") || failure.contains("pipe is being closed");
    }

    private static final class Remembering extends OutputStream {
        private final OutputStream to;
        private volatile @Nullable String failure;

        Remembering(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                to.write(bytes, from, count);
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
                throw e;
            }
        }
    }
}
