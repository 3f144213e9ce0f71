package dev.faultline.conformance.cache;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files that may be lost at any time. A file has a key, and a checksum over all of it; it is replaced as a whole,
 * so that processes do not disturb each other. Of bounded size: the files that were not used for the longest time go first.
 *
 * <p>The checksum is against damage. Who can write to the folder can also replace the program; so a file counts for nothing
 * that others than the user might have written. Nothing here throws because of what is in the folder. For any threads.
 */
public final class CacheFolder {
    /** Names the folder, in place of the user's; nothing is kept if it is empty. */
    private static final String PROPERTY = "faultline.cache";

    private static final byte[] MAGIC = "faultline cache 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SUFFIX = ".cache";
    private static final String UNFINISHED = ".new";
    private static final int MOST_FILES = 32;
    private static final long MOST_BYTES = 1L << 27;
    private static final int MOST_BYTES_OF_A_FILE = 1 << 25;
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;

    /** Keeps files in a folder, which need not exist yet. */
    public CacheFolder(Path folder) {
        this.folder = folder;
    }

    /** Returns the user's, where the system has such folders; none if the system does not say where that is. */
    public static Optional<CacheFolder> ofUser() {
        String named = System.getProperty(PROPERTY);
        if (named != null && named.isEmpty()) {
            return Optional.empty();
        }
        try {
            return (named == null
                            ? of(
                                    System.getProperty("os.name", ""),
                                    Path.of(System.getProperty("user.home", "")),
                                    System.getenv()::get)
                            : Optional.of(Path.of(named)))
                    .map(CacheFolder::new);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Returns the folder on a system, given its environment. */
    static Optional<Path> of(String system, Path home, UnaryOperator<@Nullable String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        String local = environment.apply(name.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        Path base;
        if (local != null && Path.of(local).isAbsolute()) {
            base = Path.of(local);
        } else if (!home.isAbsolute() || name.startsWith("windows")) {
            return Optional.empty();
        } else {
            base = home.resolve(name.startsWith("mac") ? "Library/Caches" : ".cache");
        }
        return Optional.of(base.resolve("faultline"));
    }

    /** Returns what was kept under a key, if it is there as it was written. */
    public Optional<ByteBuffer> read(Digest key) {
        Path file = file(key);
        try {
            if (!isOfTheUserAlone(folder)
                    || !isOfTheUserAlone(file)
                    || !Files.isRegularFile(file) // a pipe would be waited for
                    || Files.size(file) > MOST_BYTES_OF_A_FILE) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            int head = MAGIC.length + Digest.BYTES;
            if (bytes.limit() < head + Digest.BYTES) {
                return Optional.empty();
            }
            ByteBuffer sealed = bytes.slice(0, bytes.limit() - Digest.BYTES);
            ByteBuffer seal = bytes.slice(sealed.limit(), Digest.BYTES);
            if (!sealed.slice(0, head).equals(head(key))
                    || !seal.equals(Digest.of(sealed.duplicate()).bytes())) {
                return Optional.empty();
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Optional.of(sealed.slice(head, sealed.limit() - head).asReadOnlyBuffer());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Keeps bytes under a key in place of what was there, if that can be done. */
    public void write(Digest key, ByteBuffer content) {
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + 2 * Digest.BYTES + content.remaining());
        if (bytes.limit() > MOST_BYTES_OF_A_FILE) {
            return;
        }
        bytes.put(head(key)).put(content.duplicate());
        bytes.put(Digest.of(bytes.duplicate().flip()).bytes());
        Path unfinished = null;
        try {
            makeFolder();
            if (!isOfTheUserAlone(folder)) {
                return;
            }
            unfinished = Files.createTempFile(folder, "", UNFINISHED);
            Files.write(unfinished, bytes.array());
            Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            tidy();
        } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
            if (unfinished != null) {
                delete(unfinished);
            }
        }
    }

    /** Lets go of what is kept under a key. */
    public void forget(Digest key) {
        delete(file(key));
    }

    private static ByteBuffer head(Digest key) {
        return ByteBuffer.allocate(MAGIC.length + Digest.BYTES)
                .put(MAGIC)
                .put(key.bytes())
                .flip();
    }

    private Path file(Digest key) {
        return folder.resolve(key + SUFFIX);
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Returns whether nobody but the user can have written it, where the file system tells. */
    private static boolean isOfTheUserAlone(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Files.exists(path);
        }
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,permissions");
        Set<?> permissions = (Set<?>) attributes.get("permissions");
        return permissions != null
                && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE)
                && attributes.get("uid") instanceof Integer owner
                && owner == user();
    }

    /** Returns the user's number, or -1 if the system does not tell. */
    private static long user() {
        try {
            return new UnixSystem().getUid();
        } catch (LinkageError e) {
            return -1;
        }
    }

    private void tidy() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX)
                            || file.toString().endsWith(UNFINISHED) && age(file).compareTo(ABANDONED) > 0)
                    .sorted(Comparator.comparing(CacheFolder::age))
                    .toList();
        }
        long bytes = 0;
        for (int i = 0; i < files.size(); i++) {
            bytes += Files.size(files.get(i));
            if (i >= MOST_FILES || bytes > MOST_BYTES || files.get(i).toString().endsWith(UNFINISHED)) {
                delete(files.get(i));
            }
        }
    }

    private static Duration age(Path file) {
        try {
            return Duration.between(
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant(), Instant.now());
        } catch (IOException e) {
            return Duration.ZERO; // somebody else has removed it
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It stays, and is passed over.
        }
    }
}
