package dev.faultline.spec.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecLoadTest {
    private static final String INIT_NEXT = "INIT Init\nNEXT Next";
    private static final String COUNTER = "EXTENDS Naturals\nVARIABLE n\nInit == n = 0\nNext == n' = n + 1\n";
    private static final String TOOLS = "faultline.tlatools";

    @TempDir
    private Path folder;

    private Path module(Path where, String name, String body) {
        return Specs.write(where, name + ".tla", "---- MODULE " + name + " ----", body, "====");
    }

    private String refusal(String body, String config) {
        return refusal(module(folder, "Counter", body), Specs.write(folder, "Counter.cfg", config));
    }

    private static String refusal(Path module, Path config) {
        SpecLoadException refusal =
                catchThrowableOfType(SpecLoadException.class, () -> LoadedSpec.load(module, config));
        assertThat(refusal).isNotNull().hasMessageNotContaining("\n");
        return refusal.getMessage();
    }

    @Test
    void saysWhichFileIsMissing() {
        Path module = module(folder, "Counter", COUNTER);
        Path config = folder.resolve("Counter.cfg");
        assertThat(refusal(module, config)).isEqualTo(config + " does not exist");
        Path other = folder.resolve("Other.tla");
        assertThat(refusal(other, config)).isEqualTo(other + " does not exist");
        assertThat(refusal(config, module)).isEqualTo(config + " is not a .tla file");
    }

    @Test
    void saysWhereAModuleDoesNotParse() {
        assertThat(refusal("VARIABLE n\nInit == n = = 0", INIT_NEXT))
                .startsWith("Counter.tla line 3: Was expecting")
                .endsWith("Encountered \"0\" after \"=\"");
        assertThat(refusal("VARIABLE n\nInit == n = \"zero", INIT_NEXT))
                .startsWith("Counter.tla line 3: Lexical error");
        assertThat(refusal("VARIABLE n\nInit == n = m", INIT_NEXT))
                .isEqualTo("Counter.tla line 3: Unknown operator: `m'.");
        module(folder, "Base", "VARIABLE n\n\nInit == (n = 0");
        assertThat(refusal("EXTENDS Base", INIT_NEXT)).isEqualTo("Base.tla line 5: Encountered \"====\" after \"0\"");
    }

    @Test
    void saysWhichModuleIsMissing() {
        assertThat(refusal("\nEXTENDS Naturals, Nowhere\nVARIABLE n", INIT_NEXT))
                .isEqualTo(
                        "Counter.tla line 3: Cannot find source file for module Nowhere imported in module Counter.");
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() {
        assertThat(refusal(COUNTER, INIT_NEXT + "\nCONSTANT\n  M = 1"))
                .isEqualTo("Counter.cfg line 4: the constant M does not appear in the specification");
        assertThat(refusal(COUNTER, INIT_NEXT + "\nCONSTANT M <- Init"))
                .startsWith("Counter.cfg line 3: ")
                .contains("the identifier M does not appear in the specification");
        assertThat(refusal(COUNTER, INIT_NEXT + "\nINVARIANT Nonsense"))
                .isEqualTo("Counter.cfg line 3: The invariant Nonsense specified in the configuration file is not "
                        + "defined in the specification.");
        assertThat(refusal(COUNTER, INIT_NEXT + "\nCONSTANT M 3")).startsWith("Counter.cfg line 3: ");
        assertThat(refusal(COUNTER + "CONSTANT Limit", INIT_NEXT))
                .startsWith("Counter.cfg: The constant parameter Limit is not assigned");
        assertThat(refusal(COUNTER + "ASSUME 1 > 2", INIT_NEXT))
                .isEqualTo("Counter.tla line 6: the assumption `1 > 2` is false");
    }

    @Test
    void findsModulesInLibraries() throws IOException {
        Path library = Files.createDirectory(folder.resolve("library"));
        module(library, "Base", COUNTER);
        Path module = module(folder, "Derived", "EXTENDS Base");
        Path config = Specs.write(folder, "Derived.cfg", INIT_NEXT);
        assertThat(refusal(module, config)).contains("module Base");
        try (LoadedSpec spec = LoadedSpec.load(module, config, library)) {
            assertThat(spec.action("Next").module()).isEqualTo("Base");
            assertThat(spec.next(spec.initialStates().get(0))).hasSize(1);
        }
    }

    @Test
    void seesThroughInstances() {
        module(folder, "Base", COUNTER + "Add(k) == n < k /\\ n' = n + k");
        String body = """
                EXTENDS Naturals
                VARIABLES a, b
                B == INSTANCE Base WITH n <- a
                Init == a = 3 /\\ b = 0
                Next == B!Add(5) /\\ UNCHANGED b
                """;
        Path module = module(folder, "Outer", body);
        try (LoadedSpec spec = LoadedSpec.load(module, Specs.write(folder, "Outer.cfg", INIT_NEXT))) {
            assertThat(spec.variables()).containsExactly("a", "b");
            SpecState initial = spec.initialStates().get(0);
            SpecState next = spec.successors(initial, spec.action("Next")).get(0);
            assertThat(next.get("a").toJava()).isEqualTo(8);
            Denial.Refusal refusal =
                    spec.explain(next, spec.action("Next")).orElseThrow().nearest();
            assertThat(refusal.part()).isEqualTo("n < k");
            assertThat(refusal.module()).isEqualTo("Base");
            assertThat(refusal.path()).containsExactly("Next", "B!Add");
            assertThat(refusal.values()).containsEntry("n", "8");
            assertThat(refusal.bindings()).containsEntry("k", "5");
        }
    }

    @Test
    void takesAnActionThatIsReplacedByAnother() {
        String body = COUNTER + "Skip == n' = n + 10\nTwo == Next \\/ Skip";
        Path config = Specs.write(folder, "Counter.cfg", "INIT Init", "NEXT Two", "CONSTANT Next <- Skip");
        try (LoadedSpec spec = LoadedSpec.load(module(folder, "Counter", body), config)) {
            SpecState initial = spec.initialStates().get(0);
            assertThat(spec.successors(initial, spec.action("Next")))
                    .map(state -> state.get("n").toJava())
                    .containsExactly(10);
            assertThat(spec.next(initial)).map(SpecTransition::action).containsExactly("Skip");
        }
    }

    @Test
    void printsNothing() throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(caught);
        System.setErr(caught);
        try {
            refusal("VARIABLE n\nInit == n = = 0", INIT_NEXT);
            refusal("EXTENDS Nowhere", INIT_NEXT);
            refusal(COUNTER, INIT_NEXT + "\nINVARIANT Nonsense");
            LoadedSpec guards = Specs.load("Guards");
            SpecState initial = guards.initialStates().get(0);
            assertThat(guards.successors(initial, guards.action("Chatty"))).hasSize(1);
            assertThat(guards.successors(initial, guards.action("Moved"))).isEmpty();
            assertThat(guards.explain(initial, guards.action("Moved"))).isPresent();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        String prefix = "faultline-" + ProcessHandle.current().pid() + "-";
        Specs.load("Guards");
        refusal(COUNTER, INIT_NEXT + "\nINVARIANT Nonsense");
        try (var files = Files.list(temporary)) {
            assertThat(files)
                    .noneMatch(file -> String.valueOf(file.getFileName()).startsWith(prefix));
        }
    }

    @Test
    void takesTheToolsThatThePropertyNames() throws Exception {
        Path jar = folder.resolve("tools.jar");
        System.setProperty(TOOLS, jar.toString());
        try {
            assertThat(refusal(COUNTER, INIT_NEXT)).isEqualTo(TOOLS + " names " + jar + ", which is not a file");
            Files.writeString(jar, "no jar");
            assertThat(refusal(COUNTER, INIT_NEXT)).contains(jar.toString(), "cannot be used");
            URI tools = tlc2.TLC
                    .class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Files.copy(Path.of(tools), jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            try (LoadedSpec spec = Specs.load("Guards")) {
                assertThat(spec.getClass()
                                .getClassLoader()
                                .getResource("tlc2/TLC.class")
                                .toString())
                        .contains(jar.toString());
            }
        } finally {
            System.clearProperty(TOOLS);
        }
    }

    @Test
    void letsGoOfEverythingOnceDropped() throws InterruptedException {
        WeakReference<ClassLoader> loader = loadAndDrop();
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(100);
        }
        assertThat(loader.get())
                .as("the class loader of a specification that nobody refers to")
                .isNull();
    }

    private static WeakReference<ClassLoader> loadAndDrop() {
        LoadedSpec spec = Specs.load("Guards");
        SpecState initial = spec.initialStates().get(0);
        assertThat(spec.next(initial)).isNotEmpty();
        assertThat(spec.explain(initial, spec.action("All"))).isPresent();
        return new WeakReference<>(spec.getClass().getClassLoader());
    }
}
