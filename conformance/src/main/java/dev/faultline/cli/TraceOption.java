package dev.faultline.cli;

import dev.faultline.conformance.schedules.SimulatedRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the trace of a simulated run goes. */
final class TraceOption {
    @Option(
            names = "--trace",
            paramLabel = "FILE",
            converter = OutputFile.Converter.class,
            description = "write the last run's events there")
    private @Nullable OutputFile file;

    /** Writes the events, if they are wanted. */
    void write(SimulatedRun run) {
        if (file != null) {
            file.write(String.join("\n", run.lines()) + "\n");
        }
    }
}
