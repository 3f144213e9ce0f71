package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** TLC's process does not outlive whoever wants its answer, and leaves nothing behind. */
class TlcProcessTest {
    /** In a process of its own, as it says how much heap it wants. */
    private static final Model ENDLESS = Samples.withHeap(Samples.model("Endless"), "256m");

    @Test
    void endsWithTheJvmThatHoldsTheLeash() throws Exception {
        Path folder = Files.createTempDirectory("faultline-leash");
        Process process = new ProcessBuilder(TlcCommand.of(ENDLESS, 1, TlaTools.find(), List.of(), false, folder))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await(() -> Files.isDirectory(folder.resolve("meta")));
        process.getOutputStream().close(); // as the system does when a process dies
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder).doesNotExist();
    }

    @Test
    void endsWhenTheCallerIsInterrupted() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> thrown.set(catchThrowable(
                () -> new ModelChecker(List.of(), OptionalInt.of(1)).check(List.of(ENDLESS), result -> {}))));
        caller.start();
        await(() -> tlc().isPresent());
        Path folder = folderOf(tlc().orElseThrow());
        await(() -> Files.isDirectory(folder.resolve("meta")));
        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(tlc()).isEmpty();
        assertThat(folder).doesNotExist();
    }

    private static Optional<ProcessHandle> tlc() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(Leash.class.getName()))
                .findFirst();
    }

    private static Path folderOf(ProcessHandle process) {
        String property = "-Djava.io.tmpdir=";
        for (String argument : process.info().arguments().orElseThrow()) {
            if (argument.startsWith(property)) {
                return Path.of(argument.substring(property.length()));
            }
        }
        throw new AssertionError("no " + property);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        while (!condition.holds()) {
            Thread.sleep(20);
        }
    }
}
