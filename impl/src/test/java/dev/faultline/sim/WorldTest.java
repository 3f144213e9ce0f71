package dev.faultline.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.core.Rules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens in a simulated system as a whole, one thing after the other. */
class WorldTest {
    private final World world = new World(List.of("a1", "a2"), List.of("disk"), 1, 1, Rules.ALL);

    private List<Event> toTheEnd() {
        List<Event> events = new ArrayList<>();
        for (List<Move> moves = world.moves(); !moves.isEmpty(); moves = world.moves()) {
            events.add(moves.get(0).in(world).event());
        }
        return events;
    }

    /** It has an entry that says so, and nobody tells it of another one any more. */
    @Test
    void anAgentThatIsGivenUpReturnsNoZerosOfASegmentThatWasEmpty() {
        world.create("new");
        world.read("h1", "a1", "new", 0, 0);
        assertThat(toTheEnd()).contains(new Event.Complete("h1", World.ZERO));
        world.fence("a1");
        world.write("h2", "a2", "new", 0, 0, new Content(7));
        assertThat(toTheEnd()).contains(new Event.Complete("h2", new Content(7)));
        world.read("h1", "a1", "new", 0, 0);
        assertThat(toTheEnd()).contains(new Event.Refuse("h1")).doesNotContain(new Event.Complete("h1", World.ZERO));
    }
}
