package dev.faultline.runtime;

/** A write was not done, because storage has no space left for it. The cluster is well, and the host may try again. */
public final class OutOfSpaceException extends ClusterException {
    private static final long serialVersionUID = 1;

    OutOfSpaceException(String message) {
        super(message);
    }

    static OutOfSpaceException of(String disk) {
        return new OutOfSpaceException("there is no space left in storage for a write to disk " + disk);
    }
}
