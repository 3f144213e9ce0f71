package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short models share a process, one after the other; nothing of one is left for the next. */
class TlcSeriesTest {
    private static final Model ENDLESS = Samples.model("Endless");

    private static final int MANY = 15;

    @TempDir
    private Path temporary;

    /** What two results must agree in: all but the time they took. */
    private static List<Object> told(ModelResult result) {
        return List.of(
                result.model().name(),
                result.verdict(),
                result.generated(),
                result.distinct(),
                result.depth(),
                result.actions(),
                result.reached());
    }

    @Test
    void givesWhatProcessesOfTheirOwnGive() throws InterruptedException {
        List<Model> shared = Stream.of("Fine", "Refinement", "Loop", "Lasso", "Reached", "Syntax", "Evaluation")
                .map(Samples::model)
                .toList();
        List<Model> alone =
                shared.stream().map(model -> Samples.withHeap(model, "256m")).toList();
        // One worker: all short ones are in one process.
        ModelChecker checker = new ModelChecker(List.of(), OptionalInt.of(1)).countingActions(Long.MAX_VALUE);
        assertThat(checker.check(shared, result -> {}))
                .map(TlcSeriesTest::told)
                .isEqualTo(checker.check(alone, result -> {}).stream()
                        .map(TlcSeriesTest::told)
                        .toList());
    }

    @Test
    void runsOneAfterAnotherInOneProcessAndLeavesNothingBehind() throws Exception {
        Path folder;
        try (TlcSeries series = TlcSeries.start(TlaTools.find(), "1g")) {
            List<String> first = run(series, Samples.model("Fine"), 0);
            List<String> second = run(series, Samples.model("Fine"), 0);
            List<String> third = run(series, Samples.model("Invariant"), 12);
            assertThat(second).hasSameSizeAs(first).noneMatch(line -> line.contains("Exception"));
            assertThat(third).anyMatch(line -> line.contains("Invariant Small is violated"));
            folder = series.folder();
            assertThat(folder).exists();
        }
        assertThat(folder).doesNotExist();
        assertThat(processes()).isEmpty();
    }

    private List<String> run(TlcSeries series, Model model, int status) throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> arguments =
                TlcCommand.arguments(model, 1, TlaTools.find(), false, Files.createTempDirectory(temporary, "model"));
        assertThat(series.run("", arguments, lines::add)).hasValue(status);
        return lines;
    }

    /** In a heap that would be full after a few models, if what they leave behind stayed. */
    @Test
    void whatAModelLeavesBehindIsForgotten() throws IOException {
        try (TlcSeries series = TlcSeries.start(TlaTools.find(), "40m")) {
            for (int i = 0; i < MANY; i++) {
                run(series, Samples.model("Fine"), 0);
                run(series, Samples.model("Loop"), 13);
            }
        }
    }

    @Test
    void aProcessThatHasRunManyModelsIsReplaced() throws IOException {
        try (TlcProcesses processes = new TlcProcesses()) {
            TlcSeries first = processes.take(TlaTools.find());
            for (int i = 0; i < 20; i++) {
                assertThat(first.isWorn()).isFalse();
                run(first, Samples.model("Fine"), 0);
            }
            processes.giveBack(first);
            assertThat(processes()).isEmpty();
            TlcSeries second = processes.take(TlaTools.find());
            run(second, Samples.model("Fine"), 0);
            processes.giveBack(second);
            assertThat(processes.take(TlaTools.find())).isSameAs(second);
            second.close();
        }
    }

    /** That is a failure of its model, and the next one gets another process. */
    @Test
    void survivesTheEndOfItsProcess() throws Exception {
        try (TlcProcesses processes = new TlcProcesses()) {
            ModelChecker checker = new ModelChecker(List.of(), OptionalInt.of(1)).in(processes);
            CompletableFuture<List<ModelResult>> results = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            results.complete(checker.check(List.of(ENDLESS, Samples.model("Fine")), result -> {}));
                        } catch (InterruptedException e) {
                            results.completeExceptionally(e);
                        }
                    })
                    .start();
            await(() -> !processes().isEmpty());
            processes().get(0).destroyForcibly();
            List<ModelResult> found = results.get(60, TimeUnit.SECONDS);
            assertThat(found.get(0).surprises()).singleElement().asString().contains("ended without a verdict");
            assertThat(found.get(1).surprises()).isEmpty();
            assertThat(processes()).hasSize(1); // it waits for the next model
            assertThat(checker.check(List.of(Samples.model("Invariant")), result -> {})
                            .get(0)
                            .surprises())
                    .isEmpty();
            assertThat(processes()).hasSize(1);
        }
        assertThat(processes()).isEmpty();
    }

    @Test
    void endsWhenTheCallerIsInterrupted() throws Exception {
        Set<Path> before = folders();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = checksEndless(thrown);
        await(() -> !folders().equals(before));
        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(processes()).isEmpty();
        assertThat(folders()).isEqualTo(before);
    }

    /** Other tools may be made otherwise inside. */
    @Test
    void toolsThatSomebodyNamesHaveProcessesOfTheirOwn() throws Exception {
        String jar = TlaTools.find().jar().toString();
        System.setProperty("faultline.tlatools", jar);
        try {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = checksEndless(thrown);
            await(() -> !processes().isEmpty());
            assertThat(processes().get(0).info().commandLine().orElseThrow())
                    .contains(Leash.class.getName() + " " + Leash.Program.ALONE);
            caller.interrupt();
            caller.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        } finally {
            System.clearProperty("faultline.tlatools");
        }
        assertThat(processes()).isEmpty();
    }

    @Test
    void endsInTheMiddleOfAModelWithTheJvmThatHoldsTheLeash() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("process"));
        Path model = Files.createDirectory(temporary.resolve("model"));
        Process process = new ProcessBuilder(TlcCommand.series(TlaTools.find(), "1g", folder))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> arguments = TlcCommand.arguments(ENDLESS, 1, TlaTools.find(), false, model);
        DataOutputStream request = new DataOutputStream(process.getOutputStream());
        request.writeUTF("end");
        request.writeUTF("");
        request.writeInt(arguments.size());
        for (String argument : arguments) {
            request.writeUTF(argument);
        }
        request.flush();
        await(() -> Files.isDirectory(model.resolve("meta")));
        process.getOutputStream().close(); // as the system does when a process dies
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder).doesNotExist();
    }

    private static Thread checksEndless(AtomicReference<Throwable> thrown) {
        Thread caller = new Thread(() -> thrown.set(catchThrowable(
                () -> new ModelChecker(List.of(), OptionalInt.of(1)).check(List.of(ENDLESS), result -> {}))));
        caller.start();
        return caller;
    }

    /** The folders in which TLC is at work. */
    private static Set<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(folder -> folder.getFileName().toString().startsWith("faultline-tlc"))
                    .filter(folder -> Files.isDirectory(folder.resolve("meta")))
                    .collect(Collectors.toSet());
        }
    }

    private static List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(Leash.class.getName()))
                .toList();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws InterruptedException, IOException {
        while (!condition.holds()) {
            Thread.sleep(20);
        }
    }
}
