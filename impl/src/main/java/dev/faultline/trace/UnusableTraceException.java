package dev.faultline.trace;

/** A trace that cannot be read. The message says why on one line, with the number of the line if there is one. */
public final class UnusableTraceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes an exception with a message for people. */
    public UnusableTraceException(String message) {
        super(message);
    }
}
