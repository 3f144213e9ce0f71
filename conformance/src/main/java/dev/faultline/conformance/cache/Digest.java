package dev.faultline.conformance.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256. Immutable; its text is that in hexadecimal digits. */
public final class Digest {
    static final int BYTES = 32;

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Collects what a digest is of, part by part; where a part ends makes a difference. For one thread at a time. */
    public static final class Builder {
        private final MessageDigest digest = sha256();

        /** Adds a part. */
        public Builder add(byte[] part) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
            digest.update(part);
            return this;
        }

        /** Adds a part that is text. */
        public Builder add(String part) {
            return add(part.getBytes(StandardCharsets.UTF_8));
        }

        /** Returns the digest of all parts so far; nothing more can be added. */
        public Digest build() {
            return new Digest(digest.digest());
        }
    }

    static Digest of(ByteBuffer content) {
        MessageDigest digest = sha256();
        digest.update(content);
        return new Digest(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
