package dev.faultline.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Content;
import dev.faultline.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trace that is still being written is read as far as nothing can come before. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TraceFollowerTest {
    private static final TraceHeader HEADER = new TraceHeader(
                    TraceHeader.VERSION, List.of("a1"), List.of("disk"), 4, 2, new Content(0))
            .withPlaces(List.of("a1", "a2"));
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int SOON_MILLIS = 250;

    @TempDir
    private Path folder;

    private static TraceEvent event(long n, long time, String place) {
        return new TraceEvent(n, time, place, new Event.Start("h1", time));
    }

    private void append(String place, String... lines) throws IOException {
        Path file = folder.resolve(place + ".ndjson");
        String text = Files.exists(file) ? "" : TraceFormat.write(HEADER) + "\n";
        Files.writeString(
                file,
                text + String.join("\n", lines) + (lines.length == 0 ? "" : "\n"),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String line(long n, long time, String place) {
        return TraceFormat.write(event(n, time, place));
    }

    private static void expectToWait(CompletableFuture<TraceEvent> next) {
        assertThatThrownBy(() -> next.get(SOON_MILLIS, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void anEventWaitsForWhatMayComeBeforeIt() throws Exception {
        append("a1", line(1, 3, "a1"));
        append("a2", line(1, 2, "a2"));
        try (TraceSource trace = TraceSource.follow(folder, LONG)) {
            assertThat(trace.next()).isEqualTo(event(1, 2, "a2"));
            CompletableFuture<TraceEvent> next = CompletableFuture.supplyAsync(trace::next);
            expectToWait(next);
            append("a2", "{\"quiet\":3}");
            assertThat(next.get()).isEqualTo(event(1, 3, "a1"));
            assertThat(trace.position()).endsWith("a1.ndjson: line 2");
            append("a1", "{\"end\":1}");
            append("a2", "{\"end\":1}");
            assertThat(trace.next()).isNull();
            assertThat(trace.stop()).isEmpty();
        }
    }

    @Test
    void aFileThatAppearsIsReadBeforeWhatDependsOnIt() throws Exception {
        append("a1", line(1, 3, "a1"), "{\"end\":1}");
        try (TraceSource trace = TraceSource.follow(folder, LONG)) {
            CompletableFuture<TraceEvent> next = CompletableFuture.supplyAsync(trace::next);
            expectToWait(next); // a2 has no file, but the header names it
            append("h1", line(1, 1, "h1"), "{\"end\":1}");
            append("a2", "{\"end\":0}");
            List<TraceEvent> all = new ArrayList<>(List.of(next.get()));
            all.add(trace.next());
            assertThat(all).containsExactly(event(1, 1, "h1"), event(1, 3, "a1"));
            assertThat(trace.next()).isNull();
        }
    }

    @Test
    void halfALineIsReadOnceItIsWhole() throws Exception {
        append("a2", "{\"end\":0}");
        append("a1");
        try (TraceSource trace = TraceSource.follow(folder, LONG)) {
            CompletableFuture<TraceEvent> next = CompletableFuture.supplyAsync(trace::next);
            String line = line(1, 1, "a1");
            Path file = folder.resolve("a1.ndjson");
            Files.writeString(file, line.substring(0, 20), StandardOpenOption.APPEND);
            expectToWait(next);
            Files.writeString(file, line.substring(20) + "\n{\"end\":1}\n", StandardOpenOption.APPEND);
            assertThat(next.get()).isEqualTo(event(1, 1, "a1"));
        }
    }

    @Test
    void silenceIsTheEndOfABeginning() throws Exception {
        append("a1", line(1, 1, "a1"), line(2, 5, "a1"));
        append("a2", "{\"quiet\":4}");
        try (TraceSource trace = TraceSource.follow(folder, SHORT)) {
            assertThat(trace.next()).isEqualTo(event(1, 1, "a1"));
            assertThat(trace.next()).isNull();
            assertThat(trace.stop()).hasValueSatisfying(stop -> {
                assertThat(stop.time()).isEqualTo(4);
                assertThat(stop.place()).endsWith("a2.ndjson");
                assertThat(stop.leftOut()).isEqualTo(1);
            });
        }
        assertThatThrownBy(() -> TraceSource.follow(Files.createDirectory(folder.resolve("none")), SHORT))
                .isInstanceOf(UnusableTraceException.class)
                .hasMessageContaining("there is no trace, not even its header");
    }

    @Test
    void aPlaceInTwoFilesIsRefused() throws Exception {
        append("a1", line(1, 1, "a1"));
        append("a1.1", line(1, 1, "a1"));
        append("a2", "{\"end\":0}");
        assertThatThrownBy(() -> {
                    try (TraceSource trace = TraceSource.follow(folder, LONG)) {
                        trace.next();
                    }
                })
                .isInstanceOf(UnusableTraceException.class)
                .hasMessageContaining("rotated");
    }

    /** What is left of a killed system is used up to the last quiet time, not to the last event. */
    @Test
    void quietTimesBoundWhatIsLost() throws Exception {
        append("a1", line(1, 1, "a1"), line(2, 5, "a1"));
        append("a2", "{\"quiet\":5}");
        try (TraceSource trace = TraceSource.open(folder, false)) {
            assertThat(trace.next()).isEqualTo(event(1, 1, "a1"));
            assertThat(trace.next()).isEqualTo(event(2, 5, "a1"));
            assertThat(trace.next()).isNull();
            assertThat(trace.stop())
                    .hasValueSatisfying(stop -> assertThat(stop.leftOut()).isZero());
        }
    }

    @Test
    void anEventOfAQuietTimeIsRefused() throws Exception {
        append("a1", "{\"quiet\":5}", line(1, 5, "a1"));
        append("a2", "{\"quiet\":7}", "{\"quiet\":6}");
        assertThatThrownBy(() ->
                        TraceSource.open(folder.resolve("a1.ndjson"), false).next())
                .isInstanceOf(UnusableTraceException.class)
                .hasMessageContaining(
                        "a1.ndjson: line 3: time 5 comes after it was said that nothing more comes up to");
        assertThatThrownBy(() ->
                        TraceSource.open(folder.resolve("a2.ndjson"), false).next())
                .isInstanceOf(UnusableTraceException.class)
                .hasMessageContaining("quiet up to time 6 comes after time 7");
    }

    @Test
    void theWriterSaysThatPlacesAreQuiet() throws Exception {
        Path trace = folder.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(trace, HEADER)) {
            writer.accept(event(1, 1, "h1"));
            writer.quiet("a1", 2);
            writer.quiet("nobody", 2);
            assertThat(Files.readAllLines(writer.unfinished().resolve("a1.ndjson")))
                    .as("written out at once")
                    .containsExactly(TraceFormat.write(HEADER), "{\"quiet\":2}");
        }
        assertThat(trace.toFile().list()).containsExactlyInAnyOrder("a1.ndjson", "a2.ndjson", "h1.ndjson");
        try (TraceSource read = TraceSource.open(trace)) {
            assertThat(read.next()).isEqualTo(event(1, 1, "h1"));
            assertThat(read.next()).isNull();
        }
    }
}
