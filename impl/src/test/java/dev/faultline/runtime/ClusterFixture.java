package dev.faultline.runtime;

import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.MappingTables;
import dev.faultline.trace.TraceEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A small cluster in a folder, into whose storage, tables and trace a test can reach. */
final class ClusterFixture implements AutoCloseable {
    static final String DISK = "disk";
    static final Geometry GEOMETRY = new Geometry(8, 4, 512);
    static final int DISK_BLOCKS = (int) GEOMETRY.blocksPerDisk();

    final FileStorage file;
    final ConcurrentLinkedQueue<TraceEvent> trace = new ConcurrentLinkedQueue<>();

    /** Called before an I/O reaches the file. */
    interface StorageProbe {
        void before(boolean write, long location, int block) throws IOException;

        /** Called before storage is flushed. */
        default void flush() throws IOException {}
    }

    /** Called before changes reach the tables. */
    interface TablesProbe {
        void before(List<TableChange> changes);
    }

    volatile StorageProbe storageProbe = (write, location, block) -> {};
    volatile TablesProbe tablesProbe = changes -> {};

    ClusterFixture(Path folder) throws IOException {
        file = FileStorage.open(folder.resolve("container"), GEOMETRY);
    }

    ClusterConfig config(TableStore tables) {
        StorageContainer storage = new StorageContainer() {
            @Override
            public void read(long location, int block, byte[] destination) throws IOException {
                storageProbe.before(false, location, block);
                file.read(location, block, destination);
            }

            @Override
            public void write(long location, int block, byte[] source) throws IOException {
                storageProbe.before(true, location, block);
                file.write(location, block, source);
            }

            @Override
            public void flush() throws IOException {
                storageProbe.flush();
                file.flush();
            }
        };
        return ClusterConfig.of(List.of("a1", "a2"), List.of(DISK), GEOMETRY, storage, probed(tables));
    }

    ClusterConfig tracedConfig() {
        return config(new MemoryTableStore()).withTrace(trace::add);
    }

    Cluster start() {
        return Cluster.start(tracedConfig());
    }

    private TableStore probed(TableStore tables) {
        return new TableStore() {
            @Override
            public MappingTables load(int segmentsPerDisk, int capacity) {
                return tables.load(segmentsPerDisk, capacity);
            }

            @Override
            public void persist(List<TableChange> changes) {
                tablesProbe.before(changes);
                tables.persist(changes);
            }

            @Override
            public void close() {
                tables.close();
            }
        };
    }

    static byte[] block(int value) {
        byte[] block = new byte[GEOMETRY.blockBytes()];
        Arrays.fill(block, (byte) value);
        return block;
    }

    static byte[] read(Host host, String agent, String disk, long diskBlock) {
        byte[] found = block(99);
        host.read(agent, disk, diskBlock, found);
        return found;
    }

    static byte[] readAll(Cluster cluster, String reader, String disk) {
        byte[] bytes = new byte[(int) GEOMETRY.diskBytes()];
        cluster.bulk(reader, 4).read(disk, 0, ByteBuffer.wrap(bytes));
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
