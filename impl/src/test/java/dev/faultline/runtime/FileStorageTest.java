package dev.faultline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file must do to stand for a storage container. */
class FileStorageTest {
    private static final Geometry GEOMETRY = new Geometry(8, 4, 4096);

    @TempDir
    Path folder;

    private FileStorage storage;

    @BeforeEach
    void open() throws IOException {
        storage = FileStorage.open(folder.resolve("container"), GEOMETRY);
    }

    @AfterEach
    void close() throws IOException {
        storage.close();
    }

    @Test
    void eachBlockReadsAsItWasWritten() throws IOException {
        for (int location = 0; location < 5; location++) {
            for (int block = 0; block < GEOMETRY.blocksPerSegment(); block++) {
                storage.write(location, block, blockOf(location * 10 + block));
            }
        }
        for (int location = 0; location < 5; location++) {
            for (int block = 0; block < GEOMETRY.blocksPerSegment(); block++) {
                assertThat(read(location, block)).isEqualTo(blockOf(location * 10 + block));
            }
        }
        assertThat(storage.sizeBytes()).isEqualTo(5 * GEOMETRY.segmentBytes());
    }

    @Test
    void whatWasNeverWrittenReadsAsZeros() throws IOException {
        storage.write(3, 1, blockOf(7));

        assertThat(read(3, 0)).as("before it, in the file").isEqualTo(blockOf(0));
        assertThat(read(3, 2)).as("after the end of the file").isEqualTo(blockOf(0));
        assertThat(read(1L << 40, 0)).as("far away").isEqualTo(blockOf(0));
    }

    @Test
    void aFileThatEndsWithinABlockReadsOnAsZeros() throws IOException {
        Files.write(folder.resolve("container"), new byte[] {1, 2, 3});

        byte[] expected = blockOf(0);
        System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 0, 3);
        assertThat(read(0, 0)).isEqualTo(expected);
    }

    @Test
    void keepsItsContentsWhenClosedAndOpenedAgain() throws IOException {
        storage.write(2, 3, blockOf(9));
        storage.close();
        open();

        assertThat(read(2, 3)).isEqualTo(blockOf(9));
    }

    @Test
    void aBlockIsWrittenAndReadAsAWhole() throws IOException {
        // Large, because a file system alone often keeps a small block whole.
        Geometry largeBlocks = new Geometry(8, 4, 1 << 18);
        AtomicBoolean stop = new AtomicBoolean();
        try (FileStorage large = FileStorage.open(folder.resolve("large"), largeBlocks)) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeOnesAndTwos(large, stop));
            try {
                byte[] found = new byte[largeBlocks.blockBytes()];
                for (int i = 0; i < 500; i++) {
                    large.read(1, 1, found);
                    byte[] expected = new byte[found.length];
                    Arrays.fill(expected, found[0]);
                    assertThat(Arrays.mismatch(found, expected))
                            .as("byte unlike the first")
                            .isEqualTo(-1);
                }
            } finally {
                stop.set(true);
                writer.join();
            }
        }
    }

    private static void writeOnesAndTwos(FileStorage storage, AtomicBoolean stop) {
        byte[] block = new byte[1 << 18];
        for (int i = 0; !stop.get(); i++) {
            Arrays.fill(block, (byte) (1 + i % 2));
            try {
                storage.write(1, 1, block);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void refusesWhatIsNoBlockOfALocation() {
        byte[] block = blockOf(1);
        assertThatThrownBy(() -> storage.write(-1, 0, block)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> storage.write(0, 4, block)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> storage.read(0, -1, block)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> storage.read(Long.MAX_VALUE / 2, 0, block)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> storage.read(0, 0, new byte[4095])).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.resolve("container")).isEmptyFile();
    }

    @Test
    void aDiskThatIsTooLargeHasNoGeometry() {
        assertThatThrownBy(() -> new Geometry(Integer.MAX_VALUE, Integer.MAX_VALUE, 4096))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large");
    }

    private byte[] read(long location, int block) throws IOException {
        byte[] found = blockOf(99);
        storage.read(location, block, found);
        return found;
    }

    private static byte[] blockOf(int value) {
        byte[] block = new byte[GEOMETRY.blockBytes()];
        Arrays.fill(block, (byte) value);
        return block;
    }
}
