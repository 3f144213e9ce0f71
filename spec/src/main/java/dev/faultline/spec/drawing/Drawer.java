package dev.faultline.spec.drawing;

import dev.faultline.spec.picture.SequenceDiagram;
import dev.faultline.spec.picture.SequenceDiagram.Arrow;
import dev.faultline.spec.picture.SequenceDiagram.Mark;
import dev.faultline.spec.picture.SequenceDiagram.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sequence diagram of a behaviour of the mapping protocol. Every message that is sent is an arrow, whichever
 * action sends it. {@link KnownActions} says how else an action is told; one that is not there is a note with all that
 * it changed. For one use by one thread.
 */
public final class Drawer {
    static final String CONTROLLER = "controller";
    static final String STORAGE = "storage";

    private final List<ActionStep> steps;
    private final Set<String> agents =
            new TreeSet<>(Comparator.comparing(String::length).thenComparing(name -> name));
    private final Set<String> hosts = new LinkedHashSet<>();

    /**
     * Makes a drawer.
     *
     * @param steps the behaviour, in order
     */
    public Drawer(List<ActionStep> steps) {
        this.steps = List.copyOf(steps);
        for (ActionStep step : steps) {
            for (Map<String, Object> state : List.of(step.before(), step.after())) {
                agents.addAll(arguments(state.get("cache")));
                hosts.addAll(arguments(state.get("ios")));
            }
        }
    }

    private static List<String> arguments(@Nullable Object function) {
        return Plain.function(function).stream()
                .flatMap(values -> values.keySet().stream())
                .map(Words::value)
                .toList();
    }

    /**
     * Returns the diagram.
     *
     * @param title what this is, on one line
     * @param loop the number, from 1, of the step to which the last one leads back; empty if it does not
     * @param ending what has come of it
     */
    public SequenceDiagram draw(String title, OptionalInt loop, String ending) {
        List<SequenceDiagram.Step> drawn = IntStream.range(0, steps.size())
                .mapToObj(i -> new SequenceDiagram.Step(
                        loop.isPresent() && loop.getAsInt() == i + 1 ? "from here on it goes round, for ever" : "",
                        marks(steps.get(i))))
                .toList();
        return new SequenceDiagram(title, opening(), lanes(drawn), drawn, ending);
    }

    private String opening() {
        Object table = steps.isEmpty() ? null : steps.get(0).before().get("table");
        List<String> tables = table == null ? List.of() : Words.changes("table", Map.of(), table);
        return tables.isEmpty() ? "" : "At first " + String.join("; ", tables) + ".";
    }

    /** Hosts, agents, controller, storage, as far as something is drawn at them. */
    private List<String> lanes(List<SequenceDiagram.Step> drawn) {
        Set<String> used = drawn.stream()
                .flatMap(step -> step.marks().stream())
                .flatMap(mark -> mark.lanes().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Stream<String> known = Stream.of(hosts.stream(), agents.stream(), Stream.of(CONTROLLER, STORAGE))
                .flatMap(names -> names)
                .filter(used::contains);
        return Stream.concat(known, used.stream()).distinct().toList();
    }

    private List<Mark> marks(ActionStep step) {
        List<Arrow> sent =
                Network.sent(step.before().get(Network.NET), step.after().get(Network.NET));
        return KnownActions.marks(step, sent).orElseGet(() -> {
            List<Mark> marks = new ArrayList<>();
            marks.add(new Note(laneOf(step), everything(step)));
            marks.addAll(sent);
            return marks;
        });
    }

    /** Tells an action with all that it changed, but for the messages that were sent: they are arrows. */
    private static String everything(ActionStep step) {
        String call = Words.call(step);
        List<String> words = new ArrayList<>(List.of(call));
        for (String variable : new TreeSet<>(step.after().keySet())) {
            if (!variable.equals(Network.NET)) {
                words.addAll(Words.changes(
                        variable, step.before().get(variable), step.after().get(variable)));
            }
        }
        Network.gone(step.before().get(Network.NET), step.after().get(Network.NET)).stream()
                .filter(message -> !call.contains(message))
                .forEach(message -> words.add("no longer on its way: " + message));
        return String.join("; ", words);
    }

    /** Finds whom an action is about: the first of its arguments that is an agent, a host, or a message to somebody. */
    private String laneOf(ActionStep step) {
        for (Object argument : step.arguments()) {
            String name = Words.value(argument);
            if (agents.contains(name) || hosts.contains(name)) {
                return name;
            }
            Optional<String> receiver = Network.receiver(argument);
            if (receiver.isPresent()) {
                return receiver.get();
            }
        }
        return CONTROLLER;
    }
}
