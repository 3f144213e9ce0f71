package dev.faultline.cli;

import dev.faultline.conformance.parts.Parts;
import dev.faultline.conformance.verify.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    @Spec
    private CommandSpec spec;

    @ArgGroup
    private @Nullable Depth depth;

    /** How much is done. */
    static final class Depth {
        @Option(names = "--quick", description = "what takes a minute or two (the default)")
        @SuppressWarnings("UnusedVariable") // It is there to be said, and not together with --full.
        private boolean quick;

        @Option(names = "--full", description = "everything")
        private boolean full;
    }

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "the file to move through a virtual disk (default: of the running JDK the virtual machine, some "
                            + "20 MB; with --full, lib/modules, more than 100 MB)")
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
        boolean full = depth != null && depth.full;
        Path file = input == null ? fileOfJdk(full) : input;
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), file + ": there is no such file, or it cannot be read");
        }
        if (keptTrace != null && Files.exists(keptTrace)) {
            throw new ParameterException(spec.commandLine(), keptTrace + ": there is something already");
        }
        long begin = System.nanoTime();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        VerifyReport rows = new VerifyReport(out);
        Job job = new Job(full, Home.path(), file, Optional.ofNullable(keptTrace));
        try (Progress progress = new Progress("check", job.models().size(), err)) {
            Parts.of(job, result -> progress.step(CheckReport.line(result))).run(rows::add);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        OutputFile page =
                report == null ? new OutputFile(Home.path().resolve("conformance/target/verify.html")) : report;
        page.write(rows.html(full ? "--full" : "--quick", seconds));
        out.printf(Locale.ROOT, "%n%s%nreport: %s%n", rows.summary(seconds), page.path());
        out.flush();
        return rows.isOk() ? ExitStatus.EXPECTED : ExitStatus.UNEXPECTED;
    }

    /** Returns a file that every JDK has, of real data: the larger is five times as large. */
    private static Path fileOfJdk(boolean large) {
        Path home = Path.of(System.getProperty("java.home"));
        String machine = System.mapLibraryName("jvm");
        Path modules = home.resolve("lib/modules");
        return Stream.of(
                        home.resolve("lib/server").resolve(machine),
                        home.resolve("bin/server").resolve(machine))
                .filter(file -> !large && Files.isRegularFile(file))
                .findFirst()
                .orElse(modules);
    }
}
