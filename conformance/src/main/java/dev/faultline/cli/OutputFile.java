package dev.faultline.cli;

import dev.faultline.spec.model.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file that an option names and a command will write: one that cannot be written is refused before anything runs. */
record OutputFile(Path path) {
    /** Writes the file, as a whole or not at all; {@link UnusableInputException} if that has become impossible. */
    void write(String text) {
        try {
            WholeFile.write(path, text);
        } catch (IOException e) {
            throw new UnusableInputException("cannot write " + path + ": " + e.getMessage());
        }
    }

    /** For {@code @Option(converter = …)}. */
    static final class Converter implements ITypeConverter<OutputFile> {
        @Override
        public OutputFile convert(String value) {
            Path file = Path.of(value);
            Path folder = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || folder == null) {
                throw refused(value, "it is a folder");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw refused(value, "it is no file");
            }
            if (!Files.isDirectory(folder)) {
                throw refused(value, "there is no folder " + folder);
            }
            if (!Files.isWritable(folder)) {
                throw refused(value, "nothing can be written to the folder " + folder);
            }
            return new OutputFile(file);
        }

        private static TypeConversionException refused(String file, String why) {
            return new TypeConversionException("cannot write '" + file + "': " + why);
        }
    }
}
