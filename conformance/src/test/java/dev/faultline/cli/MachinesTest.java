package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is shared out between machines, each of which is a network namespace here. */
class MachinesTest {
    private static final String SERVER = "10.199.77.1";
    private static final String WORKER = "10.199.77.2";

    private final String one = "faultline-" + ProcessHandle.current().pid() + "-1";
    private final String two = "faultline-" + ProcessHandle.current().pid() + "-2";
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeMachines() throws IOException, InterruptedException {
        boolean made = ip("netns add " + one)
                && ip("netns add " + two)
                && ip("link add fl-one netns " + one + " type veth peer name fl-two netns " + two)
                && ip("-n " + one + " addr add " + SERVER + "/24 dev fl-one")
                && ip("-n " + two + " addr add " + WORKER + "/24 dev fl-two")
                && ip("-n " + one + " link set fl-one up")
                && ip("-n " + two + " link set fl-two up")
                && ip("-n " + one + " link set lo up")
                && ip("-n " + two + " link set lo up");
        assumeTrue(made, "network namespaces cannot be made here: it takes iproute2 and the rights of root");
    }

    @AfterEach
    void removeMachines() throws IOException, InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        ip("netns del " + one);
        ip("netns del " + two);
    }

    private static boolean ip(String arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ", -1)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Process faultline(String machine, Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", machine));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dfaultline.home=" + home());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Start.class.getName(), "check"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path home() {
        return folder.resolve("home");
    }

    private void writeModel() throws IOException {
        Path models = Files.createDirectories(home().resolve("spec/models"));
        Files.createDirectories(home().resolve("spec/modules"));
        Files.writeString(models.resolve("MC.tla"), """
                ---- MODULE MC ----
                EXTENDS Integers
                VARIABLES m, n
                Init == m = 0 /\\ n = 0
                Next == (m < 40 /\\ m' = m + 1 /\\ n' = n) \\/ (n < 40 /\\ n' = n + 1 /\\ m' = m)
                TypeOK == m \\in 0..40 /\\ n \\in 0..40
                ====
                """);
        Files.writeString(models.resolve("MC.cfg"), "INIT Init\nNEXT Next\nINVARIANT TypeOK\nCHECK_DEADLOCK FALSE\n");
        Files.writeString(models.resolve("manifest.json"), """
                {"models": [{"name": "Square", "module": "MC", "config": "MC.cfg", "suite": "quick",
                  "expect": "holds", "states": 1681, "depth": 81, "why": "Two counters."}]}""");
    }

    private static String text(Path out) throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    @Test
    void aServerAndAWorkerOnTwoMachinesCountTheStates() throws IOException, InterruptedException {
        writeModel();
        Path served = folder.resolve("server");
        Path joined = folder.resolve("worker");
        Process server = faultline(one, served, "--serve", "Square", "--listen", SERVER);
        Process worker = faultline(two, joined, "--join", SERVER);
        assertThat(server.waitFor(120, TimeUnit.SECONDS)).as(text(served)).isTrue();
        assertThat(worker.waitFor(60, TimeUnit.SECONDS)).as(text(joined)).isTrue();
        assertThat(text(served))
                .contains("listening at " + SERVER + ", to whoever reaches it: there is neither authentication nor")
                .contains("Registration for worker")
                .containsPattern("Square .*1,681");
        assertThat(text(joined)).contains("joining " + SERVER + ": there is neither authentication nor");
        assertThat(server.exitValue()).as(text(served)).isZero();
        assertThat(worker.exitValue()).as(text(joined)).isZero();
    }

    /** What listens at the machine's own address only is not there for others. */
    @Test
    void withoutListenNobodyElseIsLetIn() throws IOException, InterruptedException {
        writeModel();
        Path served = folder.resolve("server");
        Path joined = folder.resolve("worker");
        faultline(one, served, "--serve", "Square");
        for (int i = 0; i < 300 && !text(served).contains("is ready"); i++) {
            Thread.sleep(100);
        }
        assertThat(text(served)).contains("is ready");
        Process worker = faultline(two, joined, "--join", SERVER, "--wait", "1");
        assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(text(joined)).contains("faultline: no server answers at " + SERVER + ", port 10997");
    }
}
