package dev.faultline.cli;

import dev.faultline.conformance.SimulatedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the trace of a simulated run goes. */
final class TraceOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--trace", paramLabel = "FILE", description = "write the last run's events there")
    private @Nullable Path file;

    /** Writes the events, if they are wanted; {@link ParameterException} if they cannot be written. */
    void write(SimulatedRun run) {
        if (file == null) {
            return;
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file + ": it is no file");
        }
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try {
                Files.write(part, run.lines());
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file + ": there is no such folder", e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
