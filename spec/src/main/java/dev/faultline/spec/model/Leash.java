package dev.faultline.spec.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The main class of TLC's process: TLC on a leash. Its other end is held by the JVM that started the process, and is the
 * process's standard input: when that JVM goes, in whatever way, the input ends, and TLC with it. The temporary folder
 * goes last.
 */
final class Leash {
    private static final int LET_GO = 143; // as if ended by SIGTERM

    private Leash() {}

    /** Runs TLC with these arguments. */
    public static void main(String[] args) throws Exception {
        TempFolder folder = new TempFolder(Path.of(System.getProperty("java.io.tmpdir")));
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
        Thread watch = new Thread(Leash::exitWhenLetGo, "leash");
        watch.setDaemon(true);
        watch.start();
        tlc2.TLC.main(args);
    }

    private static void exitWhenLetGo() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException e) {
            // then it has been let go, too
        }
        System.exit(LET_GO);
    }
}
