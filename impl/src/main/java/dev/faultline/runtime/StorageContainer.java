package dev.faultline.runtime;

import java.io.IOException;

/**
 * Where the segments lie: a row of locations, each as large as a segment. What was never written reads as zeros.
 *
 * <p>Called on the I/O threads, several at once; may block. A block is read and written as a whole: a read that overlaps
 * a write of the same block returns it as it was before or as it is after, never a mixture.
 */
public interface StorageContainer {
    /**
     * Reads a block.
     *
     * @param destination as long as a block; filled when the call returns
     */
    void read(long location, int block, byte[] destination) throws IOException;

    /**
     * Writes a block. When the call returns, later reads see it; it need not be durable yet.
     *
     * @param source as long as a block
     */
    void write(long location, int block, byte[] source) throws IOException;
}
