package dev.faultline.cli;

import java.io.Console;

/** Knows whether there is a person at the other end. */
final class Terminal {
    private Terminal() {}

    /** Returns whether input and output are a terminal's. */
    @SuppressWarnings("SystemConsoleNull") // both old and new meaning of null are taken care of
    static boolean isWatched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console even if nobody watches it, and this method to tell.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
