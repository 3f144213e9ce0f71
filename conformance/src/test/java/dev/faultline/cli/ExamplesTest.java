package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in docs/examples does what the pages say of it. */
class ExamplesTest {
    private static final Path PROGRAM =
            Path.of(System.getProperty("faultline.home", ".")).resolve("docs/examples/trace.py");

    @TempDir
    private Path folder;

    private Path trace = Path.of("");

    private void write() throws IOException, InterruptedException {
        assumeTrue(hasPython(), "there is no python3 in the PATH: the example in Python is not tried");
        trace = folder.resolve("run.ndjson");
        Process process = new ProcessBuilder("python3", PROGRAM.toString())
                .redirectOutput(trace.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static boolean hasPython() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "python3")));
    }

    @Test
    void theTraceIsAccepted() throws IOException, InterruptedException {
        write();
        Run run = Run.of("validate", trace.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("accepted: 33 events", "what hosts saw is explained: 2 calls, 1 request");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
    }

    @Test
    void aBehaviourInItfIsReplayed() throws IOException, InterruptedException {
        assumeTrue(hasPython(), "there is no python3 in the PATH: the example in Python is not tried");
        Path behaviour = folder.resolve("answer.itf.json");
        assertThat(Run.of("check", "NaiveAnswer", "--export", behaviour.toString())
                        .status())
                .isZero();
        Path told = folder.resolve("told");
        Process process = new ProcessBuilder(
                        "python3", PROGRAM.resolveSibling("itf.py").toString(), behaviour.toString())
                .redirectOutput(told.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readAllLines(told))
                .startsWith("in the beginning")
                .contains("2: Start(writer, 0) changes ios")
                .last()
                .asString()
                .contains("AnswerCommand");
    }

    @Test
    void aCopyOfTheTableBeforeTheAnswerIsRejected() throws IOException, InterruptedException {
        write();
        List<String> lines = Files.readAllLines(trace);
        int freeze = indexOf(lines, "\"Freeze\"");
        String early = lines.remove(indexOf(lines, "\"CopyTable\""));
        lines.add(freeze + 1, early.replaceFirst("\"time\": \\d+", "\"time\": 13"));
        // Without the answer, whose place is taken, the numbers of the controller's events are no row any more.
        Files.write(trace, renumbered(lines));
        Run run = Run.of("validate", trace.toString());
        assertThat(run.out()).contains("rejected", "CopiesOnlyWhenAllAnswered");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    /** The commands of docs/your-system.md, and what it says comes of them. */
    @Test
    void theQueueIsAsThePageSays() throws IOException {
        Path home = Path.of(System.getProperty("faultline.home", "."));
        String page = Files.readString(home.resolve("docs/your-system.md"));
        Run good = queue(home, "good.ndjson");
        assertThat(good.out()).contains("accepted: 3 events");
        Run bad = queue(home, "bad.ndjson");
        assertThat(bad.status()).isEqualTo(ExitStatus.UNEXPECTED);
        String told = bad.out().replace(home + "/", "");
        assertThat(page).contains(told.substring(0, told.indexOf("before it:")));
        assertThat(queue(home, "hidden.ndjson", "--hidden", "Put").status()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(queue(home, "hidden.ndjson").status()).isEqualTo(ExitStatus.UNEXPECTED);
        for (String line : Files.readAllLines(home.resolve("docs/examples/queue/good.ndjson"))) {
            assertThat(page).contains(line);
        }
    }

    private static Run queue(Path home, String trace, String... more) {
        Path folder = home.resolve("docs/examples/queue");
        List<String> words = new ArrayList<>(List.of(
                "validate",
                "--spec",
                folder.resolve("BoundedQueue.tla").toString(),
                "--config",
                folder.resolve("BoundedQueue.cfg").toString()));
        words.addAll(List.of(more));
        words.add(folder.resolve(trace).toString());
        return Run.of(words.toArray(String[]::new));
    }

    private static int indexOf(List<String> lines, String part) {
        return lines.indexOf(
                lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow());
    }

    /** Gives the controller's events, and all times, numbers without gaps. */
    private static List<String> renumbered(List<String> lines) {
        int time = 0;
        int n = 0;
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            String other = line;
            if (line.contains("\"time\"")) {
                other = other.replaceFirst("\"time\": \\d+", "\"time\": " + ++time);
            }
            if (line.contains("\"place\": \"controller\"")) {
                other = other.replaceFirst("\"n\": \\d+", "\"n\": " + ++n);
            }
            all.add(other);
        }
        return all;
    }
}
