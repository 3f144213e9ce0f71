package dev.faultline.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/** A run of the program inside the test's JVM: its exit status, and what it printed. */
record Run(int status, String out, String err) {
    static Run of(String... arguments) {
        return of(Main.commandLine(), arguments);
    }

    static Run of(CommandLine commandLine, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }

    /** Runs the program as if the checkout were elsewhere. */
    static Run at(Path home, String... arguments) {
        String real = System.setProperty("faultline.home", home.toString());
        try {
            return of(arguments);
        } finally {
            System.setProperty("faultline.home", real);
        }
    }
}
