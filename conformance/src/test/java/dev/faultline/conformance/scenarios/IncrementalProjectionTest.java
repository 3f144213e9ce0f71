package dev.faultline.conformance.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.scenarios.Scenario.Left;
import dev.faultline.conformance.scenarios.Scenario.Option;
import dev.faultline.core.Rules;
import dev.faultline.sim.World;
import dev.faultline.spec.engine.SpecState;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step has not touched is not projected again: the state must be the same as if all of it were. */
class IncrementalProjectionTest {
    private static final int MOST_STATES = 600;

    private record Place(World world, Left left, SpecState state) {}

    @ParameterizedTest
    @ValueSource(strings = {"suspicion", "deletion", "messages", "controller-crash-quiesce", "inspection"})
    void projectsWhatAStepTouched(String name) {
        Scenario scenario = Scenarios.named(Set.of(name)).get(0);
        int steps = 0;
        Set<SpecState> seen = new HashSet<>();
        ArrayDeque<Place> places = new ArrayDeque<>();
        try (StepCheck spec = new StepCheck(scenario.header())) {
            World first = scenario.world(Rules.ALL);
            places.add(new Place(first, scenario.all(), spec.state(first)));
            while (!places.isEmpty() && seen.size() < MOST_STATES) {
                Place place = places.remove();
                List<Option> options = scenario.options(place.world(), place.left());
                for (Option option : options) {
                    World copy = place.world().copy();
                    option.move().in(copy);
                    SpecState after = spec.state(copy, place.world(), place.state());
                    assertThat(after.diff(spec.state(copy))).as("%s", option).isEmpty();
                    assertThat(after).isEqualTo(spec.state(copy)).hasSameHashCodeAs(spec.state(copy));
                    steps++;
                    if (seen.add(after)) {
                        places.add(new Place(copy, option.left(), after));
                    }
                }
                // The world that was copied is as it was.
                assertThat(spec.state(place.world())).isEqualTo(place.state());
            }
        }
        assertThat(steps).isGreaterThan(MOST_STATES);
    }
}
