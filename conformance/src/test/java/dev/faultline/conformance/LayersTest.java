package dev.faultline.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Each line in its room: spec, core, driver, conformance, command line. */
@AnalyzeClasses(packages = "dev.faultline", importOptions = DoNotIncludeTests.class)
class LayersTest {
    private static final String CORE = "dev.faultline.core..";
    private static final String SPEC = "dev.faultline.spec..";
    private static final String CONFORMANCE = "dev.faultline.conformance..";
    private static final String CLI = "dev.faultline.cli..";

    @ArchTest
    static final ArchRule coresAreSansIo = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CORE, "java.lang", "java.util", "java.util.function", "java.util.stream", "org.jspecify..")
            .because("a core has no threads, sockets, clocks, files or randomness");

    @ArchTest
    static final ArchRule coresDrawNothingFromChanceOrTime = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.lang\\.(Thread|System|Runtime)|java\\.util\\.(Random|SplittableRandom|UUID|Timer)");

    @ArchTest
    static final ArchRule theCodeDoesNotKnowTheSpec = noClasses()
            .that()
            .resideInAnyPackage(CORE, "dev.faultline.sim..", "dev.faultline.trace..", "dev.faultline.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPEC, CONFORMANCE, CLI, "dev.faultline.history..");

    @ArchTest
    static final ArchRule theSpecDoesNotKnowTheCode = noClasses()
            .that()
            .resideInAPackage(SPEC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    CORE, "dev.faultline.sim..", "dev.faultline.trace..", "dev.faultline.runtime..", CONFORMANCE, CLI);

    @ArchTest
    static final ArchRule theHistoryKnowsNoSpec = noClasses()
            .that()
            .resideInAPackage("dev.faultline.history..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPEC, CONFORMANCE, CLI)
            .because("an error in the spec must not hide one in the code");

    @ArchTest
    static final ArchRule onlyTheEngineKnowsTlc = noClasses()
            .that()
            .resideOutsideOfPackage(SPEC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tlc2..", "tla2sany..", "util..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, "picocli..", "me.tongfei..");

    @ArchTest
    static final ArchRule theSimulatorIsDeterministic = noClasses()
            .that()
            .resideInAPackage("dev.faultline.sim..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.lang\\.Thread|java\\.util\\.Random|java\\.time\\..*|java\\.util\\.concurrent\\..*");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.faultline.(*)..").should().beFreeOfCycles();

    /**
     * The rooms of the conformance engine, and which others each may use: what its {@code package-info} says. A room that
     * is not here is refused.
     */
    private static final Map<String, Set<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            Map.entry("anyspec", Set.of()),
            Map.entry("names", Set.of()),
            Map.entry("pictures", Set.of()),
            Map.entry("coverage", Set.of()),
            Map.entry("cache", Set.of()),
            Map.entry("mutants", Set.of()),
            Map.entry("projection", Set.of("names")),
            Map.entry("slices", Set.of("projection", "names")),
            Map.entry("memory", Set.of("slices", "projection", "names", "cache")),
            Map.entry("checking", Set.of("memory", "slices", "projection", "names", "pictures", "coverage")),
            Map.entry("scenarios", Set.of("slices", "projection", "names", "pictures")),
            Map.entry("exploring", Set.of("scenarios", "coverage")),
            Map.entry("walks", Set.of("scenarios", "coverage")),
            Map.entry("schedules", Set.of("checking", "mutants", "coverage", "pictures")),
            Map.entry("live", Set.of("checking", "mutants", "pictures")),
            Map.entry("tampering", Set.of("checking", "schedules", "mutants")),
            Map.entry(
                    "strengths", Set.of("live", "schedules", "exploring", "walks", "scenarios", "checking", "mutants")),
            Map.entry("verify", Set.of("coverage")),
            Map.entry(
                    "parts",
                    Set.of(
                            "verify",
                            "exploring",
                            "walks",
                            "schedules",
                            "live",
                            "tampering",
                            "checking",
                            "scenarios",
                            "mutants",
                            "coverage",
                            "slices",
                            "pictures")),
            Map.entry("bench", Set.of("checking", "slices", "projection", "names", "memory", "cache"))));

    private static final int MOST_CLASSES = 15;

    @ArchTest
    static void roomsUseWhatTheySayTheyUse(JavaClasses classes) {
        Set<String> surprises = new TreeSet<>();
        for (JavaClass user : classes) {
            String room = roomOf(user);
            if (!room.isEmpty()) {
                user.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(used -> !roomOf(used).isEmpty() && !roomOf(used).equals(room))
                        .filter(used -> !ROOMS.getOrDefault(room, Set.of()).contains(roomOf(used)))
                        .forEach(used -> surprises.add(user.getName() + " of " + room + " uses " + used.getName()));
            }
        }
        assertThat(surprises)
                .as("what a room may use is in this test and in its package-info")
                .isEmpty();
    }

    @ArchTest
    static void roomsAreKnownExplainedAndSmall(JavaClasses classes) {
        Map<String, List<String>> found = classes.stream()
                .filter(one -> !roomOf(one).isEmpty() && one.isTopLevelClass())
                .collect(Collectors.groupingBy(
                        LayersTest::roomOf,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
        assertThat(found.keySet()).isEqualTo(ROOMS.keySet());
        found.forEach((room, names) -> {
            assertThat(names)
                    .as("%s says in a package-info what may be in it", room)
                    .contains("package-info");
            assertThat(names).as("classes of %s", room).hasSizeLessThanOrEqualTo(MOST_CLASSES + 1);
        });
    }

    /** Returns the name of the conformance engine's package that a class is in; empty if it is in none. */
    private static String roomOf(JavaClass one) {
        String prefix = "dev.faultline.conformance.";
        return one.getPackageName().startsWith(prefix) ? one.getPackageName().substring(prefix.length()) : "";
    }

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("dev.faultline.conformance.(*)..").should().beFreeOfCycles();
}
