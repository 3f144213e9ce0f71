package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of another system against its own specification, a bounded queue. */
class AnySpecTest {
    private static final String PUT = "{\"action\":\"Put\",\"arguments\":{\"item\":1,\"p\":\"p1\"}}";
    private static final String TAKE = "{\"action\":\"Take\",\"arguments\":[1],\"state\":{\"queue\":[]}}";

    @TempDir
    private Path folder;

    static String file(String name) {
        try {
            return Path.of(Objects.requireNonNull(
                                    AnySpecTest.class.getResource("/dev/faultline/conformance/anyspec/" + name))
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Run run(String config, List<String> options, String... lines) throws IOException {
        Path trace = Files.write(folder.resolve("t.ndjson"), List.of(lines));
        List<String> all = new ArrayList<>(
                List.of("validate", "--spec", file("BoundedQueue.tla"), "--config", file(config), trace.toString()));
        all.addAll(options);
        return Run.of(all.toArray(String[]::new));
    }

    /** Checks against a specification that is made of the queue's. */
    private Run shop(List<String> options, String line) throws IOException {
        String module = """
                ---- MODULE Shop ----
                EXTENDS BoundedQueue
                Drop == queue' = <<>> /\\ UNCHANGED taken
                Rob == \\E item \\in Nat : Take(item)
                Produce == \\E p \\in Producers, item \\in 0..3 : Put(p, item)
                Sell == Produce \\/ Rob \\/ \\E item \\in 0..3 : Take(item)
                ====
                """;
        Path spec = Files.writeString(folder.resolve("Shop.tla"), module);
        String config = Files.readString(Path.of(file("BoundedQueue.cfg"))).replace("NEXT Next", "NEXT Sell");
        Path trace = Files.writeString(folder.resolve("t.ndjson"), line + "\n");
        String library = String.valueOf(Path.of(file("BoundedQueue.tla")).getParent());
        List<String> all = new ArrayList<>(List.of("validate", "--spec", spec.toString(), "--library", library));
        all.addAll(List.of(
                "--config",
                Files.writeString(folder.resolve("Shop.cfg"), config).toString()));
        all.addAll(options);
        all.add(trace.toString());
        return Run.of(all.toArray(String[]::new));
    }

    @Test
    void aGoodTraceIsAccepted() throws IOException {
        Run run = run("BoundedQueue.cfg", List.of(), PUT, TAKE);
        assertThat(run.out()).contains("accepted: 2 events", "at most 1 believed state");
        assertThat(run.status()).isEqualTo(ExitStatus.EXPECTED);
    }

    @Test
    void aFullQueueTakesNothing() throws IOException {
        Run run = run("BoundedQueue.cfg", List.of(), PUT, PUT, PUT);
        assertThat(run.out()).contains("t.ndjson:3: rejected", "Len(queue) < Capacity", "possible instead:\n  Take(1)");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    /** The action alone would allow it: what says who produces what is in Next. */
    @Test
    void anEventMustBeAStepOfNext() throws IOException {
        Run run = run("BoundedQueue.cfg", List.of(), PUT, PUT.replace("p1", "p9"));
        assertThat(run.out())
                .contains("t.ndjson:2: rejected", "Put(\"p9\", 1) is not allowed here")
                .contains(
                        "`p \\in Producers` is false\n  at BoundedQueue.tla line 10: ",
                        "Producers = {p1, p2}",
                        "p = \"p9\"");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
        assertThat(run("BoundedQueue.cfg", List.of(), PUT.replace("1,", "4,")).out())
                .contains("`item \\in 0..3` is false", "item = 4");
    }

    @Test
    void anActionThatNextNeverTakesIsRefused() throws IOException {
        Run run = shop(List.of(), "{\"action\":\"Drop\"}");
        assertThat(run.err()).contains("t.ndjson:1: ", "does not lead to the action Drop");
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
        Run hidden = shop(List.of("--hidden", "Drop"), PUT);
        assertThat(hidden.err()).contains("--hidden: ", "does not lead to the action Drop");
        assertThat(hidden.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    /** It may be right, so it is no finding about whoever wrote the trace. */
    @Test
    void anEventThatCannotBeEvaluatedIsNoRejection() throws IOException {
        Run run = shop(List.of(), "{\"action\":\"Rob\"}");
        assertThat(run.err())
                .contains("t.ndjson:1: neither accepted nor rejected: TLC cannot evaluate Rob there: ", "Nat")
                .hasLineCount(1);
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void aHiddenActionMayConsistOfOthers() throws IOException {
        Run run = shop(List.of("--hidden", "Produce", "--hidden-at-most", "1"), TAKE);
        assertThat(run.out()).contains("accepted: 1 event", "9 believed states");
    }

    @Test
    void anotherStateIsToldPathByPath() throws IOException {
        Run run = run("BoundedQueue.cfg", List.of(), PUT.replaceFirst("}$", ",\"state\":{\"queue\":[[\"p1\",2]]}}"));
        assertThat(run.out()).contains("queue[1][2]: the spec has 1, the trace 2");
        assertThat(run.status()).isEqualTo(ExitStatus.UNEXPECTED);
    }

    @Test
    void anotherItemIsNotTaken() throws IOException {
        Run run = run("BoundedQueue.cfg", List.of(), PUT, TAKE.replace("[1]", "[3]"));
        assertThat(run.out()).contains("Head(queue)[2] = item");
    }

    @Test
    void hiddenActionsAreSearched() throws IOException {
        Run run = run("BoundedQueue.cfg", List.of("--hidden", "Put", "--hidden-at-most", "1"), TAKE);
        assertThat(run.out()).contains("accepted: 1 event", "9 believed states");
        Run few = run("BoundedQueue.cfg", List.of("--hidden", "Put", "--believe-at-most", "3"), TAKE);
        assertThat(few.err()).contains("neither accepted nor rejected", "--believe-at-most");
        assertThat(few.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void aMillionEventsAreChecked() throws IOException {
        Path trace = folder.resolve("million.ndjson");
        try (Writer lines = Files.newBufferedWriter(trace)) {
            for (int i = 0; i < 500_000; i++) {
                lines.write(PUT + "\n" + TAKE + "\n");
            }
        }
        Run run = Run.of(
                "validate", "--spec", file("BoundedQueue.tla"), "--config", file("BoundedQueue.cfg"), trace.toString());
        assertThat(run.out()).contains("accepted: 1,000,000 events");
    }

    @Test
    void onlyInvariantsOnTheWayCount() throws IOException {
        List<String> hidden = List.of("--hidden", "Put", "--hidden-at-most", "2");
        assertThat(run("NeverFull.cfg", List.of(), PUT, PUT).out())
                .contains("invariant NeverFull is false", "after event 2");
        assertThat(run("NeverFull.cfg", hidden, TAKE).out()).contains("accepted");
    }

    @Test
    void inputThatCannotBeUsedIsRefusedInOneLine() throws IOException {
        String spec = file("BoundedQueue.tla");
        String config = file("BoundedQueue.cfg");
        String trace = Files.writeString(folder.resolve("t.ndjson"), PUT + "\n").toString();
        String constants = Files.writeString(folder.resolve("C.cfg"), "CONSTANTS Capacity = 2 Producers = {p1, p2}\n")
                .toString();
        String nothing = Files.writeString(folder.resolve("Nothing.tla"), "").toString();
        String none = folder.resolve("none").toString();
        assertRefused("--hidden-at-most is for --spec", "--hidden-at-most", "2", trace);
        assertRefused("--believe-at-most is for --spec", "--believe-at-most", "2", trace);
        assertRefused("--hidden-at-most is for --hidden", with(spec, config, trace, "--hidden-at-most", "2"));
        assertRefused("a trace is a file, and this is a folder", with(spec, config, folder.toString()));
        assertRefused("none: there is no such file", with(spec, config, none));
        assertRefused("none does not exist", with(spec, config, trace, "--library", none));
        assertRefused("no jar that can be read: ", with(spec, config, trace, "--library", config));
        assertRefused("C.cfg: the configuration names no initial states", with(spec, constants, trace));
        String garbage = Files.writeString(folder.resolve("G.cfg"), "hello { world } \\* INIT\n")
                .toString();
        assertRefused("G.cfg line 1: It was expecting a keyword", with(spec, garbage, trace));
        assertRefused("Nothing.tla: there is no module Nothing in it", with(nothing, config, trace));
    }

    private static String[] with(String spec, String config, String... more) {
        List<String> all = new ArrayList<>(List.of("--spec", spec, "--config", config));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static void assertRefused(String why, String... arguments) {
        List<String> all = new ArrayList<>(List.of("validate"));
        all.addAll(List.of(arguments));
        Run run = Run.of(all.toArray(String[]::new));
        assertThat(run.err()).contains(why).doesNotContain("java.").hasLineCount(1);
        assertThat(run.status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void whatCannotBeMeantIsRefusedWithItsLine() throws IOException {
        for (String line : List.of(
                "{",
                "{\"action\":\"Pull\"}",
                "{\"action\":\"Put\"}",
                PUT.replace("1,", "1.5,"),
                PUT.replace("1,", "null,"),
                PUT.replace("1,", "3000000000,"),
                PUT.replace("1,", "{\"#bag\":[]},"),
                PUT.replace("1,", "{\"a\":1,\"a\":2},"),
                TAKE.replace("queue", "tail"))) {
            Run run = run("BoundedQueue.cfg", List.of(), PUT, line);
            assertThat(run.err()).as(line).contains("t.ndjson:2: ");
            assertThat(run.status()).as(line).isEqualTo(ExitStatus.UNUSABLE);
        }
    }
}
