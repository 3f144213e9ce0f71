package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program on machines that are not in English, or have little left of something; each run is a process of its own. */
class EverywhereTest {
    private static final List<String> HERE = List.of();
    private static final String EGYPT = "-Duser.language=ar -Duser.country=EG";
    private static final String TURKEY = "-Duser.language=tr -Duser.country=TR";

    /** A small piece of each part of verify, and of what writes numbers or names. */
    private static final List<List<String>> PARTS = List.of(
            List.of("check", "NaiveNw"),
            List.of("conform", "exhaustive", "suspicion"),
            List.of("conform", "random", "--runs", "2"),
            List.of("conform", "guided", "--walks", "2"),
            List.of("conform", "tampered", "--traces", "1", "--each", "2", "--lines"),
            List.of("mutants", "answer-before-drain", "--explain"),
            List.of("docs", "--traces", "--check"),
            List.of("docs", "--model", "NaiveNw"));

    @TempDir
    private Path folder;

    private Path trace = Path.of("");

    @BeforeEach
    void writeTrace() {
        trace = folder.resolve("trace.ndjson");
        assertThat(Run.of("conform", "random", "--runs", "1", "--trace", trace.toString())
                        .status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {EGYPT, TURKEY})
    void saysTheSameInEveryCountry(String locale) throws IOException, InterruptedException {
        List<List<String>> commands = new ArrayList<>(PARTS);
        commands.add(List.of("validate", trace.toString()));
        commands.add(List.of("conform", "live", "--input", trace.toString()));
        for (List<String> command : commands) {
            Run there = run(List.of(locale.split(" ")), List.of(), command);
            assertThat(there.status()).as("%s: %s", command, there.err()).isZero();
            if (!command.contains("live")) {
                String here = Run.of(command.toArray(String[]::new)).out();
                assertThat(withoutTimes(there.out())).as("%s", command).isEqualTo(withoutTimes(here));
            }
        }
    }

    /** Under LC_ALL=C, Java's own standard output writes a question mark for each line of a picture. */
    @Test
    void drawsInUtf8UnderThePosixLocale() throws IOException, InterruptedException {
        Run run = run(HERE, List.of("LC_ALL=C"), List.of("mutants", "answer-before-drain", "--explain"));
        assertThat(run.out()).contains("├──").contains("│").doesNotContain("??");
    }

    @Test
    void outputThatCannotBeWrittenIsNotASuccess() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
        Path err = folder.resolve("err");
        Process process = builder(HERE, List.of(), List.of("check", "--list"))
                .redirectOutput(Path.of("/dev/full").toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(err))
                .isEqualTo("faultline: cannot write to standard output: No space left on device\n");
        assertThat(process.exitValue()).isEqualTo(ExitStatus.UNUSABLE);
    }

    /** As head goes, once it has its line. What was found out is true all the same. */
    @Test
    void aRejectionStandsThoughItsReaderIsGone() throws IOException, InterruptedException {
        String put = "{\"action\":\"Put\",\"arguments\":[\"p1\",1]}\n";
        assertThat(statusWithoutReader(put.repeat(3)))
                .as("the queue has room for two")
                .isEqualTo(ExitStatus.UNEXPECTED);
        assertThat(statusWithoutReader(put)).isEqualTo(ExitStatus.UNUSABLE);
    }

    private int statusWithoutReader(String lines) throws IOException, InterruptedException {
        List<String> command = List.of(
                "validate",
                "--spec",
                AnySpecTest.file("BoundedQueue.tla"),
                "--config",
                AnySpecTest.file("BoundedQueue.cfg"),
                Files.writeString(folder.resolve("queue.ndjson"), lines).toString());
        Process process = builder(HERE, List.of(), command).start();
        process.getInputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** The exit status of a JVM that does not start is 1, like a verdict's. */
    @Test
    void aJvmThatDoesNotStartIsSaid() throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("faultline.home"), "faultline");
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no sh here, which the launcher needs");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", launcher.toString(), "--version");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC");
        Run run = finish(builder);
        assertThat(run.err().lines())
                .as(run.err())
                .singleElement()
                .asString()
                .contains("cannot start", "JAVA_TOOL_OPTIONS=-XX:+UseG1GC: ");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "exhaustive"})
    void aHeapThatIsTooSmallIsSaid(String which) throws IOException, InterruptedException {
        List<String> command = which.equals("validate")
                ? List.of("validate", trace.toString())
                : List.of("conform", "exhaustive", "deletion");
        Run run = run(List.of("-Xmx12m"), List.of(), command);
        assertThat(run.err().lines()).as(run.err()).singleElement().asString().contains("FAULTLINE_XMX");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    /** The exit status of a JVM that cannot load its main class is 1, like a verdict's. */
    @Test
    void aLibraryThatIsMissingIsSaid() throws IOException, InterruptedException {
        String withoutPicocli = Stream.of(
                        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.contains("picocli"))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                withoutPicocli,
                Start.class.getName(),
                "check",
                "--list");
        Run run = finish(builder);
        assertThat(run.err().lines()).as(run.err()).singleElement().asString().contains("cannot be loaded", "picocli");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    /** A limit on the size of files is as good as a full disk, and needs nobody's leave. */
    @Test
    void aDiskThatIsFullIsSaidAndNothingIsHalfWritten() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here, whose ulimit this test needs");
        Path files = folder.resolve("files");
        Path other = folder.resolve("other.ndjson");
        Map<String, List<String>> commands = Map.of(
                // Enough for SQLite's library, which has to be unpacked, and not for the container.
                "4000", List.of("conform", "live", "--files", files.toString()),
                "40", List.of("conform", "random", "--runs", "1", "--trace", other.toString()));
        for (Map.Entry<String, List<String>> each : commands.entrySet()) {
            String limit = each.getKey();
            List<String> command = each.getValue();
            List<String> words =
                    new ArrayList<>(List.of("/bin/bash", "-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", limit));
            words.addAll(builder(HERE, List.of(), command).command());
            Run run = finish(new ProcessBuilder(words));
            assertThat(run.err().lines()).as(run.err()).last().asString().contains("File too large");
            assertThat(run.err()).doesNotContain("\tat ").doesNotContain("Exception");
            assertThat(run.status()).as("%s", command).isEqualTo(ExitStatus.UNUSABLE);
        }
        assertThat(files).doesNotExist();
        assertThat(folder)
                .isDirectoryContaining(file -> file.getFileName().toString().startsWith("files.unfinished"));
        assertThat(other).doesNotExist();
    }

    private Run run(List<String> options, List<String> environment, List<String> command)
            throws IOException, InterruptedException {
        return finish(builder(options, environment, command));
    }

    private Run finish(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends").isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static ProcessBuilder builder(List<String> options, List<String> environment, List<String> command) {
        List<String> words = Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+IgnoreUnrecognizedVMOptions",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dfaultline.home=" + System.getProperty("faultline.home")),
                        options.stream(),
                        Stream.of("-cp", System.getProperty("java.class.path"), Start.class.getName()),
                        command.stream())
                .flatMap(part -> part)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(words);
        environment.forEach(each -> builder.environment().put(each.split("=")[0], each.split("=")[1]));
        return builder;
    }

    private static String withoutTimes(String out) {
        return out.replaceAll("[\\d,.]+ (s|events/s|steps/s)\\b", "# $1").replaceAll(" +", " ");
    }
}
