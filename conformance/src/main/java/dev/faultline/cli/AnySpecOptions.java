package dev.faultline.cli;

import dev.faultline.conformance.anyspec.AnyTraceChecker;
import dev.faultline.conformance.anyspec.UnusableLineException;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.trace.TraceInput;
import dev.faultline.trace.UnusableTraceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code validate --spec}: checks traces of any system against any specification. */
final class AnySpecOptions {
    @Option(
            names = "--spec",
            paramLabel = "MODULE.tla",
            description = "check traces against this specification, one JSON object a line; needs --config")
    private @Nullable Path module;

    @Option(names = "--config", paramLabel = "FILE.cfg", description = "with --spec: TLC's configuration for it")
    private @Nullable Path config;

    @Option(
            names = "--library",
            paramLabel = "FOLDER_OR_JAR",
            description = "with --spec: where its modules are, beside its own folder; may be given again")
    private List<Path> libraries = List.of();

    @Option(
            names = "--hidden",
            paramLabel = "ACTION",
            split = ",",
            description = "with --spec: actions that are not observed")
    private List<String> hidden = List.of();

    @Option(
            names = "--hidden-at-most",
            paramLabel = "NUMBER",
            converter = Counts.NotNegative.class,
            defaultValue = "3",
            description = "with --hidden: how many between two events (default: ${DEFAULT-VALUE})")
    private int hiddenAtMost;

    @Option(
            names = "--believe-at-most",
            paramLabel = "NUMBER",
            converter = Counts.AtLeastOne.class,
            defaultValue = "10000",
            description =
                    "with --spec: give up, with exit status 2, if more states are possible (default: ${DEFAULT-VALUE})")
    private int believeAtMost;

    /**
     * Returns whether the traces are of another system. Refuses what makes sense only then.
     *
     * @param isGiven whether an option is on the command line
     */
    boolean isUsed(Predicate<String> isGiven) {
        if (module == null) {
            for (String option :
                    List.of("--config", "--library", "--hidden", "--hidden-at-most", "--believe-at-most")) {
                if (isGiven.test(option)) {
                    throw new UnusableInputException(option + " is for --spec, which is not there");
                }
            }
        } else if (hidden.isEmpty() && isGiven.test("--hidden-at-most")) {
            throw new UnusableInputException("--hidden-at-most is for --hidden, which is not there");
        }
        return module != null;
    }

    /** Checks the traces and prints the verdicts; returns the exit status. */
    int validate(List<Path> traces, PrintWriter out, PrintWriter err) {
        if (module == null || config == null) {
            throw new UnusableInputException("--spec needs --config, TLC's configuration for the module");
        }
        try (LoadedSpec spec = LoadedSpec.load(module, config, libraries.toArray(Path[]::new))) {
            int status = 0;
            for (Path trace : traces) {
                try {
                    status = Math.max(status, validate(spec, trace, out));
                } catch (UnusableLineException | UnusableTraceException | UnusableInputException e) {
                    Failures.tell(err, String.valueOf(e.getMessage()));
                    status = ExitStatus.UNUSABLE;
                }
            }
            return status;
        } catch (SpecEvaluationException e) {
            throw new UnusableInputException(module + " with " + config + ": " + e.getMessage());
        }
    }

    private int validate(LoadedSpec spec, Path file, PrintWriter out) {
        String trace = isStandardInput(file) ? "standard input" : file.toString();
        if (Files.isDirectory(file)) {
            throw new UnusableInputException(trace + ": with --spec a trace is a file, and this is a folder");
        } else if (!isStandardInput(file) && !Files.isReadable(file)) {
            throw new UnusableInputException(trace + ": there is no such file, or it cannot be read");
        }
        AnyTraceChecker checker = new AnyTraceChecker(spec, hidden, hiddenAtMost, believeAtMost);
        long begin = System.nanoTime();
        Optional<String> rejection = Optional.empty();
        long number = 0;
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null && rejection.isEmpty(); line = lines.readLine()) {
                rejection = checker.accept(line, trace + ":" + ++number);
            }
        } catch (CharacterCodingException e) {
            throw new UnusableInputException(
                    trace + ": what comes after " + Counted.of(number, "line") + " is no UTF-8");
        } catch (IOException e) {
            throw new UnusableInputException(trace + " cannot be read: " + e.getMessage());
        }
        if (number == 0) {
            throw new UnusableLineException(trace + ": there is no event in the trace");
        }
        if (rejection.isEmpty()) {
            rejection = checker.finish();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (rejection.isPresent()) {
            out.printf(Locale.ROOT, "%s:%d: rejected%n%s%n", trace, number, rejection.get());
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: accepted: %s in %.1f s, %,.0f events/s; at most %s%n",
                    trace,
                    Counted.of(checker.events(), "event"),
                    seconds,
                    checker.events() / seconds,
                    Counted.of(checker.mostBelieved(), "believed state"));
        }
        out.flush();
        return rejection.isEmpty() ? ExitStatus.EXPECTED : ExitStatus.UNEXPECTED;
    }

    private static BufferedReader open(Path trace) throws IOException {
        InputStream bytes = isStandardInput(trace) ? TraceInput.plain(System.in) : TraceInput.open(trace);
        // A decoder of its own refuses what is no UTF-8.
        return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    }

    private static boolean isStandardInput(Path trace) {
        return trace.toString().equals("-");
    }
}
