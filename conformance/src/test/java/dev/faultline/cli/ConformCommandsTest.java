package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The strengths by hand. */
class ConformCommandsTest {
    @Test
    void exhaustiveListsItsScenarios() {
        Run run = Run.of("conform", "exhaustive", "--list");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("snapshot-of-snapshot", "quiesce", "agent-crash", "controller-crash");
    }

    @Test
    void exhaustiveReportsStatesStepsOutcomesAndWhatIsNeverTaken() {
        Run run = Run.of("conform", "exhaustive", "one-agent-controller-crash");
        assertThat(run.out())
                .contains("1889 states", "5847 steps", "all allowed", "Recover", "never takes", "BeginCopy");
        assertThat(run.status()).isZero();
    }

    @Test
    void exhaustiveEndsWithOneAndTheEventsWhenAStepIsRefused() {
        Run run = Run.of("conform", "exhaustive", "one-agent-controller-crash", "--mutant", "serve-before-told");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("\"action\":\"Recover\"", "ServesOnlyWhenAllAnswered");
    }

    @Test
    void guidedSaysHowFarTheCodeFollowed() {
        Run run = Run.of("conform", "guided", "--walks", "1", "--steps", "50");
        assertThat(run.out()).contains("followed: ", "refused");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "exhaustive,nonsense,there is no scenario nonsense",
        "exhaustive,--workers=0,--workers must be at least 1",
        "exhaustive,--mutant=nobody,there is no mutant 'nobody'",
        "guided,--walks=0,--walks and --steps must be at least 1",
        "tampered,--each=0,--traces and --each must be at least 1",
        "live,--input=no-such-file,no-such-file: there is no such file",
        "random,--losses=-1,cannot be counted by negative numbers"
    })
    void whatCannotBeUsedIsSaidInOneLine(String strength, String argument, String message) {
        Run run = Run.of("conform", strength, argument);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}
