package dev.faultline.conformance.anyspec;

/** A trace, or what it is to be checked with, cannot be used. The message is one line that says what and where. */
public final class UnusableLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public UnusableLineException(String message) {
        super(message);
    }
}
