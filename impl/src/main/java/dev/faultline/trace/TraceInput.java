package dev.faultline.trace;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files of traces, whether they are compressed or not: their first bytes say which. Any thread may use it. */
public final class TraceInput {
    private static final int MAGIC_BYTES = 4;

    private TraceInput() {}

    /** A compressed file ends too early, or is not what was written. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(String compression, Exception cause) {
            super("the " + compression + " data is cut or damaged", cause);
        }
    }

    /**
     * Opens a file, and returns what is in it, decompressed if need be.
     *
     * @throws IOException if it cannot be read
     * @throws UnusableTraceException if there is no such file
     */
    public static InputStream open(Path file) throws IOException {
        return plain(raw(file));
    }

    /** Opens a file as it is. */
    static InputStream raw(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new UnusableTraceException(file + ": there is no such file");
        } catch (IOException e) {
            throw new UnusableTraceException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /**
     * Returns what is in a stream that may be compressed by gzip or zstd.
     *
     * @throws IOException if it cannot be read, or is not what was compressed
     */
    public static InputStream plain(InputStream raw) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(raw, MAGIC_BYTES);
        byte[] magic = bytes.readNBytes(MAGIC_BYTES);
        bytes.unread(magic);
        if (begins(magic, 0x1f, 0x8b)) {
            return new Decompressed("gzip", bytes, in -> new GZIPInputStream(in, 1 << 16));
        } else if (begins(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
            return new Decompressed("zstd", bytes, ZstdInputStream::new);
        }
        return bytes;
    }

    private static boolean begins(byte[] bytes, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private interface Decompressor {
        InputStream of(InputStream compressed) throws IOException;
    }

    /** Says of every way in which data can be spoilt the same. */
    private static final class Decompressed extends FilterInputStream {
        private final String compression;
        private final Decompressor decompressor;
        private boolean begun;

        Decompressed(String compression, InputStream compressed, Decompressor decompressor) {
            super(compressed);
            this.compression = compression;
            this.decompressor = decompressor;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            try {
                if (!begun) {
                    // Only now: the first bytes may be spoilt already.
                    in = decompressor.of(in);
                    begun = true;
                }
                return in.read(target, from, length);
            } catch (EOFException | ZipException | MalformedInputException e) {
                throw new DamagedException(compression, e);
            } catch (IOException e) {
                // The decoder of zstd says so of a stream that ends too early.
                if (begun && in instanceof ZstdInputStream) {
                    throw new DamagedException(compression, e);
                }
                throw e;
            }
        }
    }
}
