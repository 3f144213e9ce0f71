package dev.faultline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.Content;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The hash is XXH64, whatever the length, and sees each bit. */
class BlockHashTest {
    @Test
    void isXxh64() {
        assertThat(hash("")).isEqualTo("ef46db3751d8e999");
        assertThat(hash("a")).isEqualTo("d24ec4f1a98c6e5b");
        assertThat(hash("as")).isEqualTo("1c330fb2d66be179");
        assertThat(hash("asd")).isEqualTo("631c37ce72a97393");
        assertThat(hash("asdf")).isEqualTo("415872f599cea71e");
        assertThat(hash("Call me Ishmael. Some years ago--never mind how long precisely-"))
                .isEqualTo("02a2e85470d6fd96");
    }

    @Test
    void seesEachBitOfABlock() {
        byte[] block = new byte[512];
        Set<Content> seen = new HashSet<>(Set.of(BlockHash.ofZeros(block.length)));
        for (int bit = 0; bit < block.length * Byte.SIZE; bit++) {
            block[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(seen.add(BlockHash.of(block))).as("bit %d", bit).isTrue();
            block[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
    }

    private static String hash(String text) {
        return BlockHash.of(text.getBytes(StandardCharsets.US_ASCII)).toString();
    }
}
