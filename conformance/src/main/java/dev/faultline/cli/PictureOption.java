package dev.faultline.cli;

import dev.faultline.spec.picture.SequenceDiagram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the picture of a rejection goes, for the commands that may have one. */
final class PictureOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--picture",
            paramLabel = "FILE.svg",
            description = "if something is rejected, draw the last events before it there")
    private @Nullable Path file;

    /** Writes the picture, if one is wanted; {@link ParameterException} if it cannot be written. */
    void write(SequenceDiagram picture) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, picture.svg());
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
