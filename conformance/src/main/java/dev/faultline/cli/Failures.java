package dev.faultline.cli;

import dev.faultline.conformance.anyspec.UnusableLineException;
import dev.faultline.spec.engine.SpecLoadException;
import dev.faultline.spec.model.ManifestException;
import dev.faultline.trace.UnusableTraceException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a user sees of an exception, the same for all commands: one line, and an exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final String DEBUG = "--debug";

    /** The exceptions that say in one line what of the input cannot be used. Add yours here. */
    private static final List<Class<? extends Exception>> UNUSABLE = List.of(
            UnusableInputException.class,
            UnusableTraceException.class,
            UnusableLineException.class,
            ManifestException.class,
            SpecLoadException.class);

    /** Tells of a wrong option or argument, also of one that a command finds wrong only when it runs. */
    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        tell(
                command.getErr(),
                String.format(
                        Locale.ROOT,
                        "%s; see '%s --help'",
                        messageOf(exception),
                        command.getCommandSpec().qualifiedName()));
        return ExitStatus.UNUSABLE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Exception real = unwrapped(exception);
        if (UNUSABLE.stream().anyMatch(type -> type.isInstance(real)) && !isOutOfMemory(real)) {
            tell(err, String.valueOf(real.getMessage()));
            return ExitStatus.UNUSABLE;
        }
        Optional<String> refusal = Surroundings.refusal(exception);
        if (refusal.isPresent()) {
            tell(err, refusal.get());
            return ExitStatus.UNUSABLE;
        }
        if (((Main) command.getCommandSpec().root().userObject()).isDebugging()) {
            exception.printStackTrace(err);
        }
        tell(
                err,
                String.format(
                        Locale.ROOT, "this is a fault of Faultline's own: %s (%s shows where)", exception, DEBUG));
        return ExitStatus.BUG;
    }

    /**
     * Tells of what no command catches, and returns the exit status for it; the JVM's own would be a verdict's.
     *
     * @throws LinkageError if it is one, of a class that is missing or damaged, and not of one that failed to begin
     */
    static int tell(PrintWriter err, Error error) {
        Optional<String> refusal = Surroundings.refusal(error); // the JDK wraps it where it makes code
        if (refusal.isPresent()) {
            tell(err, refusal.get());
            return ExitStatus.UNUSABLE;
        } else if (error instanceof LinkageError unusable && !(error instanceof ExceptionInInitializerError)) {
            throw unusable;
        }
        tell(err, "this is a fault of Faultline's own: " + error);
        return ExitStatus.BUG;
    }

    /** Prints a complaint on one line. */
    static void tell(PrintWriter err, String message) {
        err.println("faultline: " + StringUtils.normalizeSpace(message));
        err.flush();
    }

    private static boolean isOutOfMemory(Exception exception) {
        return ExceptionUtils.indexOfType(exception, OutOfMemoryError.class) >= 0;
    }

    private static Exception unwrapped(Exception exception) {
        return exception instanceof UncheckedIOException unchecked && unchecked.getCause() != null
                ? unchecked.getCause()
                : exception;
    }

    private static String messageOf(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !exception.getCommandLine().getSubcommands().isEmpty()) {
            return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        String message = String.valueOf(exception.getMessage());
        // A sentence of picocli's, not the name of a file.
        return message.matches("(?s)[A-Z][a-z]+ .*") ? StringUtils.uncapitalize(message) : message;
    }
}
