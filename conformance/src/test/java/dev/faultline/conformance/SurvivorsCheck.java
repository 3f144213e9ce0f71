package dev.faultline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Run by the profile {@code pit} alone, after PIT: what no test saw is what {@code docs/survivors.md} explains. */
class SurvivorsCheck {
    @Test
    void everySurvivorIsExplainedAndWhatIsExplainedSurvives() throws Exception {
        List<String> reported = Survivors.reported();
        List<String> listed = Survivors.listed();
        assertThat(without(reported, listed))
                .as("changes of the cores that no test sees: write a test, or add the lines to %s", Survivors.PAGE)
                .isEmpty();
        assertThat(without(without(listed, reported), Survivors.tooSlow()))
                .as("lines of %s to be taken out: a test sees them now, or they are gone", Survivors.PAGE)
                .isEmpty();
    }

    private static List<String> without(List<String> all, List<String> some) {
        List<String> rest = new ArrayList<>(all);
        some.forEach(rest::remove);
        return rest;
    }
}
