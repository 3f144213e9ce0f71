package dev.faultline.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Content;
import dev.faultline.core.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trace is whole and in order, or it is not there. */
@Timeout(20)
class TraceWriterTest {
    private static final TraceHeader HEADER =
            new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 4, 2, new Content(0));

    @TempDir
    Path folder;

    private static TraceEvent event(long n, long time, String place) {
        return new TraceEvent(n, time, place, new Event.Start("h1", time));
    }

    @Test
    void writesEventsInTheOrderOfTheirTimes() throws IOException {
        Path file = folder.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
            writer.accept(event(1, 3, "a3"));
            writer.accept(event(1, 1, "a1"));
            writer.accept(event(2, 4, "a1"));
            writer.accept(event(1, 2, "a2"));
        }
        assertThat(read(file))
                .containsExactly(event(1, 1, "a1"), event(1, 2, "a2"), event(1, 3, "a3"), event(2, 4, "a1"));
    }

    @Test
    void manyPlacesAtOnceLoseNothing() throws IOException {
        int places = 4;
        int eventsPerPlace = 50_000;
        Path file = folder.resolve("trace");
        AtomicLong clock = new AtomicLong();
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
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
        assertThat(read(file).stream().mapToLong(TraceEvent::time).toArray())
                .isEqualTo(LongStream.rangeClosed(1, (long) places * eventsPerPlace)
                        .toArray());
    }

    @Test
    void linesAreThoseOfTheTraceFormat() throws IOException {
        Path file = folder.resolve("trace");
        TraceEvent event = new TraceEvent(1, 1, "h1", new Event.Write("h1", "a1", "disk", 3, 1, new Content(-1)));
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
            writer.accept(event);
        }
        assertThat(Files.readAllLines(file)).containsExactly(TraceFormat.write(HEADER), TraceFormat.write(event));
    }

    @Test
    void thereIsNoFileOfThatNameBeforeTheTraceIsComplete() throws IOException {
        Path file = folder.resolve("trace");
        try (TraceWriter writer = TraceWriter.create(file, HEADER)) {
            writer.accept(event(1, 1, "a1"));
            assertThat(file).doesNotExist();
        }
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aTraceWithAGapIsRefusedAndDeleted() throws IOException {
        TraceWriter writer = TraceWriter.create(folder.resolve("trace"), HEADER);
        writer.accept(event(1, 1, "a1"));
        writer.accept(event(2, 3, "a1"));

        assertThatThrownBy(writer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no event of time 2, but one of time 3");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aTraceThatCannotBeMovedIntoPlaceIsDeleted() throws IOException {
        Path file = Files.createDirectories(folder.resolve("trace/in the way")).getParent();
        TraceWriter writer = TraceWriter.create(file, HEADER);

        assertThatThrownBy(writer::close).isInstanceOf(UncheckedIOException.class);
        assertThat(folder.toFile().list()).containsExactly("trace");
    }

    @Test
    void aFailureReachesPlacesThatWaitForRoomAndWhoCloses() {
        CountDownLatch placeIsWaiting = new CountDownLatch(1);
        TraceSequencer sequencer = new TraceSequencer(event -> {
            placeIsWaiting.await();
            throw new IOException("no space left");
        });
        Thread place = Thread.currentThread();
        CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
            while (place.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            placeIsWaiting.countDown();
        });

        assertThatThrownBy(() -> {
                    for (long time = 1; time < 1 << 20; time++) {
                        sequencer.accept(event(time, time, "a1"));
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no space left");
        watching.join();
        assertThatThrownBy(sequencer::close).hasMessageContaining("no space left");
    }

    private static List<TraceEvent> read(Path file) {
        List<TraceEvent> events = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(file)) {
            assertThat(reader.header()).isEqualTo(HEADER);
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
        return events;
    }
}
