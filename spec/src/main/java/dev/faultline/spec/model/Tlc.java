package dev.faultline.spec.model;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecLoadException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs TLC in processes of its own: one for each model, but for short ones, which share some one after the other. For any
 * number of threads.
 */
final class Tlc {
    private static final Pattern LOCATION = Pattern.compile("line (\\d+), .* of module (\\w+)");

    private final TlaTools tools;
    private final List<Path> libraries;
    private final long mostCounted;
    private final TlcProcesses processes;
    private final Set<Runnable> running = new HashSet<>(); // guarded by this
    private boolean stopped; // guarded by this

    /**
     * Makes a runner of TLC.
     *
     * @param processes the processes that short models share
     * @param mostCounted TLC counts how often it takes each action in models of at most that many states; see
     *     {@link ModelChecker#countingActions} for the cost
     */
    Tlc(TlaTools tools, List<Path> libraries, long mostCounted, TlcProcesses processes) {
        this.tools = tools;
        this.libraries = libraries.stream().map(Path::toAbsolutePath).toList();
        this.mostCounted = mostCounted;
        this.processes = processes;
    }

    /** Checks a model, and returns when TLC has come to an end. */
    ModelResult check(Model model, int workers) throws InterruptedException {
        long begin = System.nanoTime();
        TlcReport report = new TlcReport();
        Verdict verdict;
        try {
            Optional<String> unknown = unknownConstant(model);
            verdict = unknown.isPresent() ? new Verdict.Failed(unknown.get()) : explore(model, workers, report);
        } catch (IOException | UncheckedIOException e) {
            verdict = new Verdict.Failed("TLC cannot be run: " + e.getMessage());
        }
        return new ModelResult(
                model,
                workers,
                verdict,
                report.generated(),
                report.distinct(),
                report.depth(),
                actions(model, report),
                report.reached(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Ends all that is under way, and lets nothing new begin. */
    synchronized void stop() {
        stopped = true;
        running.forEach(Runnable::run);
    }

    /** From now on {@link #stop} does this. */
    private synchronized void begin(Runnable kill) {
        running.add(kill);
        if (stopped) {
            kill.run();
        }
    }

    /** Nobody does this any more, from now on; returns whether it may have been done. */
    private synchronized boolean end(Runnable kill) {
        running.remove(kill);
        return stopped;
    }

    /**
     * Returns whether actions are counted. A model that is to break has taken a rule away, and what it then does is not
     * the protocol; a simulating TLC prints no counts.
     *
     * <p>Counting is dear. TLC cannot count actions alone, it counts every expression that it evaluates: model Snapshot
     * takes 21.8 s in place of 13.7 s.
     */
    private boolean isCounted(Model model) {
        return model.exploration() instanceof Exploration.Exhaustive
                && model.expectation() instanceof Expectation.Holds holds
                && holds.states().orElse(Long.MAX_VALUE) <= mostCounted;
    }

    private Verdict explore(Model model, int workers, TlcReport report) throws IOException, InterruptedException {
        TlcMessage.Parser parser = new TlcMessage.Parser(report::add);
        int status = isShared(model, workers)
                ? runInSeries(model, parser::line)
                : run(
                        folder -> TlcCommand.of(model, workers, tools, libraries, isCounted(model), folder),
                        parser::line);
        parser.finish();
        return verdict(model, report, status);
    }

    /** What else runs in the process is reached into, which is not to be tried with tools that nobody has seen. */
    private boolean isShared(Model model, int workers) {
        return tools.own() && workers == 1 && model.heap().isEmpty() && TlcCommand.isShort(model);
    }

    private int runInSeries(Model model, Consumer<String> output) throws IOException, InterruptedException {
        TlcSeries series = processes.take(tools);
        OptionalInt status = OptionalInt.empty();
        Runnable kill = series::kill;
        begin(kill);
        try (TempFolder folder = TempFolder.create()) {
            status = series.run(
                    TlcCommand.library(libraries),
                    TlcCommand.arguments(model, 1, tools, isCounted(model), folder.path()),
                    output);
            return status.isPresent() ? status.getAsInt() : series.status();
        } finally {
            boolean killed = end(kill);
            if (status.isPresent() && !killed) {
                processes.giveBack(series);
            } else {
                series.close(); // also if this thread is interrupted
            }
        }
    }

    /**
     * Runs a command in a process of its own, and returns its exit status.
     *
     * @param command makes the command for a temporary folder, which is there as long as the process
     * @param output is told each line that it prints
     */
    int run(Function<Path, List<String>> command, Consumer<String> output) throws IOException, InterruptedException {
        try (TempFolder folder = TempFolder.create()) {
            Process process = new ProcessBuilder(command.apply(folder.path()))
                    .directory(folder.path().toFile())
                    .redirectErrorStream(true)
                    .start();
            Runnable kill = process::destroyForcibly;
            begin(kill);
            try {
                read(process, output);
                return process.waitFor();
            } finally {
                end(kill);
                process.destroyForcibly().onExit().join(); // also if this thread is interrupted
            }
        }
    }

    private static void read(Process process, Consumer<String> output) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.accept(line);
            }
        }
    }

    private Verdict verdict(Model model, TlcReport report, int status) {
        if (report.violation().isPresent()) {
            TlcReport.Violation violation = report.violation().get();
            return new Verdict.Breaks(property(model, violation), report.counterexample(violation));
        }
        if (report.error().isPresent()) {
            return new Verdict.Failed((report.exploring() ? Optional.<String>empty() : diagnosis(model))
                    .orElse(report.error().get()));
        }
        boolean simulated = model.exploration() instanceof Exploration.Simulation && report.exploring();
        if (status == 0 && (report.ended() || simulated)) {
            return new Verdict.Holds();
        }
        String said = report.exploring()
                ? ""
                : report.firstLooseLine().map(line -> ": " + line).orElse("");
        return new Verdict.Failed("TLC ended without a verdict, with exit status " + status + said);
    }

    private List<ActionCount> actions(Model model, TlcReport report) {
        return report.actions().isEmpty()
                ? List.of()
                : new ActionNames(ModuleTexts.read(model.module(), libraries)).counts(report.actions());
    }

    /** Says what is wrong with the model's files, by way of the engine: it knows the line, which TLC often does not say. */
    private Optional<String> diagnosis(Model model) {
        try {
            LoadedSpec.load(model.module(), model.config(), libraries.toArray(Path[]::new))
                    .close();
            return Optional.empty();
        } catch (SpecLoadException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** Finds a constant that the configuration assigns and no module has; TLC lets it pass without a word. */
    Optional<String> unknownConstant(Model model) {
        Set<String> known = ModuleTexts.read(model.module(), libraries).names();
        return ConfigFile.read(model.config()).assigned().entrySet().stream()
                .filter(constant -> !known.contains(constant.getKey()))
                .map(constant -> String.format(
                        Locale.ROOT,
                        "%s line %d: the constant %s does not appear in the specification",
                        model.config().getFileName(),
                        constant.getValue(),
                        constant.getKey()))
                .findFirst();
    }

    /**
     * Returns the name of the property that is violated. TLC says it of invariants. Of an action property it says the
     * name or, if that stands for a larger formula, the place of the part that is false; of a temporal property, nothing
     * at all. Then it is the one property in whose definition the place is, or the one temporal property, or else any
     * that the configuration names.
     */
    private String property(Model model, TlcReport.Violation violation) {
        List<String> candidates = ConfigFile.read(model.config()).properties();
        String said = violation.property().orElse("");
        Matcher location = LOCATION.matcher(said);
        if (location.matches()) {
            return ModuleTexts.read(model.module(), libraries)
                    .definitionAt(location.group(2), Integer.parseInt(location.group(1)))
                    .filter(candidates::contains)
                    .orElseGet(() -> String.join(" or ", candidates));
        }
        if (!said.isEmpty()) {
            return said;
        }
        ModuleTexts modules = ModuleTexts.read(model.module(), libraries);
        List<String> temporal = candidates.stream().filter(modules::isTemporal).toList();
        return String.join(" or ", temporal.isEmpty() ? candidates : temporal);
    }
}
