package dev.faultline.cli;

import dev.faultline.conformance.pictures.TracePages;
import dev.faultline.spec.docs.GeneratedDocs;
import dev.faultline.spec.drawing.CounterexamplePicture;
import dev.faultline.spec.model.Expectation;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelChecker;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code docs}: writes the pages that are made from what the models say. */
@Command(
        name = "docs",
        description = {
            "Runs TLC on every model that breaks, and draws what it finds.",
            "Writes docs/rules.md, docs/readings.md and the pictures in docs/rules/; and, from the records of the code, the "
                    + "tables in docs/traces.md and docs/trace.schema.json.",
            "Exit status: 0 written, or nothing to write; 1 a model does not break as it should, or with --check a "
                    + "file differs; 2 usage, or a model that cannot be checked."
        },
        sortOptions = false)
final class DocsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--check", description = "Write nothing; only tell which files are not what the models say.")
    private boolean check;

    @Option(names = "--traces", description = "Only the page and the schema of traces: for these, no model is run.")
    private boolean traces;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Write nothing; print the picture of this model's counterexample.")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((check || traces) && name != null) {
            throw new ParameterException(
                    spec.commandLine(), (check ? "--check" : "--traces") + " and --model exclude each other");
        }
        if (traces) {
            return tell(List.of());
        }
        Manifest manifest = Manifest.read(Home.path().resolve("spec/models/manifest.json"));
        List<Model> breaking = manifest.models().stream()
                .filter(model -> model.expectation() instanceof Expectation.Breaks)
                .toList();
        List<Model> models = name == null ? breaking : List.of(named(name, breaking));
        List<ModelResult> results = run(models);
        int status = status(results);
        if (status != ExitStatus.EXPECTED) {
            return status;
        }
        return name == null ? pages(manifest, results) : picture(results.get(0));
    }

    private Model named(String wanted, List<Model> breaking) {
        return breaking.stream()
                .filter(model -> model.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no model '" + wanted + "' that breaks; there are "
                                + breaking.stream().map(Model::name).collect(Collectors.joining(", "))));
    }

    /** Checks models, those with more than one worker with one all the same: only then TLC finds the same each time. */
    private List<ModelResult> run(List<Model> models) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        List<Model> wide = models.stream().filter(model -> model.workers() > 1).toList();
        List<Model> narrow =
                models.stream().filter(model -> !wide.contains(model)).toList();
        List<ModelResult> results =
                new ArrayList<>(CheckCommand.checkAll(narrow, OptionalInt.empty(), ModelChecker.NO_STATES, err));
        if (!wide.isEmpty()) {
            results.addAll(CheckCommand.checkAll(wide, OptionalInt.of(1), ModelChecker.NO_STATES, err));
        }
        return models.stream()
                .map(model -> results.stream()
                        .filter(result -> result.model().equals(model))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /** Tells of the models without the counterexample that they should have. */
    private int status(List<ModelResult> results) {
        int status = ExitStatus.EXPECTED;
        for (ModelResult result : results) {
            if (!result.asExpected()) {
                String surprises = String.join("; ", result.surprises());
                Failures.tell(spec.commandLine().getErr(), result.model().name() + ": " + surprises);
                boolean failed = result.verdict() instanceof Verdict.Failed;
                status = Math.max(status, failed ? ExitStatus.UNUSABLE : ExitStatus.UNEXPECTED);
            }
        }
        return status;
    }

    private int picture(ModelResult result) {
        List<Path> libraries = List.of(Home.path().resolve("spec/modules"));
        PrintWriter out = spec.commandLine().getOut();
        out.print(CounterexamplePicture.of(result.model(), (Verdict.Breaks) result.verdict(), libraries)
                .text());
        out.flush();
        return ExitStatus.EXPECTED;
    }

    private int pages(Manifest manifest, List<ModelResult> results) throws IOException {
        GeneratedDocs docs = GeneratedDocs.of(Home.path(), manifest, results);
        return tell(check ? docs.differences() : docs.write());
    }

    /** Tells what was done or is to be done, with what is to be said of traces added. */
    private int tell(List<String> ofModels) throws IOException {
        TracePages pages = new TracePages(Home.path());
        List<String> lines = new ArrayList<>(ofModels);
        lines.addAll(check ? pages.differences() : pages.write());
        if (check) {
            lines.replaceAll(line -> line + ": run ./faultline docs");
        }
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        if (lines.isEmpty()) {
            out.println("the docs are what the models and the records say");
        }
        out.flush();
        return check && !lines.isEmpty() ? ExitStatus.UNEXPECTED : ExitStatus.EXPECTED;
    }
}
