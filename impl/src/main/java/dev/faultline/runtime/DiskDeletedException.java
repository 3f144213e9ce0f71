package dev.faultline.runtime;

/** An I/O was not done, or a request refused, because its disk is being deleted or has been. The cluster is well. */
public final class DiskDeletedException extends ClusterException {
    private static final long serialVersionUID = 1;

    DiskDeletedException(String message) {
        super(message);
    }

    static DiskDeletedException of(String disk) {
        return new DiskDeletedException("disk " + disk + " is deleted");
    }
}
