package dev.faultline.runtime;

import java.io.IOException;

/**
 * Where the segments lie: a row of locations, each as large as a segment. What was never written reads as zeros.
 *
 * <p>Called on the I/O threads, several at once; may block. A block is read and written as a whole: a read that overlaps
 * a write of the same block returns it as it was before or as it is after, never a mixture. So does a loss of power. One
 * that loses power while agents and controller go on has to refuse them until they have heard of it; none does yet. Spec:
 * {@code CutByLoss}.
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

    /** Makes durable what was written: all writes that had returned when it was called. The controller's thread calls it, too. */
    void flush() throws IOException;
}
