package dev.faultline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Effect.Erase;
import dev.faultline.core.Effect.EraseOpening;
import dev.faultline.core.Effect.NoteOpening;
import dev.faultline.core.Effect.NoteVersion;
import dev.faultline.core.Effect.Persist;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Opener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be in the database when a controller comes back. */
class SqliteTableStoreTest {
    private static final Entry NO_WRITE = Entry.at(5).with(EntryState.NO_WRITE, true);
    private static final Entry BOTH = new Entry(6, Set.of(EntryState.NO_WRITE, EntryState.INVALID), 1L << 40);

    @TempDir
    Path folder;

    private SqliteTableStore open() {
        return SqliteTableStore.open(folder.resolve("tables.db"));
    }

    @Test
    void aNewDatabaseHasNoDisk() {
        try (SqliteTableStore store = open()) {
            assertThat(store.load(3, MappingTables.UNBOUNDED).disks()).isEmpty();
        }
    }

    @Test
    void theTablesComeBackAsTheyWerePersistedLast() {
        try (SqliteTableStore store = open()) {
            store.persist(List.of(
                    new Persist("disk", 0, List.of(Entry.at(0), NO_WRITE, BOTH)),
                    new Persist("snap", 0, List.of(Entry.at(0), Entry.at(1), Entry.NONE))));
            store.persist(List.of(new Persist("disk", 1, List.of(Entry.at(7)))));
        }
        try (SqliteTableStore store = open()) {
            MappingTables tables = store.load(3, MappingTables.UNBOUNDED);
            assertThat(tables.disks()).containsExactlyInAnyOrder("disk", "snap");
            assertThat(tables.entries("disk")).containsExactly(Entry.at(0), Entry.at(7), BOTH);
            assertThat(tables.entries("snap")).containsExactly(Entry.at(0), Entry.at(1), Entry.NONE);
            assertThat(tables.isShared(0)).isTrue();
            assertThat(tables.unusedLocation()).isEqualTo(8);
        }
    }

    @Test
    void aDiskThatWasErasedIsGoneButNotTheHighestVersion() {
        try (SqliteTableStore store = open()) {
            store.persist(List.of(
                    new Persist("disk", 0, List.of(Entry.at(0).under(3))),
                    new Persist("snap", 0, List.of(Entry.at(0).under(7)))));
            store.persist(List.of(new Erase("disk"), new Persist("disk", 0, List.of(Entry.at(9)))));
            store.persist(List.of(new Persist("snap", 0, List.of(Entry.at(1).under(8))), new Erase("snap")));
        }
        try (SqliteTableStore store = open()) {
            MappingTables tables = store.load(1, MappingTables.UNBOUNDED);
            assertThat(tables.disks()).containsExactly("disk");
            assertThat(tables.entries("disk")).containsExactly(Entry.at(9));
            assertThat(tables.version()).isEqualTo(8);
        }
    }

    @Test
    void theNamesOfDisksThatAreGoneAndVersionsThatNoEntryBearsAreThere() {
        try (SqliteTableStore store = open()) {
            store.persist(List.of(
                    new Persist("gone", 0, List.of(Entry.at(0))), new Persist("disk", 0, List.of(Entry.at(1)))));
            store.persist(List.of(new Erase("gone"), new NoteVersion(9)));
        }
        try (SqliteTableStore store = open()) {
            MappingTables tables = store.load(1, MappingTables.UNBOUNDED);
            assertThat(tables.names()).containsExactly("disk", "gone");
            assertThat(tables.disks()).containsExactly("disk");
            assertThat(tables.version()).isEqualTo(9);
        }
    }

    @Test
    void whoHasADiskOpenIsThereUntilItIsClosed() {
        Opener stays = new Opener("a1", "disk");
        Opener goes = new Opener("a2", "disk");
        try (SqliteTableStore store = open()) {
            store.persist(List.of(new Persist("disk", 0, List.of(Entry.at(0)))));
            store.persist(List.of(new NoteOpening(stays, 1), new NoteOpening(goes, 1)));
            store.persist(List.of(new NoteOpening(stays, 2), new EraseOpening(goes)));
        }
        try (SqliteTableStore store = open()) {
            assertThat(store.load(1, MappingTables.UNBOUNDED).openings()).containsExactly(Map.entry(stays, 2L));
        }
    }

    @Test
    void whatIsPersistedIsThereEvenIfTheStoreIsNeverClosed() throws Exception {
        try (SqliteTableStore store = open()) {
            store.persist(List.of(new Persist("disk", 0, List.of(Entry.at(0)))));
            for (String file : List.of("tables.db", "tables.db-wal")) {
                Files.copy(folder.resolve(file), folder.resolve("after-a-crash-" + file));
            }
        }
        try (SqliteTableStore store = SqliteTableStore.open(folder.resolve("after-a-crash-tables.db"))) {
            assertThat(store.load(1, MappingTables.UNBOUNDED).entries("disk")).containsExactly(Entry.at(0));
        }
    }

    @Test
    void noSecondControllerCanUseTheTables() {
        try (SqliteTableStore store = open()) {
            store.persist(List.of(new Persist("disk", 0, List.of(Entry.at(0)))));
            assertThatThrownBy(this::open)
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("tables.db")
                    .hasMessageContaining("locked");
        }
    }

    @Test
    void tablesOfOtherDisksAreRefused() {
        try (SqliteTableStore store = open()) {
            store.persist(List.of(new Persist("disk", 0, List.of(Entry.at(0)))));
            assertThatThrownBy(() -> store.load(2, MappingTables.UNBOUNDED))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("disk has 1 segments, not 2");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedInOneLine() throws Exception {
        Files.writeString(folder.resolve("tables.db"), "this is no database, and long enough to be seen as none");

        assertThatThrownBy(this::open)
                .isInstanceOf(ClusterException.class)
                .message()
                .contains("tables.db")
                .doesNotContain("\n");
    }
}
