package dev.faultline.conformance.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
    private static final Digest KEY = new Digest.Builder().add("a key").build();
    private static final ByteBuffer CONTENT = ByteBuffer.wrap("content".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path parent;

    private Path folder() {
        return parent.resolve("deep/er");
    }

    private CacheFolder cache() {
        return new CacheFolder(folder());
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void whatIsKeptIsThereForItsKeyAlone() throws IOException {
        assertThat(cache().read(KEY)).isEmpty();
        cache().write(KEY, CONTENT);
        assertThat(cache().read(KEY)).hasValue(CONTENT);
        Digest other = new Digest.Builder().add("another").build();
        assertThat(cache().read(other)).isEmpty();
        Files.copy(onlyFile(), folder().resolve(other + ".cache"));
        assertThat(cache().read(other)).as("the file of another key").isEmpty();
        cache().forget(KEY);
        assertThat(cache().read(KEY)).isEmpty();
    }

    @Test
    void whateverByteIsDamagedItIsAsIfNothingWereThere() throws IOException {
        cache().write(KEY, CONTENT);
        Path file = onlyFile();
        byte[] right = Files.readAllBytes(file);
        for (int i = 0; i < right.length; i++) {
            byte[] wrong = right.clone();
            wrong[i] = (byte) (wrong[i] ^ 1 << i % 8);
            Files.write(file, wrong);
            assertThat(cache().read(KEY)).as("byte %d flipped", i).isEmpty();
            Files.write(file, java.util.Arrays.copyOf(right, i));
            assertThat(cache().read(KEY)).as("cut after %d bytes", i).isEmpty();
        }
        Files.write(file, java.util.Arrays.copyOf(right, right.length + 1));
        assertThat(cache().read(KEY)).as("a byte more").isEmpty();
        Files.write(file, right);
        assertThat(cache().read(KEY)).hasValue(CONTENT);
    }

    @Test
    void whatOthersMayHaveWrittenCountsForNothing() throws IOException {
        assumeTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"), "no such permissions here");
        cache().write(KEY, CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(onlyFile(), PosixFilePermissions.fromString("rw-rw----"));
        assertThat(cache().read(KEY)).isEmpty();
        Files.setPosixFilePermissions(onlyFile(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(cache().read(KEY)).hasValue(CONTENT);
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwx---rwx"));
        assertThat(cache().read(KEY)).isEmpty();
    }

    /** Who reads a pipe waits until somebody writes. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeCountsForNothing() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo here");
        cache().write(KEY, CONTENT);
        Path file = onlyFile();
        Files.delete(file);
        new ProcessBuilder("/usr/bin/mkfifo", "-m", "600", file.toString())
                .start()
                .waitFor();
        assertThat(cache().read(KEY)).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsNotKeptAndNobodyIsTold() throws IOException {
        Files.createDirectories(parent.resolve("deep"));
        Files.writeString(folder(), "a file in place of the folder");
        cache().write(KEY, CONTENT);
        assertThat(cache().read(KEY)).isEmpty();
        Files.delete(folder());
        cache().write(KEY, ByteBuffer.allocate(1 << 26));
        assertThat(folder()).as("too much").doesNotExist();
    }

    @Test
    void theFolderDoesNotGrowForEver() throws IOException {
        for (int i = 0; i < 50; i++) {
            cache().write(new Digest.Builder().add("key " + i).build(), CONTENT);
        }
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).hasSize(32);
        }
    }

    @Test
    void writersDoNotDisturbEachOtherNorReaders() {
        List<ByteBuffer> contents = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            contents.add(ByteBuffer.wrap(new byte[100_000 + i]));
        }
        cache().write(KEY, contents.get(0));
        List<CompletableFuture<Void>> writers = contents.stream()
                .map(content -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 50).forEach(i -> cache().write(KEY, content))))
                .toList();
        do {
            Optional<ByteBuffer> read = cache().read(KEY);
            assertThat(read).isPresent();
            assertThat(contents).contains(read.get());
        } while (!writers.stream().allMatch(CompletableFuture::isDone));
        writers.forEach(CompletableFuture::join);
    }

    @Test
    void eachSystemHasItsPlaceForSuchFolders() {
        Path home = parent.toAbsolutePath();
        Map<String, String> set = Map.of("XDG_CACHE_HOME", home + "/xdg", "LOCALAPPDATA", home + "/local");
        assertThat(CacheFolder.of("Linux", home, name -> null)).hasValue(home.resolve(".cache/faultline"));
        assertThat(CacheFolder.of("Linux", home, set::get)).hasValue(home.resolve("xdg/faultline"));
        assertThat(CacheFolder.of("Linux", home, name -> "relative")).hasValue(home.resolve(".cache/faultline"));
        assertThat(CacheFolder.of("Mac OS X", home, name -> null)).hasValue(home.resolve("Library/Caches/faultline"));
        assertThat(CacheFolder.of("Windows 11", home, set::get)).hasValue(home.resolve("local/faultline"));
        assertThat(CacheFolder.of("Windows 11", home, name -> null)).isEmpty();
        assertThat(CacheFolder.of("Linux", Path.of(""), name -> null)).isEmpty();
    }
}
