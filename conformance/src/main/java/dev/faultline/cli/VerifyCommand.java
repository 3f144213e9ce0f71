package dev.faultline.cli;

import dev.faultline.cli.VerifyReport.Part;
import dev.faultline.cli.VerifyReport.Row;
import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.coverage.Floors;
import dev.faultline.conformance.coverage.MergedOutcomes;
import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.exploring.Exhaustive;
import dev.faultline.conformance.exploring.Explored;
import dev.faultline.conformance.live.RealDataRun;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.conformance.tampering.Tampering;
import dev.faultline.conformance.walks.Guided;
import dev.faultline.core.Event;
import dev.faultline.core.Rules;
import dev.faultline.history.History;
import dev.faultline.history.HistoryChecker;
import dev.faultline.history.HistoryRecorder;
import dev.faultline.history.Violation;
import dev.faultline.spec.docs.GeneratedDocs;
import dev.faultline.spec.model.Coverage;
import dev.faultline.spec.model.Manifest;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Suite;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verify}: the main job. */
@Command(
        name = "verify",
        description = {
            "Checks all models, holds the code against the specification, and moves a real file through the real system.",
            "Exit status: 0 all as expected, 1 something is not, 2 usage or input that cannot be used."
        },
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
    private static final int QUICK_RUNS = 100;
    private static final int FULL_RUNS = 3000;
    private static final int QUICK_WALKS = 5;
    private static final int FULL_WALKS = 100;
    private static final int STEPS = 300;
    private static final int TAMPERED = 20;
    private static final int EXPLORERS = 2;

    /** The scenario whose every edge is taken also by who is in a hurry. */
    private static final String SMALLEST = "one-agent-controller-crash";

    private static final Part MODELS = new Part(
            "Models (TLC)",
            "Each is the specification at a bounded size. One that holds: TLC has visited every state, none breaks a "
                    + "property, and there are as many as there should be. One that breaks: a rule was taken away, or a "
                    + "sentence of the source read in another way, and the property that breaks is the one that should.");
    private static final Part CODE = new Part(
            "Code against specification",
            "Every step that the code takes must be a step of the specification: from every state of bounded systems, "
                    + "crashes and lost messages included, in random schedules of the simulator, and on walks that the "
                    + "specification chooses, on which the code must also refuse what the specification does not allow.");
    private static final Part MUTANTS = new Part(
            "Mutants of the code, each to be rejected but the canary",
            "Each takes one rule out of the code. Random schedules must meet a step that the specification refuses, at "
                    + "the action and by the rule that the mutant breaks. The canary changes nothing that is forbidden.");
    private static final Part COVERAGE = new Part(
            "Coverage, all strengths merged",
            "How often each strength has met each outcome of each action. An outcome that all together have met less "
                    + "often than its floor is a failure: what is not met is not checked.");
    private static final Part DOCS = new Part(
            "Generated pages",
            "What they say of the models, and the pictures in them, must be what the models gave now.");

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private @Nullable Depth depth;

    /** How much is done. */
    static final class Depth {
        @Option(names = "--quick", description = "what takes less than two minutes (the default)")
        @SuppressWarnings("UnusedVariable") // It is there to be said, and not together with --full.
        private boolean quick;

        @Option(names = "--full", description = "everything")
        private boolean full;
    }

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "the file to move through a virtual disk (default: lib/modules of the running JDK)")
    private @Nullable Path input;

    @Option(names = "--trace", paramLabel = "FOLDER", description = "keep the trace of the real run there")
    private @Nullable Path keptTrace;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            converter = OutputFile.Converter.class,
            description = "where the page goes (default: conformance/target/verify.html)")
    private @Nullable OutputFile report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = input == null ? Path.of(System.getProperty("java.home"), "lib", "modules") : input;
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), file + ": there is no such file, or it cannot be read");
        }
        if (keptTrace != null && Files.exists(keptTrace)) {
            throw new ParameterException(spec.commandLine(), keptTrace + ": there is something already");
        }
        long begin = System.nanoTime();
        boolean full = depth != null && depth.full;
        PrintWriter out = spec.commandLine().getOut();
        VerifyReport rows = new VerifyReport(out);
        List<ModelResult> models = checkModels(
                rows, full ? Suite.FULL : Suite.QUICK, spec.commandLine().getErr());
        ExecutorService besides = Executors.newFixedThreadPool(2);
        try (Conformance conformance = new Conformance()) {
            // Pictures are drawn, and a long trace is checked, on one thread: something else can be done meanwhile.
            MergedOutcomes outcomes = new MergedOutcomes();
            Outcomes exhaustive = outcomes.of("exhaustive");
            Outcomes random = outcomes.of("random");
            Outcomes guided = outcomes.of("guided");
            Outcomes live = outcomes.of("live");
            Future<List<Row>> realData = besides.submit(() -> moveRealData(live, file));
            Future<List<String>> stale = besides.submit(() -> staleDocs(models));
            exploreScenarios(rows, exhaustive, full);
            runSchedules(rows, conformance, random, full ? FULL_RUNS : QUICK_RUNS);
            walk(rows, guided, full);
            cover(rows, guided, full ? Exhaustive.scenarios(true).keySet() : Set.of(SMALLEST));
            if (full) {
                tamper(rows, conformance);
            }
            huntMutants(rows);
            realData.get().forEach(rows::add);
            addOutcomes(rows, outcomes);
            addDocs(rows, stale.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unwritable) {
                throw unwritable;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            besides.shutdownNow();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        OutputFile page =
                report == null ? new OutputFile(Home.path().resolve("conformance/target/verify.html")) : report;
        page.write(rows.html(full ? "--full" : "--quick", seconds));
        out.printf("%n%s%nreport: %s%n", rows.summary(seconds), page.path());
        out.flush();
        return rows.isOk() ? 0 : 1;
    }

    private static List<ModelResult> checkModels(VerifyReport rows, Suite suite, PrintWriter err)
            throws InterruptedException, IOException {
        Manifest manifest = Manifest.read(Home.path().resolve("spec/models/manifest.json"));
        boolean whole = suite == Suite.FULL;
        List<ModelResult> results = CheckCommand.checkAll(
                manifest.of(suite), OptionalInt.empty(), whole ? CheckCommand.FEW_STATES : CheckCommand.NO_STATES, err);
        for (ModelResult result : results) {
            String found = result.verdict()
                    + (result.distinct().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    ", %,d distinct states",
                                    result.distinct().getAsLong())
                            : "")
                    + String.format(Locale.ROOT, ", %.1f s", result.time().toMillis() / 1000.0);
            rows.add(new Row(
                    MODELS, result.model().name(), result.asExpected(), found, String.join("\n", result.surprises())));
        }
        if (whole) {
            addActions(rows, Coverage.of(results));
        }
        return results;
    }

    private static List<String> staleDocs(List<ModelResult> models) throws IOException {
        Manifest manifest = Manifest.read(Home.path().resolve("spec/models/manifest.json"));
        return GeneratedDocs.of(Home.path(), manifest, models).differences();
    }

    private static void addDocs(VerifyReport rows, List<String> stale) {
        rows.add(new Row(
                DOCS,
                "docs/rules.md, docs/readings.md",
                stale.isEmpty(),
                stale.isEmpty() ? "what the models say" : "stale: run ./faultline docs",
                String.join("\n", stale)));
    }

    private static void addActions(VerifyReport rows, Coverage taken) {
        List<Coverage.Row> untaken = taken.untaken(CheckCommand.modules());
        rows.add(new Row(
                MODELS,
                "actions",
                untaken.isEmpty(),
                "%d actions, %d of them never taken".formatted(taken.rows().size(), untaken.size()),
                untaken.isEmpty() ? "" : CheckReport.untaken(untaken)));
    }

    private static void exploreScenarios(VerifyReport rows, Outcomes outcomes, boolean full)
            throws InterruptedException {
        List<Explored> all =
                Exhaustive.explore(Exhaustive.scenarios(!full).keySet(), Rules.ALL, EXPLORERS, explored -> {
                    outcomes.add(explored.outcomes());
                    List<String> surprises = Exhaustive.surprises(explored);
                    rows.add(new Row(
                            CODE,
                            explored.scenario(),
                            surprises.isEmpty(),
                            String.format(
                                    Locale.ROOT,
                                    "%,d states of the code, %,d steps, %,.0f steps/s",
                                    explored.states(),
                                    explored.transitions(),
                                    explored.transitionsPerSecond()),
                            String.join("\n", surprises)));
                });
        if (full) {
            Set<String> needless = Exhaustive.needless(all);
            rows.add(new Row(
                    CODE,
                    "steps the code never takes",
                    needless.isEmpty(),
                    needless.isEmpty() ? "all explained" : "explained, but do not occur: " + needless,
                    ""));
        }
    }

    private static void walk(VerifyReport rows, Outcomes outcomes, boolean full) {
        int walks = full ? FULL_WALKS : QUICK_WALKS;
        Guided.Result result = Guided.walk(1, walks, STEPS, Rules.ALL);
        outcomes.add(result.outcomes());
        rows.add(new Row(
                CODE,
                "walks of the specification",
                result.failure().isEmpty() && result.followed() >= (long) walks * STEPS / 3,
                String.format(
                        Locale.ROOT,
                        "%,d steps followed, %,d compared on the way, %,d refused",
                        result.followed(),
                        result.checked(),
                        result.refused()),
                result.failure().map(Misstep::report).orElse("")));
    }

    private static void cover(VerifyReport rows, Outcomes outcomes, Set<String> scenarios) {
        Guided.cover(scenarios, Rules.ALL, covered -> {
            outcomes.add(covered.outcomes());
            rows.add(new Row(
                    CODE,
                    "edges of " + covered.scenario(),
                    Guided.surprise(covered).isEmpty(),
                    String.format(
                            Locale.ROOT,
                            "all %,d taken between %,d states, in %,d walks of %,d steps",
                            covered.edges(),
                            covered.states(),
                            covered.walks(),
                            covered.followed()),
                    Guided.surprise(covered).orElse("")));
        });
    }

    private static void addOutcomes(VerifyReport rows, MergedOutcomes outcomes) {
        Outcomes merged = outcomes.merged();
        List<String> breaches = new ArrayList<>(Floors.breaches(merged));
        outcomes.silent().forEach(strength -> breaches.add(strength + ": met nothing at all"));
        rows.add(new Row(
                COVERAGE,
                "actions and outcomes met",
                breaches.isEmpty(),
                String.format(
                        Locale.ROOT,
                        "%,d outcomes; the report has the table",
                        merged.counts().size()),
                String.join("\n", breaches.isEmpty() ? outcomes.table() : breaches)));
    }

    private static void tamper(VerifyReport rows, Conformance conformance) {
        List<Tampering.Row> tampered = Tampering.run(conformance, TAMPERED, TAMPERED);
        int unexplained = tampered.stream().mapToInt(Tampering.Row::unexplained).sum();
        rows.add(new Row(
                CODE,
                "tampered traces",
                unexplained == 0,
                String.format(
                        Locale.ROOT,
                        "%,d, of which %,d are accepted, %,d of them without an explanation",
                        tampered.stream().mapToInt(Tampering.Row::tried).sum(),
                        tampered.stream().mapToInt(Tampering.Row::accepted).sum(),
                        unexplained),
                ""));
    }

    private static void runSchedules(VerifyReport rows, Conformance conformance, Outcomes outcomes, int runs) {
        RandomConformance.Result result =
                RandomConformance.run(conformance, RandomConformance.WORKLOAD, 1, runs, Mutant.none(), run -> {
                    Outcomes ofRun = new Outcomes();
                    run.trace().forEach(traced -> ofRun.note(traced.event()));
                    outcomes.add(ofRun);
                });
        rows.add(new Row(
                CODE,
                "random schedules",
                result.failure().isEmpty(),
                String.format(Locale.ROOT, "%,d runs of the simulator, %,d events", result.runs(), result.events()),
                result.failure().map(failure -> failure.report(Mutant.none())).orElse("")));
    }

    private static void huntMutants(VerifyReport rows) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(EXPLORERS);
        BlockingQueue<Conformance> free = new LinkedBlockingQueue<>();
        for (int i = 0; i < EXPLORERS; i++) {
            free.add(new Conformance());
        }
        try {
            List<Mutant> mutants = Stream.concat(Mutant.all().stream(), Stream.of(Mutant.canary()))
                    .toList();
            List<Future<RandomConformance.Verdict>> verdicts = new ArrayList<>();
            for (Mutant mutant : mutants) {
                verdicts.add(threads.submit(() -> {
                    Conformance conformance = free.take();
                    try {
                        return RandomConformance.judge(conformance, mutant);
                    } finally {
                        free.add(conformance);
                    }
                }));
            }
            for (int i = 0; i < mutants.size(); i++) {
                RandomConformance.Verdict verdict = verdicts.get(i).get();
                rows.add(new Row(
                        MUTANTS,
                        mutants.get(i).name(),
                        verdict.asExpected(),
                        verdict.summary(),
                        mutants.get(i).what()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
            free.forEach(Conformance::close);
        }
    }

    /** Moves a file through the real system, and returns what is to be said of it. */
    private List<Row> moveRealData(Outcomes outcomes, Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        Part part = new Part(
                "Real data: " + file,
                "Four threads write the file to a virtual disk of the real system. A snapshot is taken while they read it and "
                        + "write elsewhere, other data is written over the original, and both disks are read. The "
                        + "recorded events are checked against the specification, and what hosts saw without it.");
        Path folder = Files.createTempDirectory("faultline-verify");
        try (Conformance conformance = new Conformance()) {
            Path trace = keptTrace == null ? folder.resolve("trace") : keptTrace;
            RealDataRun.Result result = RealDataRun.run(file, folder, trace, Mutant.none());
            rows.add(new Row(
                    part,
                    "run",
                    result.counts().snapshots() == 1,
                    String.format(
                            Locale.ROOT,
                            "%,d bytes, %,d block I/Os, %,d faults, %,d segments copied, %.1f s",
                            result.bytes(),
                            result.counts().ios(),
                            result.counts().faults(),
                            result.counts().copies(),
                            result.seconds()),
                    ""));
            addDigest(rows, part, "snapshot", result.expectedSnapshot(), result.foundSnapshot());
            addDigest(rows, part, "original", result.expectedOriginal(), result.foundOriginal());
            addTrace(rows, part, conformance, outcomes, trace, result.counts().ios());
        } finally {
            PathUtils.deleteDirectory(folder);
        }
        return rows;
    }

    private static void addDigest(List<Row> rows, Part part, String disk, String expected, String found) {
        rows.add(new Row(
                part,
                disk + ", SHA-256",
                expected.equals(found),
                found,
                expected.equals(found) ? "" : "not " + expected));
    }

    /** A trace in which not every I/O of the run has come to its end is not the trace of this run. */
    static void addTrace(List<Row> rows, Part part, Conformance conformance, Outcomes outcomes, Path file, long ios) {
        long completed = 0;
        long begin = System.nanoTime();
        try (TraceSource trace = TraceSource.open(file)) {
            TraceChecker checker = conformance.rememberingChecker(trace.header());
            HistoryRecorder recorder = new HistoryRecorder(trace.header());
            Optional<Rejection> rejection = Optional.empty();
            for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
                recorder.accept(event);
                completed += event.event() instanceof Event.Complete ? 1 : 0;
                if (rejection.isEmpty()) {
                    rejection = checker.accept(event);
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            outcomes.add(checker.outcomes());
            rows.add(new Row(
                    part,
                    "trace",
                    rejection.isEmpty() && completed == ios,
                    String.format(
                            Locale.ROOT,
                            "%,d events %s, %.1f s, %,.0f events/s, at most %s in a segment",
                            checker.events(),
                            rejection.isEmpty() ? "accepted" : "accepted, then one rejected",
                            seconds,
                            checker.events() / seconds,
                            Counted.of(checker.mostBelieved(), "believed state")),
                    rejection
                            .map(Rejection::text)
                            .orElse(
                                    completed == ios
                                            ? ""
                                            : "the run did " + ios + " I/Os, but " + completed
                                                    + " are complete in its trace")));
            addHistory(rows, part, recorder.history());
        }
    }

    private static void addHistory(List<Row> rows, Part part, History history) {
        long begin = System.nanoTime();
        Optional<Violation> violation = HistoryChecker.check(history);
        rows.add(new Row(
                part,
                "what hosts saw",
                violation.isEmpty(),
                String.format(
                        Locale.ROOT,
                        "%s %s, without the spec, %.1f s",
                        Counted.of(history.calls().size(), "call"),
                        violation.isEmpty() ? "explained" : "not explained",
                        (System.nanoTime() - begin) / 1e9),
                violation.map(Violation::text).orElse("")));
    }
}
