package dev.faultline.spec.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks one model with TLC's distributed mode: a server that knows which states have been found, and workers in other
 * processes that compute successors. All of them are on one machine, and nothing listens to another, unless the server has an
 * address that others reach. TLC's channel knows neither authentication nor encryption.
 *
 * <p>In this mode TLC knows no temporal properties, keeps quiet about which property is violated, and has no registers.
 * So only a model that is to hold is checked in this way; where it breaks, the ordinary mode shows how.
 */
public final class DistributedChecker {
    /** The port of the server unless said otherwise; it is TLC's own choice. */
    public static final int DEFAULT_PORT = 10997;

    private static final int FIRST_SERVER_NEWS = 7000; // codes of TLC's: the server is ready, a worker has come or gone
    private static final int LAST_SERVER_NEWS = 7003;

    private static final int CONNECT_MILLIS = 2_000;
    private static final int PAUSE_MILLIS = 200;

    private static final String WORKER_FAILED = "Error: ";

    private final TlaTools tools;
    private final List<Path> libraries;
    private final InetSocketAddress server;

    /**
     * Makes a checker.
     *
     * @param libraries folders with modules that the models extend or instantiate; workers need none
     * @param server where the server listens, and workers look for it
     * @throws dev.faultline.spec.engine.SpecLoadException if there are no TLA+ tools, in one line
     */
    public DistributedChecker(List<Path> libraries, InetSocketAddress server) {
        this.tools = TlaTools.find();
        this.libraries = libraries.stream().map(Path::toAbsolutePath).toList();
        this.server = server;
    }

    /** Returns why a model cannot be checked in this way, in a few words; empty if it can. */
    public Optional<String> refusal(Model model) {
        try (ServerSocket listening = new ServerSocket(server.getPort(), 0, server.getAddress())) {
            if (!listening.isBound()) {
                return Optional.of("nothing can listen at " + server);
            }
        } catch (IOException e) {
            return Optional.of("nothing can listen at " + server.getAddress().getHostAddress() + ", port "
                    + server.getPort() + ": " + e.getMessage());
        }
        if (!(model.expectation() instanceof Expectation.Holds)) {
            return Optional.of("it is to break, and distributed TLC does not say which property is violated");
        }
        if (!(model.exploration() instanceof Exploration.Exhaustive)) {
            return Optional.of("distributed TLC does not simulate");
        }
        ConfigFile config = ConfigFile.read(model.config());
        if (config.invariants().contains(Situations.INVARIANT)) {
            return Optional.of("distributed TLC does not tell which situations are reached");
        }
        ModuleTexts modules = ModuleTexts.read(model.module(), libraries);
        return config.properties().stream()
                .filter(modules::isTemporal)
                .findFirst()
                .map(property -> "distributed TLC passes over temporal properties, such as " + property);
    }

    /**
     * Starts the server for a model, and returns when workers have explored it, or have found a violation. As long as no
     * worker joins, it waits.
     *
     * @param model one that {@link #refusal} has nothing against
     * @param said is told in a line when the server is ready, and when workers come and go
     * @return without a depth, since it varies
     * @throws InterruptedException if the calling thread was interrupted, which it notices only when the process has ended; the
     *     process ends with this JVM at the latest
     */
    public ModelResult serve(Model model, Consumer<String> said) throws InterruptedException {
        long begin = System.nanoTime();
        TlcReport report = new TlcReport();
        Verdict verdict;
        try {
            verdict = explore(model, report, said);
        } catch (IOException | UncheckedIOException e) {
            verdict = new Verdict.Failed("TLC cannot be run: " + e.getMessage());
        }
        return new ModelResult(
                model,
                0,
                verdict,
                report.generated(),
                report.distinct(),
                OptionalInt.empty(),
                List.of(),
                Set.of(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /**
     * Starts a worker, and returns its exit status when the server has no more work for it; 1 if it says that it failed,
     * since TLC ends with 0 then, too. It listens at the address by which this machine reaches the server.
     *
     * @param threads how many threads it has
     * @param patience how long it waits for a server
     * @throws ConnectException if nothing answers at the server's address for so long
     * @param said is told what it prints, line by line
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the calling thread was interrupted, which it notices only when the process has ended; the
     *     process ends with this JVM at the latest
     */
    public int join(int threads, Duration patience, Consumer<String> said) throws IOException, InterruptedException {
        InetAddress own = reach(patience);
        boolean[] failed = {false};
        int status = new Tlc(tools, libraries, ModelChecker.NO_STATES, new TlcProcesses())
                .run(folder -> TlcCommand.worker(server, own, threads, tools, folder), line -> {
                    failed[0] |= line.startsWith(WORKER_FAILED);
                    said.accept(line);
                });
        return failed[0] ? Math.max(1, status) : status;
    }

    /** Waits until something answers at the server's address; returns this machine's address on the way there. */
    private InetAddress reach(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(server, CONNECT_MILLIS);
                return socket.getLocalAddress();
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    ConnectException none = new ConnectException("no server answers at "
                            + server.getAddress().getHostAddress() + ", port " + server.getPort() + ": "
                            + e.getMessage());
                    none.initCause(e);
                    throw none;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private Verdict explore(Model model, TlcReport report, Consumer<String> said)
            throws IOException, InterruptedException {
        Tlc tlc = new Tlc(tools, libraries, ModelChecker.NO_STATES, new TlcProcesses());
        Optional<String> unknown = tlc.unknownConstant(model);
        if (unknown.isPresent()) {
            return new Verdict.Failed(unknown.get());
        }
        TlcMessage.Parser parser = new TlcMessage.Parser(message -> {
            report.add(message);
            if (message.code() >= FIRST_SERVER_NEWS && message.code() <= LAST_SERVER_NEWS) {
                said.accept(message.text());
            }
        });
        int status = tlc.run(folder -> TlcCommand.server(model, server, tools, libraries, folder), parser::line);
        parser.finish();
        if (report.error().isPresent()) {
            return new Verdict.Failed(report.error().get());
        }
        if (report.showing() || report.violation().isPresent()) {
            return breaks(model);
        }
        // Of its exit status TLC makes no use in this mode.
        return report.ended()
                ? new Verdict.Holds()
                : new Verdict.Failed("TLC's server ended without a verdict, with exit status " + status);
    }

    /** Leaves the behaviour out that TLC shows: in this mode it begins anywhere. */
    private static Verdict breaks(Model model) {
        ConfigFile config = ConfigFile.read(model.config());
        String any = String.join(" or ", config.checked());
        return new Verdict.Breaks(
                config.deadlockAllowed() ? any : any + " or " + Verdict.DEADLOCK,
                new Counterexample(
                        "Distributed TLC found a violation. Check the model alone to see it.",
                        List.of(),
                        new Counterexample.Ending.Reached()));
    }
}
