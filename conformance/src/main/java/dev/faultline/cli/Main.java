package dev.faultline.cli;

import dev.faultline.spec.model.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * {@code faultline}: finds the command and runs it. A new command is one more class in the list below; options and exit
 * statuses that all commands have, and what becomes of exceptions, it gets from here.
 */
@Command(
        name = "faultline",
        description = "A virtual-disk mapping protocol: its specification, its code, and what holds the code against "
                + "the specification.",
        subcommands = {
            BenchCommand.class,
            CheckCommand.class,
            ConformCommand.class,
            DocsCommand.class,
            MutantsCommand.class,
            ValidateCommand.class,
            VerifyCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            ExitStatus.EXPECTED + ":as expected",
            ExitStatus.UNEXPECTED + ":a verdict or a figure that was not expected",
            ExitStatus.UNUSABLE + ":input or usage that cannot be used",
            ExitStatus.BUG + ":a fault of Faultline's own"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT)
public final class Main {
    @Option(
            names = Failures.DEBUG,
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a fault of Faultline's own.")
    private boolean debug;

    private Main() {}

    /** Runs the command that the arguments name, and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        Output err = Output.err();
        int status = ExitStatus.UNUSABLE;
        try {
            Output out = Output.out();
            status = commandLine().setOut(out.writer()).setErr(err.writer()).execute(arguments);
            Optional<String> lost = out.finish();
            boolean readerGone = lost.filter(Output::isReaderGone).isPresent();
            if (lost.isPresent() && !readerGone) {
                Failures.tell(err.writer(), "cannot write to standard output: " + lost.get());
            }
            // A verdict that something is wrong stands though nobody reads the rest of it.
            if (lost.isPresent() && !(readerGone && status == ExitStatus.UNEXPECTED)) {
                status = Math.max(status, ExitStatus.UNUSABLE);
            }
        } catch (Error e) {
            status = Failures.tell(err.writer(), e);
        }
        err.finish();
        System.exit(status);
    }

    /** Returns whether the user wants to see more than one line of a fault. */
    boolean isDebugging() {
        return debug;
    }

    /** Returns the command line with all its commands. */
    static CommandLine commandLine() {
        Failures failures = new Failures();
        return new CommandLine(new Main())
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The version of the build, which Maven leaves in the jar of the specification. */
    static final class Version implements IVersionProvider {
        private static final String PROPERTIES = "/META-INF/maven/dev.faultline/faultline-spec/pom.properties";

        @Override
        public String[] getVersion() throws IOException {
            return new String[] {
                "Faultline " + built(),
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
            };
        }

        private static String built() throws IOException {
            try (@Nullable InputStream content = Manifest.class.getResourceAsStream(PROPERTIES)) {
                Properties properties = new Properties();
                if (content != null) {
                    properties.load(content);
                }
                return properties.getProperty("version", "(not packaged)");
            }
        }
    }
}
