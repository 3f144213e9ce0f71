package dev.faultline.core;

/** A core was asked for a step that the protocol does not allow in its state. The core is unchanged. */
public final class IllegalStepException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    IllegalStepException(String action, String expected, Object found) {
        super(action + " expects " + expected + ", but found " + found);
    }
}
