package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                   | missing required subcommand; see 'faultline --help'
            chek                 | there is no command 'chek'; see 'faultline --help'
            --foo                | unknown option: '--foo'; see 'faultline --help'
            check --foo          | unknown option: '--foo'; see 'faultline check --help'
            check --workers 0    | invalid value for option '--workers': it must be at least 1, not 0; see 'faultline check --help'
            check --port 99999   | --port must be from 1 to 65535, not 99999; see 'faultline check --help'
            check --workers 257  | invalid value for option '--workers': it must be at most 256, not 257; see 'faultline check --help'
            check --counterexamples pom.xml | --counterexamples is for a folder, and pom.xml is none; see 'faultline check --help'
            check --suite foo    | invalid value for option '--suite': there is no suite 'foo'; there are quick, full; see 'faultline check --help'
            check --workers many | invalid value for option '--workers': 'many' is not an int; see 'faultline check --help'
            validate             | missing required parameter: 'TRACE'; see 'faultline validate --help'
            validate /no/trace   | /no/trace: there is no such file
            """)
    void saysInOneLineWhatCannotBeUsed(String arguments, String complaint) {
        Run run = Run.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run).isEqualTo(new Run(ExitStatus.UNUSABLE, "", "faultline: " + complaint + "\n"));
    }

    @Test
    void helps() {
        Run run = Run.of("--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: faultline ").contains("check", "Exit status:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void givesEveryCommandAHelpOfItsOwn() {
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            Run run = Run.of(command, "--help");
            assertThat(run.status()).as(command).isZero();
            assertThat(run.out()).startsWith("Usage: faultline " + command).contains("Exit status:");
        }
    }

    @Test
    void listsEachCommandWithAShortSentence() {
        saysInShort(Main.commandLine());
    }

    private static void saysInShort(CommandLine command) {
        String first = command.getCommandSpec().usageMessage().description()[0];
        assertThat(first).as(command.getCommandName()).endsWith(".").hasSizeLessThan(120);
        if (!command.getSubcommands().isEmpty()) {
            assertThat(command.getUsageMessage()).contains(" COMMAND\n");
            command.getSubcommands().values().forEach(MainTest::saysInShort);
        }
    }

    @Test
    void tellsItsVersion() {
        assertThat(Run.of("--version").out()).startsWith("Faultline ").contains("Java ");
    }

    @Command(name = "fail")
    static final class FailCommand implements Callable<Integer> {
        private final Exception failure;

        FailCommand(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    private static Run failing(Exception failure, String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.addSubcommand(new FailCommand(failure));
        // A subcommand that comes late gets the handlers late.
        commandLine.setExecutionExceptionHandler(commandLine.getExecutionExceptionHandler());
        return Run.of(commandLine, arguments);
    }

    @Test
    void takesWhatTheUserGaveForUnusable() {
        assertThat(failing(new UnusableInputException("a\nb"), "fail"))
                .isEqualTo(new Run(ExitStatus.UNUSABLE, "", "faultline: a b\n"));
        assertThat(failing(new NoSuchFileException("/no/trace"), "fail"))
                .isEqualTo(new Run(ExitStatus.UNUSABLE, "", "faultline: there is no file /no/trace\n"));
        IOException inside = new NoSuchFileException("/no/trace");
        assertThat(failing(new UncheckedIOException(inside), "fail").status()).isEqualTo(ExitStatus.UNUSABLE);
    }

    @Test
    void ownsUpToItsFaults() {
        Exception fault = new IllegalStateException("impossible");
        assertThat(failing(fault, "fail"))
                .isEqualTo(new Run(
                        ExitStatus.BUG,
                        "",
                        "faultline: this is a fault of Faultline's own: java.lang.IllegalStateException: impossible "
                                + "(--debug shows where)\n"));
        assertThat(failing(fault, "--debug", "fail").err()).contains("\tat dev.faultline.cli.MainTest");
    }

    /** The JVM would end with 1 if nobody caught it, which is the status of a verdict. */
    @Test
    void anErrorIsNoVerdict() {
        assertThat(failing(new OutOfMemoryError("heap")))
                .isEqualTo(new Run(ExitStatus.UNUSABLE, "", "faultline: " + Surroundings.memory() + "\n"));
        assertThat(failing(new InternalError(new OutOfMemoryError("heap"))))
                .as("as the JDK tells that it could not make a class")
                .isEqualTo(new Run(ExitStatus.UNUSABLE, "", "faultline: " + Surroundings.memory() + "\n"));
        assertThat(failing(new InternalError("odd")).status()).isEqualTo(ExitStatus.BUG);
        assertThat(failing(new ExceptionInInitializerError("odd")).err())
                .contains("a fault of Faultline's own: java.lang.ExceptionInInitializerError: odd");
        assertThatThrownBy(() -> failing(new NoClassDefFoundError("gone"))).isInstanceOf(NoClassDefFoundError.class);
    }

    private static Run failing(Error error) {
        StringWriter err = new StringWriter();
        int status = Failures.tell(new PrintWriter(err), error);
        return new Run(status, "", err.toString());
    }
}
