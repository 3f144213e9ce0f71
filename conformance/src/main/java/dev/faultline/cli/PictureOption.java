package dev.faultline.cli;

import dev.faultline.spec.picture.SequenceDiagram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the picture of a rejection goes, for the commands that may have one. */
final class PictureOption {
    @Option(
            names = "--picture",
            paramLabel = "FILE.svg",
            converter = OutputFile.Converter.class,
            description = "if something is rejected, draw the last events before it there")
    private @Nullable OutputFile file;

    /** Writes the picture, if one is wanted. */
    void write(SequenceDiagram picture) {
        if (file != null) {
            file.write(picture.svg());
        }
    }
}
