package dev.faultline.runtime;

import dev.faultline.core.Content;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The content of a block: XXH64 of its bytes, seed 0. Any thread may use it.
 *
 * <p>Every I/O is hashed, and this reads eight bytes at a time where hashes that are made for all platforms read one.
 */
public final class BlockHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;
    private static final long MINUS_P1 = 0x61C8864E7A143579L;

    private static final int STRIPE_BYTES = 4 * Long.BYTES;

    private BlockHash() {}

    /** Returns the content of a block. */
    public static Content of(byte[] block) {
        return new Content(xxh64(block));
    }

    /** Returns the content of a block that was never written. */
    public static Content ofZeros(int blockBytes) {
        return of(new byte[blockBytes]);
    }

    private static long xxh64(byte[] bytes) {
        int at = 0;
        long hash = P5;
        if (bytes.length >= STRIPE_BYTES) {
            long a = P1_PLUS_P2;
            long b = P2;
            long c = 0;
            long d = MINUS_P1;
            for (; at <= bytes.length - STRIPE_BYTES; at += STRIPE_BYTES) {
                a = round(a, (long) LONGS.get(bytes, at));
                b = round(b, (long) LONGS.get(bytes, at + Long.BYTES));
                c = round(c, (long) LONGS.get(bytes, at + 2 * Long.BYTES));
                d = round(d, (long) LONGS.get(bytes, at + 3 * Long.BYTES));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        hash += bytes.length;
        for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONGS.get(bytes, at)), 27) * P1 + P4;
        }
        if (at <= bytes.length - Integer.BYTES) {
            hash = Long.rotateLeft(hash ^ Integer.toUnsignedLong((int) INTS.get(bytes, at)) * P1, 23) * P2 + P3;
            at += Integer.BYTES;
        }
        for (; at < bytes.length; at++) {
            hash = Long.rotateLeft(hash ^ Byte.toUnsignedLong(bytes[at]) * P5, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }
}
