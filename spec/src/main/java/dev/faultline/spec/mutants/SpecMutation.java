package dev.faultline.spec.mutants;

import dev.faultline.spec.engine.Conjunct;
import dev.faultline.spec.model.Expectation;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelChecker;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Models;
import dev.faultline.spec.model.TlcProcesses;
import dev.faultline.spec.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs models on changed copies of the modules. One at a time; for any thread. */
public final class SpecMutation {
    /** Several times as long as a small model takes, and as one takes of so many states. */
    private static final int LEAST_SECONDS = 30;

    private static final int STATES_OF_A_SECOND = 500;

    private final List<Model> models;
    private final Path modules;
    private final Path folder;
    private final long mostStates;
    private final SpecHints hints;
    private final TlcProcesses processes;

    // What is known of models by their texts, which takes long to read.
    private final Map<Model, Boolean> temporal = new HashMap<>();
    private final Map<Model, Set<String>> extended = new HashMap<>();

    /**
     * Copies the modules.
     *
     * @param models all models
     * @param modules the folder of the modules that are changed
     * @param folder an empty folder for the copy; the caller deletes it
     * @param mostStates models with more states are not run
     * @param hints which model is run first
     * @param processes where TLC runs; the caller closes them
     * @throws IOException if they cannot be copied
     */
    SpecMutation(
            List<Model> models, Path modules, Path folder, long mostStates, SpecHints hints, TlcProcesses processes)
            throws IOException {
        this.models = models;
        this.modules = modules;
        this.folder = folder;
        this.mostStates = mostStates;
        this.hints = hints;
        this.processes = processes;
        copy(modules, folder);
        for (Path of : models.stream()
                .map(model -> model.module().resolveSibling(""))
                .distinct()
                .toList()) {
            copy(of, folder);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".tla") || name.endsWith(".cfg")) {
                    Files.copy(file, to.resolve(name));
                }
            }
        }
    }

    /** How well a change is noticed. */
    public enum Notice {
        /** A property of a model has another verdict. */
        PROPERTY,
        /** TLC cannot evaluate it, or a situation is not reached. */
        OTHERWISE,
        /** A model has another number of states, and nothing else tells. */
        COUNT,
        /** Nothing notices. */
        NOTHING
    }

    /**
     * What came of a change.
     *
     * @param mutant the change
     * @param notice how well it was noticed
     * @param text by what, for people
     * @param by the model that notices; none if only a number of states tells, or nothing does
     * @param runs how many models were run
     */
    public record Outcome(SpecMutant mutant, Notice notice, String text, Optional<String> by, int runs) {}

    /**
     * Runs models on all of these changes, several at a time.
     *
     * @param folder an empty folder; the caller deletes it
     * @param workers how many at a time
     * @param each is told each outcome as soon as it is there, in the order of the changes
     * @throws IOException if the modules cannot be copied
     * @throws InterruptedException if the calling thread is interrupted
     */
    static List<Outcome> run(
            List<SpecMutant> mutants,
            List<Model> models,
            Path modules,
            Path folder,
            long mostStates,
            SpecHints hints,
            int workers,
            Consumer<Outcome> each)
            throws IOException, InterruptedException {
        BlockingQueue<SpecMutation> idle = new ArrayBlockingQueue<>(workers);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try (TlcProcesses processes = new TlcProcesses()) {
            for (int i = 0; i < workers; i++) {
                Path copy = Files.createDirectory(folder.resolve("copy" + i));
                idle.add(new SpecMutation(models, modules, copy, mostStates, hints, processes));
            }
            List<Future<Outcome>> running = new ArrayList<>();
            for (SpecMutant mutant : mutants) {
                running.add(threads.submit(() -> {
                    SpecMutation one = idle.take();
                    try {
                        return one.run(mutant);
                    } finally {
                        idle.add(one);
                    }
                }));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : running) {
                Outcome outcome = future.get();
                each.accept(outcome);
                outcomes.add(outcome);
            }
            return outcomes;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unwritten) {
                throw unwritten;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Returns the models that are about a change, in the order in which they are run: the one that noticed last time, however
     * large, then the cheapest. What is about liveness takes too long.
     */
    List<Model> about(SpecMutant mutant) {
        String operator = mutant.conjunct().operator();
        String module = mutant.conjunct().module();
        Stream<Model> wanted = models.stream().filter(model -> !Models.isReplaced(model, operator));
        if (mutant.isOfProperty()) {
            return wanted.filter(model -> model.expectation().equals(new Expectation.Breaks(operator)))
                    .sorted(hintedFirst(mutant))
                    .toList();
        }
        // A refinement notices that an abstract step does something else, but not that more of them are allowed.
        return wanted.filter(model -> isHinted(model, mutant) || states(model) <= mostStates)
                .filter(model -> !isTemporal(model) && !Models.isOfAnotherReading(model))
                .filter(model -> mutant.conjunct().kind() == Conjunct.Kind.UPDATE || isExtending(model, module))
                .sorted(hintedFirst(mutant).thenComparing(SpecMutation::states))
                .toList();
    }

    private static long states(Model model) {
        return Models.states(model).orElse(Long.MAX_VALUE);
    }

    private boolean isHinted(Model model, SpecMutant mutant) {
        return hints.modelOf(mutant).filter(model.name()::equals).isPresent();
    }

    private Comparator<Model> hintedFirst(SpecMutant mutant) {
        return Comparator.comparing(model -> !isHinted(model, mutant));
    }

    private static long mostSeconds(Model model) {
        return Math.max(LEAST_SECONDS, Models.states(model).orElse(0) / STATES_OF_A_SECOND);
    }

    private boolean isTemporal(Model model) {
        return temporal.computeIfAbsent(model, each -> Models.isTemporal(each, modules));
    }

    private boolean isExtending(Model model, String module) {
        return extended.computeIfAbsent(model, each -> Models.extended(each, modules))
                .contains(module);
    }

    /**
     * Runs the models that are about a change, until a property of one has another verdict, or the one that noticed the last
     * time does not reach a situation.
     *
     * @throws IOException if the changed module cannot be written
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Outcome run(SpecMutant mutant) throws IOException, InterruptedException {
        String name = mutant.conjunct().module() + ".tla";
        List<String> original = Files.readAllLines(modules.resolve(name), StandardCharsets.UTF_8);
        Files.write(folder.resolve(name), mutant.in(original), StandardCharsets.UTF_8);
        try {
            return judge(mutant);
        } finally {
            Files.write(folder.resolve(name), original, StandardCharsets.UTF_8);
        }
    }

    private Outcome judge(SpecMutant mutant) throws InterruptedException {
        Optional<String> unreached = Optional.empty();
        Optional<String> by = Optional.empty();
        Optional<String> count = Optional.empty();
        int runs = 0;
        for (Model model : about(mutant)) {
            runs++;
            String name = model.name();
            Optional<ModelResult> found = inTime(model);
            if (found.isEmpty() && mutant.isOfProperty()) {
                String why = name + " does not break within " + mostSeconds(model) + " s";
                return new Outcome(mutant, Notice.PROPERTY, why, Optional.of(name), runs);
            } else if (found.isEmpty()) {
                count = count.or(
                        () -> Optional.of(name + " has more states than TLC visits in " + mostSeconds(model) + " s"));
                continue;
            }
            ModelResult result = found.get();
            if (result.asExpected()) {
                continue;
            }
            if (result.verdict() instanceof Verdict.Failed failed) {
                String why = "TLC cannot check " + name + ": " + failed.reason();
                return new Outcome(mutant, Notice.OTHERWISE, why, Optional.of(name), runs);
            } else if (!result.verdict().toString().equals(model.expectation().toString())) {
                return new Outcome(mutant, Notice.PROPERTY, name + " " + result.verdict(), Optional.of(name), runs);
            } else if (result.reached().containsAll(model.reaches())) {
                count = count.or(() -> Optional.of("only the states of " + name + " are another number"));
            } else {
                String missing = model.reaches().stream()
                        .filter(situation -> !result.reached().contains(situation))
                        .collect(Collectors.joining("\", \""));
                String why = name + " does not reach \"" + missing + "\"";
                unreached = unreached.or(() -> Optional.of(why));
                by = by.or(() -> Optional.of(name));
                if (isHinted(model, mutant)) {
                    break; // No property of the others noticed the last time.
                }
            }
        }
        if (unreached.isPresent()) {
            return new Outcome(mutant, Notice.OTHERWISE, unreached.get(), by, runs);
        }
        Notice notice = count.isPresent() ? Notice.COUNT : Notice.NOTHING;
        return new Outcome(mutant, notice, count.orElse("nothing notices"), Optional.empty(), runs);
    }

    /** Checks a model; nothing if it does not come to an end: what a conjunct kept small may grow without bound. */
    private Optional<ModelResult> inTime(Model model) throws InterruptedException {
        FutureTask<ModelResult> checking = new FutureTask<>(() -> check(model));
        Thread thread = new Thread(checking, "faultline-mutant");
        thread.start();
        try {
            return Optional.of(checking.get(mostSeconds(model), TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            thread.interrupt(); // which ends TLC's process
            thread.join();
        }
    }

    private ModelResult check(Model model) throws InterruptedException {
        Model changed = new Model(
                model.name(),
                folder.resolve(model.module().getFileName()),
                folder.resolve(model.config().getFileName()),
                model.suite(),
                model.exploration(),
                model.expectation(),
                1,
                model.heap(),
                model.rule(),
                model.reaches(),
                model.time(),
                model.why());
        return new ModelChecker(List.of(folder), OptionalInt.of(1))
                .in(processes)
                .check(List.of(changed), each -> {})
                .get(0);
    }
}
