package dev.faultline.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
}
