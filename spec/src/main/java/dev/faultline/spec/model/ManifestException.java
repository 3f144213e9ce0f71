package dev.faultline.spec.model;

/** The manifest of models cannot be used. The message is one line that names the file and, if there is one, the row. */
public final class ManifestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes an exception with a message for people. */
    public ManifestException(String message) {
        super(message);
    }
}
