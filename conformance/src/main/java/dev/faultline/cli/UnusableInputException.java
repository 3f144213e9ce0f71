package dev.faultline.cli;

/** A command cannot use what it was given. The message, of one line, is all that the user sees; exit status 2. */
final class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableInputException(String message) {
        super(message);
    }
}
