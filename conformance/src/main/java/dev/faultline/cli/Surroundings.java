package dev.faultline.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the machine refuses: a disk that is full, a file that vanishes, too little memory. That is no fault of Faultline's
 * own, wherever in the running system it was met.
 */
final class Surroundings {
    /** What operating systems say, in English, as the JVM passes it on. */
    private static final List<String> OF_DISKS = List.of(
            "No space left on device",
            "not enough space on the disk",
            "Disk quota exceeded",
            "File too large",
            "Read-only file system",
            "Too many open files",
            "Input/output error",
            "Stale file handle");

    private static final int SQLITE_IOERR = 10;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANTOPEN = 14;
    private static final int LOW_BYTE = 0xff;

    private Surroundings() {}

    /** Returns what the machine refused, in a line, if that is what is behind an exception. */
    static Optional<String> refusal(Throwable thrown) {
        return causes(thrown)
                .map(Surroundings::refusalOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return ExceptionUtils.getThrowableList(thrown).stream()
                .flatMap(each -> Stream.concat(Stream.of(each), Stream.of(each.getSuppressed())));
    }

    private static Optional<String> refusalOf(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return Optional.of(memory());
        } else if (cause instanceof FileSystemException file) {
            return Optional.of(messageOf(file));
        } else if (cause instanceof IOException && isOfDisks(cause.getMessage())) {
            return Optional.of("cannot write: " + cause.getMessage());
        } else if (cause instanceof SQLException sql && isOfDisks(sql)) {
            return Optional.of("cannot keep the tables: " + sql.getMessage());
        } else if (cause.getClass().getSimpleName().equals("NativeLibraryNotFoundException")) {
            return Optional.of("SQLite's library cannot be unpacked to " + System.getProperty("java.io.tmpdir")
                    + ": is there room, and may it be written?");
        }
        return Optional.empty();
    }

    /** Returns what to say when there is not enough memory. */
    static String memory() {
        return "there is not enough memory: it may take "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; FAULTLINE_XMX=8g, say, lets it take more";
    }

    private static boolean isOfDisks(@Nullable String message) {
        return message != null && OF_DISKS.stream().anyMatch(message::contains);
    }

    private static boolean isOfDisks(SQLException sql) {
        int code = sql.getErrorCode() & LOW_BYTE;
        return code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_CANTOPEN;
    }

    private static String messageOf(FileSystemException exception) {
        if (exception instanceof NoSuchFileException) {
            return "there is no file " + exception.getFile();
        }
        if (exception instanceof AccessDeniedException) {
            return "no access to " + exception.getFile();
        }
        return String.valueOf(exception.getMessage());
    }
}
