package dev.faultline.core;

/**
 * What a block holds, as far as the protocol cares: a 64-bit hash of its bytes. The drivers move the bytes.
 *
 * @param hash the hash; every driver of one system uses the same function
 */
public record Content(long hash) {
    private static final int HEX_DIGITS = 16;

    /** Returns the content whose {@link #toString()} this is; {@link IllegalArgumentException} for anything else. */
    public static Content parse(String text) {
        if (text.length() != HEX_DIGITS) {
            throw notHexadecimal(text);
        }
        long hash = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            char letter = text.charAt(i);
            int digit = letter < 128 ? Character.digit(letter, HEX_DIGITS) : -1;
            if (digit < 0) {
                throw notHexadecimal(text);
            }
            hash = hash << 4 | digit;
        }
        return new Content(hash);
    }

    private static IllegalArgumentException notHexadecimal(String text) {
        return new IllegalArgumentException("a content is written as 16 hexadecimal digits, not as '" + text + "'");
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
