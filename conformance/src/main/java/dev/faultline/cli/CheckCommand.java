package dev.faultline.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.faultline.spec.drawing.CounterexampleBehaviour;
import dev.faultline.spec.itf.Itf;
import dev.faultline.spec.model.Coverage;
import dev.faultline.spec.model.DistributedChecker;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelChecker;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Suite;
import dev.faultline.spec.model.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code check}: runs TLC on the models of the specification. */
@Command(
        name = "check",
        description = {
            "Model-checks the specification.",
            "Runs TLC on each model, and holds verdict and number of states against the manifest, "
                    + "spec/models/manifest.json.",
            "The system property faultline.tlatools names a jar of the TLA+ tools to use in place of the one that "
                    + "comes with Faultline."
        },
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;
    private static final String LOCALHOST = "localhost";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "MODEL", description = "Check only these models, whatever the suite.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Only show what models there are.")
    private boolean list;

    @Option(
            names = "--suite",
            defaultValue = "quick",
            converter = SuiteConverter.class,
            paramLabel = "quick|full",
            description = "The models to check: those that take seconds (the default), or all.")
    private Suite suite = Suite.QUICK;

    @Option(
            names = "--workers",
            converter = Counts.Threads.class,
            paramLabel = "N",
            description = "Check one model after the other, each with N workers. Without this, models with one worker "
                    + "each run side by side. With more than one worker, depths are not compared: they vary.")
    private @Nullable Integer workers;

    @Option(
            names = "--coverage",
            description =
                    "Show how often each action was taken in the models that hold. It is counted in any case when the "
                            + "full suite is checked, in models of at most 100,000 states: an action of the specification "
                            + "that none of them takes is a failure.")
    private boolean coverage;

    @Option(
            names = "--serve",
            paramLabel = "MODEL",
            description = "Check this model by workers in other processes, which --join starts. It must be one that is "
                    + "to hold, without temporal properties and situations.")
    private @Nullable String served;

    @Option(
            names = "--join",
            paramLabel = "HOST",
            description = "Be a worker for the model that --serve checks, with as many threads as --workers says (1). "
                    + "HOST is localhost, or the address that the server listens at.")
    private @Nullable String host;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "With --serve: listen at this address of this machine, which others reach, in place of localhost. "
                            + "There is neither authentication nor encryption: only in a network that you trust whole.")
    private @Nullable String listen;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            converter = Counts.AtLeastOne.class,
            defaultValue = "60",
            description = "With --join: how long to wait for the server (default: ${DEFAULT-VALUE}).")
    private int wait = 60;

    @Option(names = "--port", paramLabel = "PORT", description = "The port of --serve (default: ${DEFAULT-VALUE}).")
    private int port = DistributedChecker.DEFAULT_PORT;

    @Option(names = "--json", description = "Print JSON in place of a table.")
    private boolean json;

    @Option(
            names = "--counterexamples",
            paramLabel = "DIR",
            description = "Write the counterexample of each model that breaks to DIR/MODEL.txt.")
    private @Nullable Path counterexamples;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            converter = OutputFile.Converter.class,
            description =
                    "Write the counterexample of the one MODEL to FILE in ITF, the JSON format of Apalache and Quint; see "
                            + "docs/itf.md.")
    private @Nullable OutputFile export;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (export != null && (names.size() != 1 || served != null || list)) {
            throw new ParameterException(spec.commandLine(), "--export is for one MODEL that is checked");
        }
        if (port < 1 || port > MOST_PORT) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.format(Locale.ROOT, "--port must be from 1 to %d, not %d", MOST_PORT, port));
        }
        if (listen != null && served == null) {
            throw new ParameterException(spec.commandLine(), "--listen is for --serve");
        }
        if (host != null) {
            return join(host);
        }
        PrintWriter out = spec.commandLine().getOut();
        Manifest manifest = Manifest.read(Home.path().resolve("spec/models/manifest.json"));
        if (served != null) {
            names = List.of(served);
        }
        List<Model> models = names.isEmpty() ? manifest.of(suite) : named(manifest);
        if (list) {
            List<Model> listed = names.isEmpty() ? manifest.models() : models;
            print(out, json ? json(listed.stream().map(CheckReport::json).toList()) : CheckReport.list(listed));
            return ExitStatus.EXPECTED;
        }
        if (counterexamples != null) {
            if (Files.exists(counterexamples) && !Files.isDirectory(counterexamples)) {
                throw new ParameterException(
                        spec.commandLine(), "--counterexamples is for a folder, and " + counterexamples + " is none");
            }
            Files.createDirectories(counterexamples);
        }
        long begin = System.nanoTime();
        List<ModelResult> results = served == null ? check(models) : List.of(serve(models.get(0)));
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (export != null) {
            export(results.get(0), export);
        }
        Coverage taken = Coverage.of(results);
        if (json) {
            print(out, json(results.stream().map(CheckReport::json).toList()));
        } else {
            print(out, CheckReport.table(results, seconds));
            if (coverage) {
                print(out, CheckReport.coverage(taken));
            }
        }
        return Math.max(status(results), isWhole() ? coverageStatus(taken) : ExitStatus.EXPECTED);
    }

    /** Knows the suites by the names that the help has. */
    private static final class SuiteConverter implements ITypeConverter<Suite> {
        @Override
        public Suite convert(String name) {
            return Arrays.stream(Suite.values())
                    .filter(suite -> suite.toString().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no suite '" + name + "'; there are "
                            + Arrays.stream(Suite.values()).map(Suite::toString).collect(Collectors.joining(", "))));
        }
    }

    private List<Model> named(Manifest manifest) {
        for (String name : names) {
            if (manifest.models().stream().noneMatch(model -> model.name().equals(name))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no model '" + name + "'; there are "
                                + manifest.models().stream().map(Model::name).collect(Collectors.joining(", ")));
            }
        }
        return manifest.models().stream()
                .filter(model -> names.contains(model.name()))
                .toList();
    }

    /**
     * Checks models, and shows on standard error how far it is.
     *
     * @param mostCounted TLC counts how often it takes each action in models of at most that many states
     */
    static List<ModelResult> checkAll(List<Model> models, OptionalInt workers, long mostCounted, PrintWriter err)
            throws InterruptedException {
        ModelChecker checker = new ModelChecker(List.of(modules()), workers).countingActions(mostCounted);
        try (Progress progress = new Progress("check", models.size(), err)) {
            return checker.check(models, result -> progress.step(CheckReport.line(result)));
        }
    }

    /** Returns whether all models are checked: then every action must have been taken. */
    private boolean isWhole() {
        return names.isEmpty() && suite == Suite.FULL;
    }

    private List<ModelResult> check(List<Model> models) throws InterruptedException, IOException {
        OptionalInt each = workers == null ? OptionalInt.empty() : OptionalInt.of(workers);
        List<ModelResult> results = checkAll(
                models,
                each,
                coverage ? Long.MAX_VALUE : isWhole() ? ModelChecker.FEW_STATES : ModelChecker.NO_STATES,
                spec.commandLine().getErr());
        if (counterexamples != null) {
            for (ModelResult result : results) {
                if (result.verdict() instanceof Verdict.Breaks breaks) {
                    breaks.counterexample()
                            .write(counterexamples.resolve(result.model().name() + ".txt"));
                }
            }
        }
        return results;
    }

    private void export(ModelResult result, OutputFile file) {
        if (!(result.verdict() instanceof Verdict.Breaks breaks)) {
            tell("nothing is written to " + file.path() + ": " + result.model().name() + " has no counterexample");
            return;
        }
        try {
            file.write(Itf.text(CounterexampleBehaviour.of(result.model(), breaks, List.of(modules()))));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException("nothing is written to " + file.path() + ": " + e.getMessage());
        }
    }

    private ModelResult serve(Model model) throws InterruptedException {
        InetAddress address = address(listen == null ? LOCALHOST : listen);
        DistributedChecker checker = new DistributedChecker(List.of(modules()), new InetSocketAddress(address, port));
        checker.refusal(model).ifPresent(why -> {
            throw new ParameterException(spec.commandLine(), "cannot serve " + model.name() + ": " + why);
        });
        if (!address.isLoopbackAddress()) {
            tell(
                    "listening at " + address.getHostAddress()
                            + ", to whoever reaches it: there is neither authentication nor "
                            + "encryption, and who joins can read this user's files; spec/README.md says how to be alone there");
        }
        return checker.serve(model, this::tell);
    }

    private int join(String server) throws IOException, InterruptedException {
        if (served != null || !names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--join takes no model: the server has it");
        }
        InetAddress address = address(server);
        if (!address.isLoopbackAddress()) {
            tell("joining " + address.getHostAddress()
                    + ": there is neither authentication nor encryption, and who answers "
                    + "there can have this user's files read; spec/README.md says how to be alone there");
        }
        int status;
        try {
            status = new DistributedChecker(List.of(), new InetSocketAddress(address, port))
                    .join(workers == null ? 1 : workers, Duration.ofSeconds(wait), this::tell);
        } catch (ConnectException e) {
            throw new UnusableInputException(String.valueOf(e.getMessage()));
        }
        if (status != 0) {
            Failures.tell(spec.commandLine().getErr(), "the worker ended with exit status " + status);
            return ExitStatus.UNUSABLE;
        }
        return ExitStatus.EXPECTED;
    }

    private InetAddress address(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new ParameterException(spec.commandLine(), "there is no address '" + name + "'", e);
        }
    }

    private void tell(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    /** Tells of the models that cannot be checked, which is worse than a verdict that was not expected. */
    private int status(List<ModelResult> results) {
        int status = ExitStatus.EXPECTED;
        for (ModelResult result : results) {
            if (result.verdict() instanceof Verdict.Failed failed) {
                Failures.tell(spec.commandLine().getErr(), result.model().name() + ": " + failed.reason());
                status = ExitStatus.UNUSABLE;
            } else if (!result.asExpected()) {
                status = Math.max(status, ExitStatus.UNEXPECTED);
            }
        }
        return status;
    }

    private int coverageStatus(Coverage taken) {
        List<Coverage.Row> untaken = taken.untaken(modules());
        if (untaken.isEmpty()) {
            return ExitStatus.EXPECTED;
        }
        Failures.tell(spec.commandLine().getErr(), CheckReport.untaken(untaken));
        return ExitStatus.UNEXPECTED;
    }

    /** Returns the folder of the specification's modules. */
    static Path modules() {
        return Home.path().resolve("spec/modules");
    }

    private static List<String> json(Object value) throws IOException {
        return List.of(JSON.std
                .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                .with(JSON.Feature.WRITE_NULL_PROPERTIES)
                .asString(value));
    }

    private static void print(PrintWriter out, List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
