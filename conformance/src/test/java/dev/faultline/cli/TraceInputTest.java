package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces as they come: of systems that were killed, in parts, compressed, many at once, from standard input. */
class TraceInputTest {
    private static final int EVENTS_OF_A_PART = 10;

    @TempDir
    private Path folder;

    private Path whole = Path.of("");
    private final Map<String, List<String>> byPlace = new LinkedHashMap<>();

    /** A trace in one file, and the same with a file for each place. */
    @BeforeEach
    void write() throws IOException {
        whole = folder.resolve("whole.ndjson");
        assertThat(Run.of("conform", "random", "--runs", "1", "--seed", "3", "--trace", whole.toString())
                        .status())
                .isZero();
        List<String> lines = Files.readAllLines(whole);
        for (String line : lines.subList(1, lines.size() - 1)) {
            String place = line.replaceFirst(".*?\"place\":\"([^\"]+)\".*", "$1");
            byPlace.computeIfAbsent(place, p -> new ArrayList<>(List.of(lines.get(0))))
                    .add(line);
        }
        byPlace.values().forEach(file -> file.add("{\"end\":" + (file.size() - 1) + "}"));
    }

    private Path files(String name) throws IOException {
        Path files = Files.createDirectory(folder.resolve(name));
        for (Map.Entry<String, List<String>> place : byPlace.entrySet()) {
            Files.write(files.resolve(place.getKey() + ".ndjson"), place.getValue());
        }
        return files;
    }

    private static Run validate(Object... arguments) {
        return Run.of(Stream.concat(Stream.of("validate"), Stream.of(arguments).map(Object::toString))
                .toArray(String[]::new));
    }

    @Test
    void aFolderIsAcceptedAsTheFileIs() throws IOException {
        String accepted = "accepted: " + events() + " events";
        assertThat(validate(whole).out()).contains(accepted);
        assertThat(validate(files("files")).out()).contains(accepted);
    }

    private int events() throws IOException {
        return Files.readAllLines(whole).size() - 2;
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "in mid-line", "lagging"})
    void aKilledSystemIsAcceptedAsFarAsItsFilesGo(String how) throws IOException {
        Path killed = files("killed");
        Path file = killed.resolve("a1.ndjson");
        List<String> lines = byPlace.get("a1");
        String kept = String.join("\n", lines.subList(0, lines.size() / 2)) + "\n";
        Files.writeString(
                file,
                switch (how) {
                    case "empty" -> "";
                    case "lagging" -> kept;
                    default -> kept + "{\"n\":1";
                });
        assertThat(validate(killed).status()).as("without --prefix").isEqualTo(ExitStatus.UNUSABLE);
        Run prefix = validate("--prefix", killed);
        assertThat(prefix.status()).as(prefix.out() + prefix.err()).isEqualTo(ExitStatus.EXPECTED);
        long stop = how.equals("empty")
                ? 0
                : Long.parseLong(lines.get(lines.size() / 2 - 1).replaceFirst(".*?\"time\":(\\d+).*", "$1"));
        // In a simulated trace, each time is that of one event.
        assertThat(prefix.out())
                .contains("accepted: " + stop + " event", "checked up to time " + stop, "a1.ndjson")
                .contains("left out: " + (events() - stop - lost(lines, how)) + " event");
    }

    private static long lost(List<String> lines, String how) {
        int all = lines.size() - 2;
        return how.equals("empty") ? all : all - (lines.size() / 2 - 1);
    }

    @Test
    void aRejectionBeforeTheCutIsOne() throws IOException {
        List<String> controller = byPlace.get("controller");
        controller.set(1, controller.get(1).replaceFirst("\"agent\":\"a\\d\"", "\"agent\":\"nobody\""));
        Path killed = files("killed");
        List<String> host = byPlace.get("h1");
        Files.write(killed.resolve("h1.ndjson"), host.subList(0, host.size() - 1));
        Run run = validate("--prefix", killed);
        assertThat(run.out()).contains("rejected");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    /** Then the order is not one that happened, and to blame the system for it would be wrong. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aShiftedClockIsSaidAndNobodyIsBlamed(boolean ahead) throws IOException {
        String place = ahead ? "h1" : "controller";
        List<String> lines = byPlace.get(place);
        long first = Long.parseLong(lines.get(1).replaceFirst(".*?\"time\":(\\d+).*", "$1"));
        long shift = ahead ? 100_000 : 1 - first;
        lines.replaceAll(line -> shifted(line, shift));
        Run run = validate(files("shifted"));
        assertThat(run.out()).doesNotContain("rejected");
        assertThat(run.err())
                .contains("the clock of " + place + " is " + Math.abs(shift) + (ahead ? " ahead of" : " behind"));
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    private static String shifted(String line, long ahead) {
        Matcher time = Pattern.compile("\"time\":(\\d+)").matcher(line);
        return time.replaceAll(found -> "\"time\":" + (Long.parseLong(found.group(1)) + ahead));
    }

    @Test
    void aPlaceWithoutAFileIsSaidBeforeAnythingIsBlamed() throws IOException {
        Path holes = files("holes");
        Files.delete(holes.resolve("a1.ndjson"));
        Run run = validate(holes);
        assertThat(run.out().indexOf("there is no file of a1")).isNotNegative();
        assertThat(run.out().indexOf("there is no file of a1"))
                .isLessThan(run.out().indexOf("rejected"));
    }

    @Test
    void aTraceIsFollowedWhileItIsWritten() throws Exception {
        Path written = Files.createDirectory(folder.resolve("written"));
        CompletableFuture<Run> following = CompletableFuture.supplyAsync(() -> validate("--follow", written));
        for (int line = 0; byPlace.values().stream().anyMatch(Predicate.not(List::isEmpty)); line++) {
            assertThat(following).as("ended before line " + line).isNotDone();
            for (Map.Entry<String, List<String>> place : byPlace.entrySet()) {
                if (!place.getValue().isEmpty()) {
                    Files.writeString(
                            written.resolve(place.getKey() + ".ndjson"),
                            place.getValue().remove(0) + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            }
            Thread.sleep(1);
        }
        assertThat(following.get(1, TimeUnit.MINUTES).out()).contains("accepted: " + events() + " events");
    }

    @Test
    void aRejectionIsToldBeforeTheTraceEnds() throws Exception {
        List<String> controller = byPlace.get("controller");
        controller.set(1, controller.get(1).replaceFirst("\"agent\":\"a\\d\"", "\"agent\":\"nobody\""));
        byPlace.values().forEach(file -> file.set(file.size() - 1, "{\"quiet\":1000000}"));
        Run run = validate("--follow", "--patience", "60", files("running"));
        assertThat(run.out()).contains("rejected", "was set by event").doesNotContain("checked up to");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    @Test
    void silenceEndsWhatIsFollowed() throws IOException {
        byPlace.values().forEach(file -> file.set(file.size() - 1, "{\"quiet\":1000000}"));
        Run run = validate("--follow", "--patience", "1", files("silent"));
        assertThat(run.out()).contains("accepted: " + events() + " events", "checked up to time 1000000");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
        Run none = validate("--follow", "--patience", "1", Files.createDirectory(folder.resolve("none")));
        assertThat(none.err()).contains("not even its header, and none was written for 1 s");
        assertThat(none.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(validate("--follow", whole, whole).status()).isEqualTo(ExitStatus.UNUSABLE);
        for (String option : List.of("--prefix", "--threads=2")) {
            Run unused = validate("--follow", option, whole);
            assertThat(unused.err())
                    .contains(option.split("=")[0] + " is not for --follow")
                    .hasLineCount(1);
            assertThat(unused.status()).isEqualTo(ExitStatus.UNUSABLE);
        }
        assertThat(validate("--patience", "1", whole).status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void compressedFilesAreRead() throws IOException {
        Path gz = folder.resolve("whole.ndjson.gz");
        byte[] bytes = Files.readAllBytes(whole);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(bytes);
        }
        assertThat(validate(gz).out()).contains("accepted: " + events() + " events");
        byte[] damaged = Files.readAllBytes(gz);
        Files.write(gz, Arrays.copyOf(damaged, damaged.length / 2));
        Run cut = validate(gz);
        assertThat(cut.status()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(cut.err().lines()).singleElement().asString().contains("whole.ndjson.gz");
        Run prefix = validate("--prefix", gz);
        assertThat(prefix.status()).as(prefix.err()).isEqualTo(ExitStatus.EXPECTED);
        assertThat(prefix.out()).contains("accepted: ", "left out: 0 events");
    }

    @Test
    void aFolderOfZstdFilesIsRead() throws IOException {
        Path files = files("zstd");
        for (String place : byPlace.keySet()) {
            Path plain = files.resolve(place + ".ndjson");
            try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(files.resolve(place + ".ndjson.zst")))) {
                Files.copy(plain, out);
            }
            Files.delete(plain);
        }
        assertThat(validate(files).out()).contains("accepted: " + events() + " events");
        Path one = files.resolve("controller.ndjson.zst");
        byte[] bytes = Files.readAllBytes(one);
        Files.write(one, Arrays.copyOf(bytes, bytes.length - 9));
        Run cut = validate(files);
        assertThat(cut.err().lines()).singleElement().asString().contains("controller.ndjson.zst", "cut or damaged");
        assertThat(cut.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void partsOfARotatedFileAreOne() throws IOException {
        Path rotated = files("rotated");
        List<String> lines = byPlace.get("controller");
        Files.delete(rotated.resolve("controller.ndjson"));
        int parts = 0;
        for (int from = 0; from < lines.size(); from += EVENTS_OF_A_PART, parts++) {
            Files.write(
                    rotated.resolve(parts == 0 ? "controller.ndjson" : "controller." + parts + ".ndjson"),
                    lines.subList(from, Math.min(lines.size(), from + EVENTS_OF_A_PART)));
        }
        assertThat(parts).isGreaterThan(11); // so that the order of names is not that of numbers
        Run run = validate(rotated);
        assertThat(run.out()).as(run.err()).contains("accepted: " + events() + " events");
    }

    /** What is called {@code h.1.1.ndjson} is then the first part of {@code h.1.ndjson} that was rotated, and no place's. */
    @Test
    void aPlaceWhoseNameEndsInANumberMayBeRotated() throws IOException {
        String host = byPlace.keySet().stream()
                .filter(place -> place.startsWith("h"))
                .findFirst()
                .orElseThrow();
        Path rotated = Files.createDirectory(folder.resolve("numbered"));
        for (Map.Entry<String, List<String>> place : byPlace.entrySet()) {
            List<String> lines = place.getValue().stream()
                    .map(line -> line.replace("\"" + host + "\"", "\"h.1\""))
                    .toList();
            boolean isHost = place.getKey().equals(host);
            int first = isHost ? lines.size() / 2 : lines.size();
            Files.write(rotated.resolve((isHost ? "h.1" : place.getKey()) + ".ndjson"), lines.subList(0, first));
            if (isHost) {
                Files.write(rotated.resolve("h.1.1.ndjson"), lines.subList(first, lines.size()));
            }
        }
        Run run = validate(rotated);
        assertThat(run.out()).as(run.err()).contains("accepted: " + events() + " events");
    }

    @Test
    void eachOfManyIsToldAndTheStatusIsTheWorst() throws IOException {
        Path unreadable = folder.resolve("unreadable.ndjson");
        Files.writeString(unreadable, Files.readString(whole).replace("\"action\":\"Fault\"", "\"action\":\"Fall\""));
        Path rejected = folder.resolve("rejected.ndjson");
        Files.writeString(
                rejected, Files.readString(whole).replaceFirst("\"action\":\"Fault\"", "\"action\":\"Reject\""));
        for (String threads : List.of("1", "2")) {
            Run run = validate("--threads", threads, unreadable, rejected, whole);
            assertThat(run.err().lines()).singleElement().asString().contains("unreadable.ndjson: line", "'Fall'");
            assertThat(run.out()).contains("rejected.ndjson: line", "rejected", "whole.ndjson: accepted");
            assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        }
        assertThat(validate(rejected, whole).status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    /** What is not a trace to its end is no finding about the system. */
    @Test
    void aRejectionInAnUnusableFileIsNotTold() throws IOException {
        Path both = folder.resolve("both.ndjson");
        Files.writeString(
                both,
                Files.readString(whole).replaceFirst("\"action\":\"Fault\"", "\"action\":\"Reject\"") + "garbage\n");
        Run run = validate(both);
        assertThat(run.out()).doesNotContain("rejected");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void standardInputIsRead() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readString(whole).getBytes(StandardCharsets.US_ASCII)));
        try {
            assertThat(validate("-").out()).contains("standard input: accepted: " + events() + " events");
        } finally {
            System.setIn(before);
        }
    }
}
