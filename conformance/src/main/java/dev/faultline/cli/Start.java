package dev.faultline.cli;

/**
 * Starts {@link Main}, and needs nothing but the JDK itself: a program with a library missing or damaged cannot be loaded,
 * and the JVM would end with 1, which is a verdict's exit status.
 */
public final class Start {
    private Start() {}

    /** Runs the command that the arguments name, and ends the JVM with its exit status; 2 if it cannot be loaded. */
    @SuppressWarnings("SystemOut") // Output's class may be what is missing.
    public static void main(String[] arguments) {
        try {
            Main.main(arguments);
        } catch (LinkageError e) {
            System.err.println(
                    "faultline: the program cannot be loaded, remove conformance/target to have it built anew: " + e);
            System.exit(2); // ExitStatus.UNUSABLE, which may be missing, too
        }
    }
}
