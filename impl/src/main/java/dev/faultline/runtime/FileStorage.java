package dev.faultline.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A storage container in a file: location {@code l} is at offset {@code l * segmentBytes}. The file grows as it is
 * written, with holes for what never was. Any thread may use it.
 *
 * <p>What was written survives the end of the process; a loss of power only what was flushed, {@link FileChannel#force
 * forced} to the medium, that is. It is a loss for agents and controller, too, which run on the same machine: nobody has to
 * be told. A block should be no larger than what the medium writes as a whole. After a flush that failed, the file is not to be
 * opened again: the system may believe that what it could not write is clean.
 */
public final class FileStorage implements StorageContainer, AutoCloseable {
    private static final int STRIPES = 256;

    private final FileChannel channel;
    private final Geometry geometry;

    /** A block is under the lock of its stripe, because the system calls alone do not keep blocks whole. */
    private final Object[] stripes = new Object[STRIPES];

    private FileStorage(FileChannel channel, Geometry geometry) {
        this.channel = channel;
        this.geometry = geometry;
        Arrays.setAll(stripes, i -> new Object());
    }

    /** Opens a container and keeps what is in it; makes an empty one if there is no such file. */
    public static FileStorage open(Path file, Geometry geometry) throws IOException {
        return new FileStorage(
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                geometry);
    }

    @Override
    public void read(long location, int block, byte[] destination) throws IOException {
        long offsetBytes = offsetBytes(location, block, destination);
        ByteBuffer buffer = ByteBuffer.wrap(destination);
        synchronized (stripe(location, block)) {
            while (buffer.hasRemaining() && channel.read(buffer, offsetBytes + buffer.position()) >= 0) {
                // A file system may give less than it was asked for.
            }
        }
        Arrays.fill(destination, buffer.position(), destination.length, (byte) 0);
    }

    @Override
    public void write(long location, int block, byte[] source) throws IOException {
        long offsetBytes = offsetBytes(location, block, source);
        ByteBuffer buffer = ByteBuffer.wrap(source);
        synchronized (stripe(location, block)) {
            while (buffer.hasRemaining()) {
                channel.write(buffer, offsetBytes + buffer.position());
            }
        }
    }

    @Override
    public void flush() throws IOException {
        channel.force(false);
    }

    /** Returns how long the file is; what lies beyond was never written. */
    public long sizeBytes() throws IOException {
        return channel.size();
    }

    /** Closes the file and leaves it where it is. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private long offsetBytes(long location, int block, byte[] bytes) {
        if (location < 0 || block < 0 || block >= geometry.blocksPerSegment()) {
            throw new IndexOutOfBoundsException("block " + block + " at location " + location + ": locations are from 0"
                    + " on, and have the blocks 0 to " + (geometry.blocksPerSegment() - 1));
        }
        if (bytes.length != geometry.blockBytes()) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes for a block of " + geometry.blockBytes() + " bytes");
        }
        long segmentOffsetBytes = Math.multiplyExact(location, geometry.segmentBytes());
        return Math.addExact(segmentOffsetBytes, (long) block * geometry.blockBytes());
    }

    private Object stripe(long location, int block) {
        long number = location * geometry.blocksPerSegment() + block;
        return stripes[Math.floorMod(number, STRIPES)];
    }
}
