package dev.faultline.runtime;

import dev.faultline.core.Effect.Persist;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.MappingTables;
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
 * The mapping tables in an SQLite database, one row for each entry. Each call of {@link #persist} is a transaction that
 * is forced to the medium, and costs what that costs: some milliseconds on most. The database is locked while it is
 * open, so that no second controller can use it. Throws {@link ClusterException} when the database cannot be used.
 */
public final class SqliteTableStore implements TableStore {
    private final Path file;
    private final Connection connection;
    private final PreparedStatement upsert;

    private SqliteTableStore(Path file, Connection connection, PreparedStatement upsert) {
        this.file = file;
        this.connection = connection;
        this.upsert = upsert;
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
                          PRIMARY KEY (disk, segment)) WITHOUT ROWID, STRICT""");
                connection.setAutoCommit(false);
                return new SqliteTableStore(
                        file,
                        connection,
                        connection.prepareStatement("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)"));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new ClusterException(file + ": the mapping tables cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public MappingTables load(int segmentsPerDisk) {
        Map<String, List<Entry>> tables = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM entry ORDER BY disk, segment")) {
            while (rows.next()) {
                List<Entry> entries = tables.computeIfAbsent(rows.getString("disk"), disk -> new ArrayList<>());
                entries.add(new Entry(rows.getLong("location"), states(rows.getString("states"))));
            }
            connection.commit();
        } catch (SQLException e) {
            throw new ClusterException(file + ": the mapping tables cannot be read: " + e.getMessage(), e);
        }
        MappingTables loaded = new MappingTables(segmentsPerDisk);
        tables.forEach((disk, entries) -> {
            if (entries.size() != segmentsPerDisk) {
                throw new ClusterException(
                        file + ": disk " + disk + " has " + entries.size() + " segments, not " + segmentsPerDisk);
            }
            loaded.setAll(disk, entries);
        });
        return loaded;
    }

    @Override
    public void persist(List<Persist> changes) {
        try {
            for (Persist change : changes) {
                int segment = change.first();
                for (Entry entry : change.entries()) {
                    upsert.setString(1, change.disk());
                    upsert.setInt(2, segment++);
                    upsert.setLong(3, entry.location());
                    upsert.setString(4, text(entry.states()));
                    upsert.addBatch();
                }
            }
            upsert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new ClusterException(file + ": the mapping tables cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            upsert.close();
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
