package dev.faultline.runtime;

/** A cluster did not do what it was asked for: it failed, was closed, or gave no answer in time, or the disk was deleted. */
public class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClusterException(String message) {
        super(message);
    }

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
