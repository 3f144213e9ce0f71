package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are there as a whole, and no other file is touched. */
class WholeFileTest {
    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFileOfSomebodyElseWithANameLikeItStays() throws IOException {
        Path theirs = Files.writeString(folder.resolve("page.md.part"), "theirs");
        WholeFile.write(folder.resolve("page.md"), "ours");
        assertThat(theirs).hasContent("theirs");
        assertThat(folder.resolve("page.md")).hasContent("ours");
        assertThat(names()).containsExactly("page.md", "page.md.part");
    }

    @Test
    void nothingIsLeftOfAFileThatCannotBeWritten() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Files.writeString(taken.resolve("inside"), "");
        assertThatThrownBy(() -> WholeFile.write(taken, "ours")).isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("taken");
    }
}
