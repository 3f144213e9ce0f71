package dev.faultline.cli;

/** The exit statuses of every command. */
final class ExitStatus {
    /** Everything is as expected. */
    static final int EXPECTED = 0;

    /** A verdict, or a figure that is pinned, is not what was expected. */
    static final int UNEXPECTED = 1;

    /** The input, or the way in which the command was called, cannot be used. */
    static final int UNUSABLE = 2;

    /** Faultline itself is wrong; the number is EX_SOFTWARE of {@code sysexits.h}, well away from any verdict. */
    static final int BUG = 70;

    private ExitStatus() {}
}
