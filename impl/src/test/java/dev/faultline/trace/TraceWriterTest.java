package dev.faultline.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Content;
import dev.faultline.core.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace is whole and in order, or it is not there. */
class TraceWriterTest {
    private static final TraceHeader HEADER =
            new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 4, 2, new Content(0));

    @TempDir
    Path folder;

    private static TraceEvent event(long n, long time, String place) {
        return new TraceEvent(n, time, place, new Event.Start("h1", time));
    }

    @Test
    void eventsComeBackInTheOrderOfTheirTimes() throws IOException {
        Path trace = folder.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(trace, HEADER)) {
            writer.accept(event(1, 3, "a3"));
            writer.accept(event(1, 1, "a1"));
            writer.accept(event(2, 4, "a1"));
            writer.accept(event(1, 2, "a 2/ü"));
        }
        assertThat(trace.toFile().list()).containsExactlyInAnyOrder("a1.ndjson", "a+2%2F%C3%BC.ndjson", "a3.ndjson");
        assertThat(read(trace))
                .containsExactly(event(1, 1, "a1"), event(1, 2, "a 2/ü"), event(1, 3, "a3"), event(2, 4, "a1"));
    }

    @Test
    void eventsOfTheSameTimeComeInTheOrderOfTheirPlaces() throws IOException {
        Path trace = folder.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(trace, HEADER)) {
            writer.accept(event(1, 5, "b"));
            writer.accept(event(1, 5, "a"));
            writer.accept(event(2, 6, "b"));
        }
        assertThat(read(trace)).containsExactly(event(1, 5, "a"), event(1, 5, "b"), event(2, 6, "b"));
    }

    @Test
    void manyPlacesAtOnceLoseNothing() throws IOException {
        int places = 4;
        int eventsPerPlace = 50_000;
        Path trace = folder.resolve("trace");
        AtomicLong clock = new AtomicLong();
        try (TraceWriter writer = TraceWriter.create(trace, HEADER)) {
            CompletableFuture.allOf(IntStream.range(0, places)
                            .mapToObj(place -> CompletableFuture.runAsync(() -> {
                                for (int n = 1; n <= eventsPerPlace; n++) {
                                    writer.accept(event(n, clock.incrementAndGet(), "p" + place));
                                }
                            }))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        // The reader sees to it that no event of a place is missing.
        assertThat(read(trace).stream().mapToLong(TraceEvent::time).toArray())
                .isEqualTo(LongStream.rangeClosed(1, (long) places * eventsPerPlace)
                        .toArray());
    }

    @Test
    void linesAreThoseOfTheTraceFormat() throws IOException {
        Path trace = folder.resolve("trace");
        TraceEvent event = new TraceEvent(1, 1, "h1", new Event.Write("h1", "a1", "disk", 3, 1, new Content(-1)));
        try (TraceWriter writer = TraceWriter.create(trace, HEADER)) {
            writer.accept(event);
        }
        assertThat(Files.readAllLines(trace.resolve("h1.ndjson")))
                .containsExactly(TraceFormat.write(HEADER), TraceFormat.write(event), TraceFormat.end(1));
    }

    @Test
    void thereIsNoFolderOfThatNameBeforeTheTraceIsComplete() throws IOException {
        Path trace = folder.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(trace, HEADER)) {
            writer.accept(event(1, 1, "a1"));
            assertThat(trace).doesNotExist();
        }
        assertThat(folder.toFile().list()).containsExactly("trace");
    }

    @Test
    void whatIsThereAlreadyIsNotReplaced() throws IOException {
        Path trace = Files.createDirectories(folder.resolve("trace/in the way")).getParent();
        assertThatThrownBy(() -> TraceWriter.create(trace, HEADER)).hasMessageContaining("is there already");
        assertThat(folder.toFile().list()).containsExactly("trace");
    }

    @Test
    void aTraceThatCannotBeMovedIntoPlaceIsDeleted() throws IOException {
        Path trace = folder.resolve("trace");
        TraceWriter writer = TraceWriter.create(trace, HEADER);
        writer.accept(event(1, 1, "a1"));
        Files.createDirectories(trace.resolve("in the way"));

        assertThatThrownBy(writer::close).isInstanceOf(UncheckedIOException.class);
        assertThat(folder.toFile().list()).containsExactly("trace");
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        Path trace = folder.resolve("trace");
        assertThatThrownBy(() -> read(Files.createDirectory(trace)))
                .hasMessage(trace + ": there is no trace in this folder, no file *.ndjson");
        try (TraceWriter writer = TraceWriter.create(trace, HEADER)) {
            writer.accept(event(1, 1, "a1"));
            writer.accept(event(1, 2, "a2"));
        }
        Path first = trace.resolve("a1.ndjson");
        Path second = trace.resolve("a2.ndjson");
        String whole = Files.readString(second);

        Files.copy(first, second, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> read(trace))
                .hasMessage(second + ": line 2: the events of place a1 are in " + first + " already");

        Files.writeString(second, whole.replace("\"segments\":4", "\"segments\":5"));
        assertThatThrownBy(() -> read(trace)).hasMessage(second + ": this is of another system than " + first);

        Files.writeString(second, whole.substring(0, whole.lastIndexOf("{")));
        assertThatThrownBy(() -> read(trace)).hasMessageStartingWith(second + ": the trace has no end after 1 events");
    }

    private static List<TraceEvent> read(Path file) {
        List<TraceEvent> events = new ArrayList<>();
        try (TraceSource reader = TraceSource.open(file)) {
            assertThat(reader.header()).isEqualTo(HEADER);
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }
}
