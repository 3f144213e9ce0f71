package dev.faultline.runtime;

import dev.faultline.core.Effect.Erase;
import dev.faultline.core.Effect.EraseOpening;
import dev.faultline.core.Effect.NoteOpening;
import dev.faultline.core.Effect.NoteVersion;
import dev.faultline.core.Effect.Persist;
import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.MappingTables;
import dev.faultline.core.Opener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The mapping tables in an SQLite database, one row for each entry, one for each name that a disk ever had, one for
 * each opening, and one for the highest version. Each call of {@link #persist} is a transaction that is forced to the medium, and costs what that costs: some milliseconds on most. The database is locked while it is
 * open, so that no second controller can use it. Throws {@link ClusterException} when the database cannot be used.
 */
public final class SqliteTableStore implements TableStore {
    private final Path file;
    private final Connection connection;
    private final PreparedStatement upsert;
    private final PreparedStatement erase;
    private final PreparedStatement note;
    private final PreparedStatement name;
    private final PreparedStatement noteOpening;
    private final PreparedStatement eraseOpening;

    private SqliteTableStore(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        upsert = connection.prepareStatement("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)");
        erase = connection.prepareStatement("DELETE FROM entry WHERE disk = ?");
        note = connection.prepareStatement("UPDATE highest SET version = max(version, ?)");
        name = connection.prepareStatement("INSERT OR IGNORE INTO name VALUES (?)");
        noteOpening = connection.prepareStatement("INSERT OR REPLACE INTO opening VALUES (?, ?, ?)");
        eraseOpening = connection.prepareStatement("DELETE FROM opening WHERE agent = ? AND disk = ?");
    }

    /** Opens a database; makes one without a table if there is no such file. */
    public static SqliteTableStore open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setLockingMode(LockingMode.EXCLUSIVE);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(0);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                        CREATE TABLE IF NOT EXISTS entry (
                          disk     TEXT    NOT NULL,
                          segment  INTEGER NOT NULL,
                          location INTEGER NOT NULL,
                          states   TEXT    NOT NULL,
                          version  INTEGER NOT NULL,
                          PRIMARY KEY (disk, segment)) WITHOUT ROWID, STRICT""");
                statement.execute("CREATE TABLE IF NOT EXISTS highest (version INTEGER NOT NULL) STRICT");
                statement.execute("INSERT INTO highest SELECT 0 WHERE NOT EXISTS (SELECT * FROM highest)");
                statement.execute("CREATE TABLE IF NOT EXISTS name (disk TEXT PRIMARY KEY) WITHOUT ROWID, STRICT");
                statement.execute("""
                        CREATE TABLE IF NOT EXISTS opening (
                          agent  TEXT    NOT NULL,
                          disk   TEXT    NOT NULL,
                          number INTEGER NOT NULL,
                          PRIMARY KEY (agent, disk)) WITHOUT ROWID, STRICT""");
                connection.setAutoCommit(false);
                return new SqliteTableStore(file, connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new ClusterException(file + ": the mapping tables cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public MappingTables load(int segmentsPerDisk, int capacity) {
        Map<String, List<Entry>> tables = new TreeMap<>();
        MappingTables loaded = new MappingTables(segmentsPerDisk, capacity);
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT * FROM entry ORDER BY disk, segment")) {
                while (rows.next()) {
                    tables.computeIfAbsent(rows.getString("disk"), disk -> new ArrayList<>())
                            .add(new Entry(
                                    rows.getLong("location"),
                                    states(rows.getString("states")),
                                    rows.getLong("version")));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT version FROM highest")) {
                if (row.next()) {
                    loaded.noteVersion(row.getLong("version"));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT disk FROM name")) {
                while (rows.next()) {
                    loaded.noteName(rows.getString("disk"));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT * FROM opening")) {
                while (rows.next()) {
                    loaded.noteOpening(
                            new Opener(rows.getString("agent"), rows.getString("disk")), rows.getLong("number"));
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new ClusterException(file + ": the mapping tables cannot be read: " + e.getMessage(), e);
        }
        tables.forEach((disk, entries) -> {
            if (entries.size() != segmentsPerDisk) {
                throw new ClusterException(
                        file + ": disk " + disk + " has " + entries.size() + " segments, not " + segmentsPerDisk);
            }
            try {
                loaded.setAll(disk, entries);
            } catch (IllegalArgumentException e) {
                throw new ClusterException(file + ": disk " + disk + ": " + e.getMessage(), e);
            }
        });
        return loaded;
    }

    @Override
    public void persist(List<TableChange> changes) {
        try {
            long highest = 0;
            for (TableChange change : changes) {
                if (change instanceof Persist persist) {
                    highest = Math.max(highest, add(persist));
                } else if (change instanceof Erase gone) {
                    // What was to be written before the disk was erased goes first.
                    upsert.executeBatch();
                    erase.setString(1, gone.disk());
                    erase.executeUpdate();
                } else if (change instanceof NoteVersion given) {
                    highest = Math.max(highest, given.version());
                } else if (change instanceof NoteOpening opened) {
                    setOpener(noteOpening, opened.opener());
                    noteOpening.setLong(3, opened.number());
                    noteOpening.executeUpdate();
                } else if (change instanceof EraseOpening closed) {
                    setOpener(eraseOpening, closed.opener());
                    eraseOpening.executeUpdate();
                }
            }
            upsert.executeBatch();
            note.setLong(1, highest);
            note.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new ClusterException(file + ": the mapping tables cannot be written: " + e.getMessage(), e);
        }
    }

    private static void setOpener(PreparedStatement statement, Opener opener) throws SQLException {
        statement.setString(1, opener.agent());
        statement.setString(2, opener.disk());
    }

    /** Adds entries to the batch, and returns the highest version among them. */
    private long add(Persist change) throws SQLException {
        long highest = 0;
        name.setString(1, change.disk());
        name.executeUpdate();
        int segment = change.first();
        for (Entry entry : change.entries()) {
            upsert.setString(1, change.disk());
            upsert.setInt(2, segment++);
            upsert.setLong(3, entry.location());
            upsert.setString(4, text(entry.states()));
            upsert.setLong(5, entry.version());
            upsert.addBatch();
            highest = Math.max(highest, entry.version());
        }
        return highest;
    }

    @Override
    public void close() {
        try (connection) {
            upsert.close();
            erase.close();
            note.close();
            name.close();
            noteOpening.close();
            eraseOpening.close();
        } catch (SQLException e) {
            throw new ClusterException(file + ": the mapping tables cannot be closed: " + e.getMessage(), e);
        }
    }

    private static String text(Set<EntryState> states) {
        return states.stream().sorted().map(EntryState::toString).collect(Collectors.joining(" "));
    }

    private Set<EntryState> states(String text) {
        EnumSet<EntryState> states = EnumSet.noneOf(EntryState.class);
        for (String label : text.isEmpty() ? new String[0] : text.split(" ")) {
            states.add(EnumSet.allOf(EntryState.class).stream()
                    .filter(state -> state.toString().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new ClusterException(file + ": there is no entry state '" + label + "'")));
        }
        return states;
    }
}
