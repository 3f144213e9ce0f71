package dev.faultline.spec.model;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A process that runs TLC on one model after another, each in a class loader of its own; see {@link TlcOnce} for what goes
 * on in it. What was started for one model, the JVM and its own classes, is there for the next. For one thread at a time,
 * but for {@link #kill}.
 */
final class TlcSeries implements AutoCloseable {
    /** Some of what models leave behind stays: a thread where a temporal property is broken, and with it all of TLC. */
    private static final int MOST_RUNS = 20;

    private final TempFolder folder;
    private final Process process;
    private final DataOutputStream requests;
    private final BufferedReader output;
    private int runs;

    private TlcSeries(TempFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.requests = new DataOutputStream(process.getOutputStream());
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a process; as for {@code java -Xmx}, it may have so much heap. */
    static TlcSeries start(TlaTools tools, String heap) throws IOException {
        TempFolder folder = TempFolder.create();
        try {
            return new TlcSeries(
                    folder,
                    new ProcessBuilder(TlcCommand.series(tools, heap, folder.path()))
                            .directory(folder.path().toFile())
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Runs TLC once, and returns its exit status; nothing if the process has ended in place of TLC. Then the series is good
     * for nothing more than to be closed.
     *
     * @param libraries what TLC takes for its library: folders, as in a class path
     * @param arguments TLC's arguments
     * @param each is told each line that TLC prints
     */
    OptionalInt run(String libraries, List<String> arguments, Consumer<String> each) throws IOException {
        // It cannot be guessed, so nothing that TLC prints of a specification is taken for the end.
        String end = "end of " + UUID.randomUUID();
        runs++;
        try {
            requests.writeUTF(end);
            requests.writeUTF(libraries);
            requests.writeInt(arguments.size());
            for (String argument : arguments) {
                requests.writeUTF(argument);
            }
            requests.flush();
        } catch (IOException gone) {
            return OptionalInt.empty();
        }
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(end)) {
                return OptionalInt.of(
                        Integer.parseInt(line.substring(end.length()).trim()));
            }
            each.accept(line);
        }
        return OptionalInt.empty();
    }

    /** Returns whether it has run as many models as it may, and is to be closed. */
    boolean isWorn() {
        return runs >= MOST_RUNS;
    }

    /** Returns the folder that the process has for what it needs as long as it runs. */
    Path folder() {
        return folder.path();
    }

    /** Returns the process's exit status, when it has ended. */
    int status() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends the process, and with it what it does. For any thread. */
    void kill() {
        process.destroyForcibly();
    }

    /** Ends the process, and removes what it has left behind. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        folder.close();
    }
}
