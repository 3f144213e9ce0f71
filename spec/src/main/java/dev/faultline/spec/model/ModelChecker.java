package dev.faultline.spec.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Checks models with TLC. As many run at once as there are processors for their workers: one worker each, side by side,
 * takes less time than one model after the other with all processors, since much of TLC's start is done by one thread,
 * and with one worker TLC does the same in the same order each time.
 *
 * <p>Nothing is written but in a temporary folder for each model, which is removed. When this JVM ends, so do the
 * processes that it has started.
 */
public final class ModelChecker {
    /** For {@link #countingActions}: no model is counted. */
    public static final long NO_STATES = -1;

    /** For {@link #countingActions}: TLC is soon done with models of so few states; between them, they take every action. */
    public static final long FEW_STATES = 100_000;

    private final TlaTools tools;
    private final List<Path> libraries;
    private final OptionalInt workers;
    private final long mostCounted;
    private final Optional<TlcProcesses> processes;

    /**
     * Makes a model checker.
     *
     * @param libraries folders with modules that the models extend or instantiate
     * @param workers how many workers each model gets, one model after the other; empty for what the models ask for
     * @throws dev.faultline.spec.engine.SpecLoadException if there are no TLA+ tools, in one line; see
     *     {@code LoadedSpec} for where they are looked for
     */
    public ModelChecker(List<Path> libraries, OptionalInt workers) {
        this(TlaTools.find(), List.copyOf(libraries), workers, NO_STATES, Optional.empty());
    }

    private ModelChecker(
            TlaTools tools,
            List<Path> libraries,
            OptionalInt workers,
            long mostCounted,
            Optional<TlcProcesses> processes) {
        this.tools = tools;
        this.libraries = libraries;
        this.workers = workers;
        this.mostCounted = mostCounted;
        this.processes = processes;
    }

    /**
     * Returns a model checker that also counts how often each action is taken in the models that are to hold and are
     * explored exhaustively. TLC takes half as much time again for these.
     *
     * @param mostStates only in models of at most that many states; with {@link Long#MAX_VALUE}, in all
     */
    public ModelChecker countingActions(long mostStates) {
        return new ModelChecker(tools, libraries, workers, mostStates, processes);
    }

    /** Returns a model checker that uses these processes, and leaves them running for those who check models after it. */
    public ModelChecker in(TlcProcesses shared) {
        return new ModelChecker(tools, libraries, workers, mostCounted, Optional.of(shared));
    }

    /**
     * Checks models, and returns when all are done.
     *
     * @param finished is told each result when it is there, in the order in which they come; on other threads than the
     *     caller's, but one at a time. It should be quick, and must not throw.
     * @return the results in the order of the models
     * @throws InterruptedException if the calling thread is interrupted; the processes have been ended then
     */
    public List<ModelResult> check(List<Model> models, Consumer<ModelResult> finished) throws InterruptedException {
        int processors = workers.orElse(Runtime.getRuntime().availableProcessors());
        Semaphore free = new Semaphore(processors, true);
        ExecutorService threads = Executors.newFixedThreadPool(processors);
        TlcProcesses used = processes.orElseGet(TlcProcesses::new);
        Tlc tlc = new Tlc(tools, libraries, mostCounted, used);
        try {
            Map<Model, Future<ModelResult>> results = new HashMap<>();
            for (Model model : longestFirst(models)) {
                int wanted = workers.orElse(model.workers());
                results.put(model, threads.submit(() -> {
                    int taken = Math.min(wanted, processors);
                    free.acquire(taken);
                    try {
                        ModelResult result = tlc.check(model, wanted);
                        synchronized (finished) {
                            finished.accept(result);
                        }
                        return result;
                    } finally {
                        free.release(taken);
                    }
                }));
            }
            List<ModelResult> inOrder = new ArrayList<>();
            for (Model model : models) {
                inOrder.add(Objects.requireNonNull(results.get(model)).get());
            }
            return inOrder;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
            tlc.stop();
            free.acquireUninterruptibly(processors); // until each has cleaned up after itself
            if (processes.isEmpty()) {
                used.close();
            }
        }
    }

    /** What takes longest comes first, so that at the end no processor is without work for long. */
    private static List<Model> longestFirst(List<Model> models) {
        return models.stream()
                .sorted(Comparator.comparing(ModelChecker::seconds).reversed())
                .toList();
    }

    private static long seconds(Model model) {
        if (model.time().isEmpty()) {
            return 0;
        }
        String[] words = model.time().get().split(" ");
        long number = Long.parseLong(words[0]);
        return switch (words[1]) {
            case "s" -> number;
            case "min" -> number * 60;
            default -> number * 3600;
        };
    }
}
