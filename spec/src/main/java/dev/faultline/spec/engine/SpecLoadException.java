package dev.faultline.spec.engine;

import org.jspecify.annotations.Nullable;

/** A specification could not be loaded. The message is one line that names the file and, where there is one, the line. */
public final class SpecLoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message one line for the person who wrote the specification
     * @param cause what TLC or the file system threw, if anything
     */
    public SpecLoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
