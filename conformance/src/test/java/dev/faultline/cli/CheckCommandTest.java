package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} on a checkout that has two small models. */
class CheckCommandTest {
    @TempDir
    private Path home;

    @BeforeEach
    void writeModels() throws IOException {
        Files.createDirectories(home.resolve("spec/models"));
        Files.createDirectories(home.resolve("spec/modules"));
        write("spec/modules/Counter.tla", """
                ---- MODULE Counter ----
                EXTENDS Integers
                VARIABLE n
                Init == n = 0
                Up == n < 3 /\\ n' = n + 1
                Down == n > 3 /\\ n' = n - 1
                Spec == Init /\\ [][Up]_n
                Both == Init /\\ [][Up \\/ Down]_n
                TypeOK == n \\in 0..3
                Small == n < 2
                ====
                """);
        write("spec/models/MC.tla", "---- MODULE MC ----\nEXTENDS Counter\n====\n");
        write("spec/models/Fine.cfg", "SPECIFICATION Spec\nINVARIANT TypeOK\nCHECK_DEADLOCK FALSE\n");
        write("spec/models/Naive.cfg", "SPECIFICATION Spec\nINVARIANT Small\nCHECK_DEADLOCK FALSE\n");
        manifest(4);
    }

    private void manifest(int states) {
        write("spec/models/manifest.json", String.format(Locale.ROOT, """
                {"models": [
                  {"name": "Fine", "module": "MC", "config": "Fine.cfg", "suite": "quick",
                   "expect": "holds", "states": %d, "depth": 4, "why": "A counter."},
                  {"name": "Naive", "module": "MC", "config": "Naive.cfg", "suite": "full",
                   "expect": "breaks", "property": "Small", "why": "It grows."}
                ]}""", states));
    }

    private void write(String name, String text) {
        try {
            Files.writeString(home.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Run check(String... arguments) {
        return Run.at(
                home, Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void printsATableWhenAllIsAsExpected() {
        Path folder = home.resolve("shown/here");
        Run run = check("--suite", "full", "--counterexamples", folder.toString());
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ").replaceAll("[\\d.]+ s$", "S s")))
                .containsExactly(
                        "model what it is for expected found distinct states depth time",
                        "Fine A counter. holds holds 4 4 S s",
                        "Naive It grows. breaks Small breaks Small 3 3 S s",
                        "",
                        "2 of 2 models as expected, in S s");
        assertThat(run.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.matches("\\[\\d/2] Naive: breaks Small, as expected \\([\\d.]+ s\\)"));
        assertThat(folder.resolve("Naive.txt")).content().contains("n = 2");
        assertThat(folder.resolve("Fine.txt")).doesNotExist();
    }

    @Test
    void runsWhatItIsAskedTo() throws IOException {
        Run run = check("--json", "--coverage");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(JSON.std.listFrom(run.out()))
                .singleElement(InstanceOfAssertFactories.map(Object.class, Object.class))
                .containsEntry("model", "Fine")
                .containsEntry("expected", "holds")
                .containsEntry("found", "holds")
                .containsEntry("foundProperty", null)
                .containsEntry("distinctStates", 4)
                .containsEntry("asExpected", true)
                .containsEntry("transitions", Map.of("Counter!Up", 3));
    }

    @Test
    void showsHowOftenEachActionWasTaken() {
        Run run = check("Fine", "Naive", "--coverage");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(run.out().lines().skip(5).map(line -> line.replaceAll(" +", " ")))
                .containsExactly("", "action module transitions models", "Up Counter 3 1");
        assertThat(check("Fine").out()).doesNotContain("transitions");
    }

    @Test
    void failsIfNoModelOfASuiteTakesAnAction() {
        write("spec/models/Fine.cfg", "SPECIFICATION Both\nINVARIANT TypeOK\nCHECK_DEADLOCK FALSE\n");
        Run run = check("--suite", "full");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
        assertThat(run.out()).contains("2 of 2 models as expected");
        assertThat(run.err().lines().skip(2)).containsExactly("faultline: no model that holds takes Counter!Down");
        assertThat(check("Fine", "--coverage").status()).isEqualTo(ExitStatus.EXPECTED);
    }

    @Test
    void failsIfTheNumberOfStatesIsAnother() {
        manifest(5);
        Run run = check("Fine");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
        assertThat(run.out())
                .contains("4 (expected 5)")
                .contains("Fine: expected 5 distinct states, but found 4")
                .contains("0 of 1 models as expected");
        assertThat(run.err()).contains("NOT EXPECTED");
    }

    @Test
    void doesNotCompareDepthsThatVary() throws IOException {
        Path manifest = home.resolve("spec/models/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"depth\": 4", "\"depth\": 5"));
        assertThat(check("Fine").out()).contains("4 (expected 5)");
        Run run = check("Fine", "--workers", "2");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(run.out()).doesNotContain("(expected 5)");
    }

    @Test
    void cannotUseAConfigThatNamesWhatIsNotThere() {
        write("spec/models/Fine.cfg", "SPECIFICATION Spec\nINVARIANT TypeOK\nCONSTANT Up <- [Nowhere] Down\n");
        Run run = check();
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(run.err().lines().skip(1))
                .containsExactly("faultline: Fine: Fine.cfg line 3: In the configuration file, the module name "
                        + "Nowhere is not a module in the specification.");
    }

    @Test
    void cannotUseAModelThatIsNotThere() {
        assertThat(check("Fine", "Gone"))
                .isEqualTo(new Run(
                        ExitStatus.UNUSABLE,
                        "",
                        "faultline: there is no model 'Gone'; there are Fine, Naive; see 'faultline check --help'\n"));
        write("spec/models/Spare.cfg", "");
        Path manifest = home.resolve("spec/models/manifest.json");
        assertThat(check())
                .isEqualTo(new Run(
                        ExitStatus.UNUSABLE, "", "faultline: " + manifest + ": no row names the config Spare.cfg\n"));
    }

    @Test
    void saysHowFarASimulationGoes() {
        Path manifest = home.resolve("spec/models/manifest.json");
        write(manifest.toString(), """
                {"models": [
                  {"name": "Fine", "module": "MC", "config": "Fine.cfg", "suite": "quick", "expect": "holds",
                   "mode": "simulate", "traces": 20, "length": 9, "time": "2 s", "why": "A counter."},
                  {"name": "Naive", "module": "MC", "config": "Naive.cfg", "suite": "full",
                   "expect": "breaks", "property": "Small", "why": "It grows."}
                ]}""");
        Run run = check("Fine");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(run.out().lines().skip(1).findFirst().orElseThrow())
                .containsPattern("holds in 20 random behaviours  holds in 20 random behaviours +- +- +[\\d.]+ s");
        assertThat(check("--list").out()).containsPattern("Fine +quick  holds in 20 random behaviours +- +- +2 s");
    }

    @Test
    void cannotServeOrJoinWhatItIsNotMeantFor() {
        assertThat(check("--serve", "Naive").err())
                .isEqualTo("faultline: cannot serve Naive: it is to break, and distributed TLC does not say which "
                        + "property is violated; see 'faultline check --help'\n");
        assertThat(check("--listen", "127.0.0.1").err())
                .isEqualTo("faultline: --listen is for --serve; see 'faultline check --help'\n");
        assertThat(check("--join", "no.such.host.invalid").err())
                .isEqualTo("faultline: there is no address 'no.such.host.invalid'; see 'faultline check --help'\n");
        // An address for documentation, which no machine has.
        Run elsewhere = check("--serve", "Fine", "--listen", "192.0.2.1");
        assertThat(elsewhere.err())
                .startsWith("faultline: cannot serve Fine: nothing can listen at 192.0.2.1, port 10997: ")
                .hasLineCount(1);
        assertThat(elsewhere.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(check("--join", "localhost", "Fine").status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void aWorkerWaitsForItsServerNoLongerThanItWasTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Run run = check("--join", "localhost", "--wait", "1", "--port", String.valueOf(free));
        assertThat(run.err())
                .startsWith("faultline: no server answers at 127.0.0.1, port " + free + ": ")
                .hasLineCount(1);
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotTakeAWorkerThatFailedForASuccess() throws IOException {
        try (ServerSocket noTlc = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> {
                try {
                    while (true) {
                        noTlc.accept().close();
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            hangingUp.setDaemon(true);
            hangingUp.start();
            Run run = check("--join", "localhost", "--port", String.valueOf(noTlc.getLocalPort()));
            assertThat(run.err()).contains("faultline: the worker ended with exit status 1");
            assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        }
    }

    @Test
    void listsModelsWithoutCheckingThem() {
        Run run = check("--list");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(run.out().lines()).hasSize(3).last().asString().startsWith("Naive  full   breaks Small");
        assertThat(run.err()).isEmpty();
    }
}
