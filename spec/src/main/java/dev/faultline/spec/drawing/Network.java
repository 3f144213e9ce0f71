package dev.faultline.spec.drawing;

import dev.faultline.spec.picture.SequenceDiagram.Arrow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages between controller and agents. A message with the field {@code to} is a command to that agent; any other is
 * to the controller, from the agent that it names or whose command it answers.
 */
final class Network {
    /** The variable that holds how many copies of each message are on their way. */
    static final String NET = "net";

    private Network() {}

    /** Returns an arrow for every message of which there are more than before. */
    static List<Arrow> sent(@Nullable Object before, @Nullable Object after) {
        List<Arrow> arrows = new ArrayList<>();
        forEachMore(
                before,
                after,
                (message, more) -> agent(message).ifPresent(agent -> {
                    String copies = more == 1 ? "" : " (" + more + " copies)";
                    String words = Words.bare(Plain.function(message).orElseThrow()) + copies;
                    boolean command = Plain.at(message, "to").isPresent();
                    arrows.add(
                            command
                                    ? new Arrow(Drawer.CONTROLLER, agent, words)
                                    : new Arrow(agent, Drawer.CONTROLLER, words));
                }));
        return arrows;
    }

    /** Returns every message of which there are fewer than before, in words. */
    static List<String> gone(@Nullable Object before, @Nullable Object after) {
        List<String> messages = new ArrayList<>();
        forEachMore(after, before, (message, more) -> messages.add(Words.value(message)));
        return messages;
    }

    /** Returns who gets a message; empty if it is none. */
    static Optional<String> receiver(Object message) {
        return agent(message).map(agent -> Plain.at(message, "to").isPresent() ? agent : Drawer.CONTROLLER);
    }

    private static Optional<String> agent(Object message) {
        return Plain.record(message, "type")
                .flatMap(fields -> Plain.at(fields, "to")
                        .or(() -> Plain.at(fields, "agent"))
                        .or(() -> Plain.at(fields.get("command"), "to")))
                .map(Words::value);
    }

    private static void forEachMore(@Nullable Object old, @Nullable Object now, BiConsumer<Object, Integer> action) {
        Map<Object, Object> counts = Plain.function(old).orElse(Map.of());
        Plain.function(now).orElse(Map.of()).forEach((message, count) -> {
            int more = number(count) - number(counts.get(message));
            if (more > 0) {
                action.accept(message, more);
            }
        });
    }

    private static int number(@Nullable Object count) {
        return count instanceof Integer number ? number : 0;
    }
}
