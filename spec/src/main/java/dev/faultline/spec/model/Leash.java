package dev.faultline.spec.model;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.rmi.server.RMISocketFactory;
import java.util.Arrays;
import tlc2.tool.distributed.TLCServer;
import tlc2.tool.distributed.TLCWorker;

/**
 * The main class of TLC's processes: TLC on a leash. Its other end is held by the JVM that started the process, and is the
 * process's standard input: when that JVM goes, in whatever way, the input ends, and TLC with it. The temporary folder
 * goes last.
 */
final class Leash {
    private static final int LET_GO = 143; // as if ended by SIGTERM

    /** What TLC is run as: the program that does all, for one model or for one after another; the two that share the work. */
    enum Program {
        ALONE,
        SERIES,
        SERVER,
        WORKER
    }

    /** The system property with the address at which a server or worker is reached by the others. */
    static final String ADDRESS = "java.rmi.server.hostname";

    private Leash() {}

    /**
     * Runs TLC.
     *
     * @param args the name of the program, and what it is to have as arguments
     */
    public static void main(String[] args) throws Exception {
        TempFolder folder = new TempFolder(Path.of(System.getProperty("java.io.tmpdir")));
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
        Program program = Program.valueOf(args[0]);
        if (program != Program.SERIES) { // which reads its input itself
            Thread watch = new Thread(Leash::exitWhenLetGo, "leash");
            watch.setDaemon(true);
            watch.start();
        }
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        switch (program) {
            case ALONE -> tlc2.TLC.main(rest);
            case SERIES -> {
                URL tools = TlaTools.find().jar().toUri().toURL();
                URL own = TlcCommand.ownClasses().toUri().toURL();
                new OneByOne(new URL[] {tools, own}, Leash::letGo).work();
            }
            case SERVER -> {
                RMISocketFactory.setSocketFactory(new OneAddress());
                TLCServer.main(rest);
            }
            case WORKER -> {
                RMISocketFactory.setSocketFactory(new OneAddress());
                TLCWorker.main(rest);
            }
        }
    }

    /**
     * Listens at one address and no other, which is this machine's own unless somebody asked for another: whoever can call TLC's
     * server or worker can make it read files.
     */
    private static final class OneAddress extends RMISocketFactory {
        private final InetAddress address;

        OneAddress() throws UnknownHostException {
            address = InetAddress.getByName(System.getProperty(ADDRESS));
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return new ServerSocket(port, 0, address);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            // One that is for this machine alone calls nobody else, whatever it is told.
            return address.isLoopbackAddress() ? new Socket(address, port) : new Socket(host, port);
        }
    }

    private static void exitWhenLetGo() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException e) {
            // then it has been let go, too
        }
        letGo();
    }

    private static void letGo() {
        System.exit(LET_GO);
    }
}
