package dev.faultline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.ControllerCore;
import dev.faultline.core.ControllerRules;
import dev.faultline.core.Kind;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.ToAgent;
import dev.faultline.trace.TraceSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What depends on how inputs come together into batches, which a whole cluster seldom shows. */
class ControllerLoopTest {
    private static final String DISK = "disk";
    private static final Geometry GEOMETRY = new Geometry(1, 1, 1);

    @TempDir
    private Path folder;

    private final List<ToAgent> sent = new CopyOnWriteArrayList<>();
    private final PendingCalls pending = new PendingCalls(Duration.ofSeconds(60));

    @Test
    void aControllerComesBackBeforeItReceivesWhatCameInTheMeanTime() throws IOException {
        MemoryTableStore tables = new MemoryTableStore();
        tables.load(1, MappingTables.UNBOUNDED);
        try (FileStorage storage = FileStorage.open(folder.resolve("container"), GEOMETRY)) {
            ControllerLoop controller = new ControllerLoop(
                    ControllerCore.afterCrash(
                            Set.of("a1"), 1, MappingTables.ofNewDisks(List.of(DISK), 1), ControllerRules.ALL),
                    place("controller"),
                    place("operator"),
                    new Surroundings(
                            GEOMETRY, storage, new IoPool(1, pending::fail), pending, new Counters(), new DiskNames()),
                    tables,
                    sent::add);
            controller.loop().put(new ControllerLoop.Started());
            controller.loop().put(new ControllerLoop.Arrived(new MappingFault("a1", DISK, 0, Kind.READ)));
            controller.loop().start();

            assertThat(controller.loop().stop(System.nanoTime() + TimeUnit.SECONDS.toNanos(60)))
                    .isTrue();
        }
        pending.throwFailure();
        assertThat(sent)
                .as("what a controller tells the agents when it comes back")
                .isNotEmpty();
    }

    private static Place place(String name) {
        return new Place(name, new AtomicLong(), TraceSink.NONE);
    }
}
