package dev.faultline.spec.drawing;

import dev.faultline.spec.picture.SequenceDiagram.Arrow;
import dev.faultline.spec.picture.SequenceDiagram.Mark;
import dev.faultline.spec.picture.SequenceDiagram.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** How the actions of the mapping protocol are told: the one table of them. */
final class KnownActions {
    private static final String IOS = "ios";

    private static final Map<String, Teller> TABLE = Map.ofEntries(
            Map.entry("Read", KnownActions::submit),
            Map.entry("Write", KnownActions::submit),
            Map.entry("Start", KnownActions::dispatch),
            Map.entry("Retry", KnownActions::dispatch),
            Map.entry("Perform", KnownActions::perform),
            Map.entry("Complete", KnownActions::complete),
            Map.entry("Fault", sending(Words::call)),
            Map.entry("ApplyCommand", KnownActions::apply),
            Map.entry("AnswerCommand", sending(ActionStep::shown, "cache")),
            Map.entry("ReceiveAnswer", controller()),
            Map.entry("ReceiveFault", controller()),
            Map.entry("Refresh", controller()),
            Map.entry("BeginCopy", toStorage("storage")),
            Map.entry("CopyBlock", toStorage()),
            Map.entry("CheckBlock", toStorage()),
            Map.entry("FlushCopy", toStorage()),
            Map.entry("FlushHeld", toStorage()),
            Map.entry("FlushDisks", toStorage()),
            Map.entry("LosePower", at(Drawer.STORAGE, "storage")),
            Map.entry("Reconnect", controller()),
            Map.entry("Switch", controller("table")),
            Map.entry("LiftAfterCopy", controller("table")),
            Map.entry("LiftUnshared", controller("table")),
            Map.entry("FinishJob", controller()),
            Map.entry("AskSnapshot", controller()),
            Map.entry("Freeze", controller("table")),
            Map.entry("CopyTable", controller("table")),
            Map.entry("AnswerSnapshot", controller()));

    /** Tells a step, given the messages that it sends; empty if the step is not as the teller knows it. */
    private interface Teller {
        Optional<List<Mark>> tell(ActionStep step, List<Arrow> sent);
    }

    private KnownActions() {}

    /** Returns what to draw for a step, the messages that it sends among it; empty if the action is not in the table. */
    static Optional<List<Mark>> marks(ActionStep step, List<Arrow> sent) {
        return Optional.ofNullable(TABLE.get(step.action()))
                .flatMap(teller -> teller.tell(step, sent))
                .or(() -> submitted(step).flatMap(named -> submit(named, sent)));
    }

    /** Returns the step as Read or Write if all it does is to begin an I/O: models have hosts' steps of their own. */
    private static Optional<ActionStep> submitted(ActionStep step) {
        boolean onlyIos = step.after().keySet().stream()
                .filter(variable -> !variable.equals(IOS))
                .allMatch(variable -> changes(step, variable).isEmpty());
        Map<Object, Object> before = Plain.function(step.before().get(IOS)).orElse(Map.of());
        Map<Object, Object> after = Plain.function(step.after().get(IOS)).orElse(Map.of());
        List<Object> hosts = after.keySet().stream()
                .filter(host -> !before.containsKey(host))
                .toList();
        if (!onlyIos || hosts.size() != 1 || changes(step, IOS).size() != 1) {
            return Optional.empty();
        }
        Object host = hosts.get(0);
        return Plain.at(after.get(host), "kind").map(kind -> {
            String name = StringUtils.capitalize(Words.value(kind));
            return new ActionStep(name, name, List.of(host), step.before(), step.after());
        });
    }

    private static Optional<List<Mark>> submit(ActionStep step, List<Arrow> sent) {
        return io(step, step.after())
                .map(io -> List.of(new Arrow(io.host(), io.agent(), step.shown() + " " + io.place() + io.written())));
    }

    private static Optional<List<Mark>> dispatch(ActionStep step, List<Arrow> sent) {
        return io(step, step.after())
                .map(io -> List.of(
                        new Arrow(io.agent(), Drawer.STORAGE, step.shown() + ": " + io.whose() + " at " + io.where())));
    }

    private static Optional<List<Mark>> perform(ActionStep step, List<Arrow> sent) {
        return io(step, step.after()).map(io -> {
            String block = io.hasLocation()
                    ? "storage[" + io.location() + "][" + io.word("block") + "]"
                    : "behind no location";
            String value = (io.isWrite() ? " = " : " is ") + io.word("value");
            String done = io.isFlush() ? "" : ", " + block + value;
            return List.of(new Note(Drawer.STORAGE, step.shown() + ": " + io.whose() + done));
        });
    }

    private static Optional<List<Mark>> complete(ActionStep step, List<Arrow> sent) {
        return io(step, step.before())
                .map(io -> List.of(new Arrow(
                        io.agent(),
                        io.host(),
                        step.shown() + ": " + io.word("kind") + " " + io.place()
                                + (io.isRead() ? " is " + io.word("value") : io.written()))));
    }

    private static Optional<List<Mark>> apply(ActionStep step, List<Arrow> sent) {
        Optional<Map<Object, Object>> command =
                step.arguments().stream().findFirst().flatMap(first -> Plain.record(first, "type", "to"));
        return command.map(c -> {
            List<String> words = new ArrayList<>(List.of(step.shown() + ": " + Words.bare(c)));
            words.addAll(changes(step, "cache"));
            Plain.at(step.after().get("owed"), step.arguments().get(0))
                    .map(Words::value)
                    .filter(awaited -> !awaited.equals("{}"))
                    .ifPresent(awaited -> words.add("waits for " + awaited));
            return withSent(new Note(Words.value(c.get("to")), String.join("; ", words)), sent);
        });
    }

    /** Tells an action by the messages that it sends. */
    private static Teller sending(Function<ActionStep, String> name, String... variables) {
        return (step, sent) -> sent.isEmpty()
                ? Optional.empty()
                : Optional.of(sent.stream()
                        .<Mark>map(arrow -> new Arrow(
                                arrow.from(),
                                arrow.to(),
                                name.apply(step) + ": " + withChanges(arrow.words(), step, variables)))
                        .toList());
    }

    /** Tells an action of the controller's by a note with these variables, and the messages that it sends. */
    private static Teller controller(String... variables) {
        return at(Drawer.CONTROLLER, variables);
    }

    private static Teller at(String lane, String... variables) {
        return (step, sent) ->
                Optional.of(withSent(new Note(lane, withChanges(Words.call(step), step, variables)), sent));
    }

    private static Teller toStorage(String... variables) {
        return (step, sent) -> Optional.of(withSent(
                new Arrow(Drawer.CONTROLLER, Drawer.STORAGE, withChanges(Words.call(step), step, variables)), sent));
    }

    private static List<Mark> withSent(Mark first, List<Arrow> sent) {
        List<Mark> marks = new ArrayList<>(List.of(first));
        marks.addAll(sent);
        return marks;
    }

    private static String withChanges(String words, ActionStep step, String... variables) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(changes(step, variables));
        return String.join("; ", all);
    }

    private static List<String> changes(ActionStep step, String... variables) {
        return List.of(variables).stream()
                .flatMap(variable ->
                        Words.changes(
                                variable,
                                step.before().get(variable),
                                step.after().get(variable))
                                .stream())
                .toList();
    }

    /** Returns the I/O of the host that is the action's first argument. */
    private static Optional<Io> io(ActionStep step, Map<String, Object> state) {
        return step.arguments().stream()
                .findFirst()
                .flatMap(host -> Plain.at(state.get(IOS), host)
                        .flatMap(io ->
                                Plain.record(io, "kind", "agent", "disk", "segment", "block", "value", "location"))
                        .map(fields -> new Io(Words.value(host), fields)));
    }

    private record Io(String host, Map<Object, Object> fields) {
        String word(String field) {
            return Words.value(at(field));
        }

        private @Nullable Object at(String field) {
            return fields.get(field);
        }

        String agent() {
            return word("agent");
        }

        String location() {
            return word("location");
        }

        boolean isRead() {
            return Objects.equals(at("kind"), "read");
        }

        boolean isWrite() {
            return Objects.equals(at("kind"), "write");
        }

        boolean isFlush() {
            return Objects.equals(at("kind"), "flush");
        }

        boolean hasLocation() {
            return !Objects.equals(at("location"), -1);
        }

        String where() {
            return hasLocation() ? location() : "no location";
        }

        String place() {
            return isFlush()
                    ? word("disk")
                    : String.format(Locale.ROOT, "%s[%s][%s]", word("disk"), word("segment"), word("block"));
        }

        String written() {
            return isWrite() ? " := " + word("value") : "";
        }

        String whose() {
            return host + "'s " + word("kind");
        }
    }
}
