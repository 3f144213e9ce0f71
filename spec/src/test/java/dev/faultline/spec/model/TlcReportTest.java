package dev.faultline.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.model.TlcMessage.Kind;
import org.junit.jupiter.api.Test;

/** What is hard to make TLC say on purpose, or is said by other versions of it. */
class TlcReportTest {
    private final TlcReport report = new TlcReport();

    private void add(int code, Kind kind, String text) {
        report.add(new TlcMessage(code, kind, text));
    }

    @Test
    void givesAnErrorTheInnermostPlaceThatTlcNames() {
        add(2113, Kind.ERROR, "Evaluating action property P failed.\nAttempted to compare 1 with \"a\"");
        add(2103, Kind.ERROR, """
                The error occurred when TLC was evaluating the nested
                expressions at the following positions:
                0. Line 18, column 14 to line 18, column 25 in Counter
                1. Line 19, column 15 to line 19, column 22 in Counter""");
        assertThat(report.error())
                .hasValue("Counter.tla line 19: Evaluating action property P failed. "
                        + "Attempted to compare 1 with \"a\"");
    }

    @Test
    void keepsTheFirstErrorAndLeavesOutHowItWasThrown() {
        add(1000, Kind.ERROR, """
                TLC threw an unexpected exception.
                This was probably caused by an error in the spec or model.
                See the User Output or TLC Console for clues to what happened.
                The exception was a java.lang.RuntimeException
                : the disk is full""");
        add(1001, Kind.ERROR, "Java ran out of memory.");
        assertThat(report.error()).hasValue("the disk is full");
        assertThat(report.exploring()).isFalse();
    }

    @Test
    void passesOverWarningsAndWhatItDoesNotKnow() {
        add(2401, Kind.WARNING, "Please run the Java VM with another collector.");
        add(9999, Kind.NONE, "News.");
        assertThat(report.error()).isEmpty();
        assertThat(report.violation()).isEmpty();
        assertThat(report.ended()).isFalse();
    }

    @Test
    void readsNumbersWithAndWithoutCommas() {
        add(2199, Kind.NONE, "1,171,856 states generated, 41934 distinct states found, 0 states left on queue.");
        assertThat(report.generated()).hasValue(1_171_856);
        assertThat(report.distinct()).hasValue(41_934);
    }

    @Test
    void takesTheNameOfATemporalPropertyWhereTlcTells() {
        add(2116, Kind.ERROR, "Temporal properties were violated.");
        assertThat(report.violation().orElseThrow().property()).isEmpty();
        add(2116, Kind.ERROR, "Temporal property Arrives was violated.");
        assertThat(report.violation().orElseThrow().property()).hasValue("Arrives");
    }

    @Test
    void keepsTheLastCountsOfActions() {
        String up = "<Up line 8, col 1 to line 8, col 2 of module Counter>: ";
        add(2201, Kind.NONE, "The coverage statistics at 2026-01-01 10:00:00");
        add(2772, Kind.NONE, up + "1:1");
        add(2201, Kind.NONE, "The coverage statistics at 2026-01-01 11:00:00");
        add(2772, Kind.NONE, up + "3:3");
        assertThat(report.actions()).containsExactly(up + "3:3");
    }
}
