package dev.faultline.spec.model;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.lang3.StringUtils;

/** The command lines that run TLC on a model. */
final class TlcCommand {
    static final String DEFAULT_HEAP = "1g";
    private static final long LONG_STATES = 40_000;
    private static final String COUNTING_INTERVAL = "60"; // minutes; what counts is printed at the end, too

    private static final String SOON_COMPILED = "-XX:TieredStopAtLevel=1";

    /** The part of the heap that TLC takes for fingerprints from the first state on; the default is a quarter. */
    private static final String LITTLE_MEMORY = "0.05";

    /** The system property that names TLC's libraries. */
    static final String LIBRARIES = "TLA-Library";

    private TlcCommand() {}

    /** What {@link #LIBRARIES} is set to for these folders. */
    static String library(List<Path> libraries) {
        return StringUtils.join(libraries, File.pathSeparator);
    }

    /** The command line of a process that runs TLC on this model. */
    static List<String> of(
            Model model, int workers, TlaTools tools, List<Path> libraries, boolean counting, Path temporary) {
        List<String> options = new ArrayList<>(List.of(workers == 1 ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC"));
        if (isShort(model)) {
            options.add(SOON_COMPILED);
        }
        List<String> command =
                java(Leash.Program.ALONE, model.heap().orElse(DEFAULT_HEAP), options, tools, libraries, temporary);
        command.addAll(arguments(model, workers, tools, counting, temporary));
        return command;
    }

    /** TLC's own arguments for a model. */
    static List<String> arguments(Model model, int workers, TlaTools tools, boolean counting, Path temporary) {
        List<String> arguments = new ArrayList<>(List.of("-tool", "-fp", "0", "-workers", String.valueOf(workers)));
        // In place of now and then: what breaks a temporal property would depend on how far TLC has come after three
        // seconds.
        arguments.addAll(List.of("-lncheck", "final"));
        arguments.addAll(List.of("-metadir", temporary.resolve("meta").toString()));
        if (!tools.noTrace().isEmpty()) {
            arguments.add(tools.noTrace());
        }
        if (counting) {
            arguments.addAll(List.of("-coverage", COUNTING_INTERVAL));
        }
        if (isShort(model)) {
            arguments.addAll(List.of("-fpmem", LITTLE_MEMORY));
        }
        if (model.exploration() instanceof Exploration.Simulation simulation) {
            arguments.addAll(List.of("-simulate", "num=" + simulation.traces()));
            arguments.addAll(List.of("-depth", String.valueOf(simulation.length())));
            arguments.addAll(List.of("-seed", String.valueOf(simulation.seed())));
        }
        arguments.addAll(List.of("-config", model.config().toString()));
        arguments.add(model.module().toString());
        return arguments;
    }

    /**
     * The command line of a process that runs TLC on one short model after another. Each has classes of its own, which are
     * compiled anew: with the better compiler, too, all quick models took as long as in processes of their own.
     */
    static List<String> series(TlaTools tools, String heap, Path temporary) {
        return java(
                Leash.Program.SERIES,
                heap,
                // The JDK's caches hold classes of earlier models; so they go at once, not when memory is short.
                List.of("-XX:+UseSerialGC", SOON_COMPILED, "-XX:SoftRefLRUPolicyMSPerMB=0"),
                tools,
                List.of(),
                temporary);
    }

    /** The command line of the server that shares a model out among workers; it computes only the initial states. */
    static List<String> server(
            Model model, InetSocketAddress at, TlaTools tools, List<Path> libraries, Path temporary) {
        // The server looks for its files by name, and only in the library.
        List<Path> folders =
                new ArrayList<>(List.of(model.module().resolveSibling("").toAbsolutePath()));
        folders.addAll(libraries);
        List<String> command = java(
                Leash.Program.SERVER,
                model.heap().orElse(DEFAULT_HEAP),
                remote(at.getAddress(), at.getPort()),
                tools,
                folders,
                temporary);
        command.addAll(List.of("-tool", "-fp", "0"));
        command.addAll(List.of("-metadir", temporary.resolve("meta").toString()));
        // The server passes over what the configuration says of it.
        if (ConfigFile.read(model.config()).deadlockAllowed()) {
            command.add("-deadlock");
        }
        command.addAll(List.of("-config", model.config().getFileName().toString()));
        command.add(model.module().getFileName().toString());
        return command;
    }

    /** The command line of a worker, which has all files from the server, and is reached at an address of its own. */
    static List<String> worker(InetSocketAddress server, InetAddress own, int threads, TlaTools tools, Path temporary) {
        List<String> options = remote(own, server.getPort());
        options.add("-Dtlc2.tool.distributed.TLCWorker.threadCount=" + threads);
        List<String> command = java(Leash.Program.WORKER, DEFAULT_HEAP, options, tools, List.of(), temporary);
        command.add(server.getAddress().getHostAddress());
        return command;
    }

    private static List<String> remote(InetAddress own, int port) {
        return new ArrayList<>(List.of(
                "-XX:+UseParallelGC",
                "-D" + Leash.ADDRESS + "=" + own.getHostAddress(),
                "-Dtlc2.tool.distributed.TLCServer.port=" + port,
                // A worker asks RMI for its port, to tell itself from others.
                "--add-opens=java.rmi/sun.rmi.server=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED"));
    }

    private static List<String> java(
            Leash.Program program,
            String heap,
            List<String> options,
            TlaTools tools,
            List<Path> libraries,
            Path temporary) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(options);
        // TLC uses sun.misc.Unsafe, which newer JDKs warn of; older ones do not know the option.
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.add("--sun-misc-unsafe-memory-access=allow");
        // TLC unpacks its standard modules there, under the same names in each process.
        command.add("-Djava.io.tmpdir=" + temporary);
        // What it prints is read; JAVA_TOOL_OPTIONS, which it inherits, may say otherwise.
        command.addAll(List.of("-Duser.language=en", "-Duser.country=US"));
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
        command.add("-D" + LIBRARIES + "=" + library(libraries));
        command.add("-cp");
        command.add(tools.jar() + File.pathSeparator + ownClasses());
        command.add(Leash.class.getName());
        command.add(program.name());
        return command;
    }

    /**
     * Returns whether TLC is done before the better compiler has paid for itself, and a JVM of its own. Measured with the
     * mapping protocol:
     * without it, a violation found within some thousand states costs half the processor time, 42,000 states cost the
     * same, and 124,000 cost more.
     */
    static boolean isShort(Model model) {
        return !(model.expectation() instanceof Expectation.Holds holds)
                || holds.states().orElse(Long.MAX_VALUE) < LONG_STATES;
    }

    static Path ownClasses() {
        try {
            return Path.of(Leash.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
