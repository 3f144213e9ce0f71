package dev.faultline.sim;

/** Somebody asked a {@link World} for what cannot be in its state: nothing has happened. */
public final class IllegalRequestException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    IllegalRequestException(String message) {
        super(message);
    }
}
