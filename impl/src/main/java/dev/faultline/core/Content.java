package dev.faultline.core;

import java.util.HexFormat;

/**
 * What a block holds, as far as the protocol cares: a 64-bit hash of its bytes. The drivers move the bytes.
 *
 * @param hash the hash; every driver of one system uses the same function
 */
public record Content(long hash) {
    /** What a block of zeros holds where nothing else is said, as in simulations. */
    public static final Content ZERO = new Content(0);

    private static final int HEX_DIGITS = 16;

    /** Returns the content whose {@link #toString()} this is; {@link IllegalArgumentException} for anything else. */
    public static Content parse(String text) {
        if (text.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("a content is written as 16 hexadecimal digits, not as '" + text + "'");
        }
        return new Content(HexFormat.fromHexDigitsToLong(text));
    }

    /** Returns the hash as 16 hexadecimal digits. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEX_DIGITS);
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (hash >>> shift) & 0xf, HEX_DIGITS));
        }
        return text.toString();
    }
}
