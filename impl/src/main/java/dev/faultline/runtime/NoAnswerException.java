package dev.faultline.runtime;

/** Somebody waited for an answer longer than the cluster was to take at most. */
public final class NoAnswerException extends ClusterException {
    private static final long serialVersionUID = 1;

    private final transient Cores cores;

    NoAnswerException(String message, Cores cores) {
        super(message);
        this.cores = cores;
    }

    /** Returns the cores as they were when the time was over. */
    public Cores cores() {
        return cores;
    }
}
