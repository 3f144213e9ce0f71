package dev.faultline.spec.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values of the specification in as few words as tell them apart: messages and table entries as people speak of them,
 * all else as TLA+ has it, but for quotes. Nothing is left out: a field that is not known here is told with its name.
 */
final class Words {
    private static final String TYPE = "type";
    private static final String BLOCKING = "blocking";

    private Words() {}

    /** Returns an action with its arguments. */
    static String call(ActionStep step) {
        String arguments = step.arguments().stream().map(Words::value).collect(Collectors.joining(", "));
        return arguments.isEmpty() ? step.shown() : step.shown() + "(" + arguments + ")";
    }

    /** Returns any value. */
    static String value(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool ? "TRUE" : "FALSE";
        } else if (value instanceof Set<?> set) {
            return Plain.members(set).stream().map(Words::value).collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> tuple) {
            return tuple.stream().map(Words::value).collect(Collectors.joining(", ", "<<", ">>"));
        }
        Optional<Map<Object, Object>> message = Plain.record(value, TYPE);
        if (message.isPresent()) {
            return message(message.get());
        }
        Optional<Map<Object, Object>> entry = Plain.record(value, "location", "states");
        return entry.map(Words::entry)
                .or(() -> Plain.function(value).map(Words::function))
                .orElse(String.valueOf(value));
    }

    private static String function(Map<Object, Object> function) {
        boolean record = function.keySet().stream().allMatch(String.class::isInstance);
        String sign = record ? " |-> " : " :> ";
        return function.entrySet().stream()
                .map(part -> value(part.getKey()) + sign + value(part.getValue()))
                .collect(Collectors.joining(record ? ", " : " @@ ", record ? "[" : "(", record ? "]" : ")"));
    }

    private static String entry(Map<Object, Object> entry) {
        Map<Object, Object> rest = new LinkedHashMap<>(entry);
        List<String> words = new ArrayList<>();
        Object location = rest.remove("location");
        if (!Objects.equals(location, -1)) {
            words.add("at " + value(location));
        }
        if (rest.get("states") instanceof Set<?> states) {
            rest.remove("states");
            Plain.members(states).forEach(state -> words.add(value(state)));
        }
        return join(words, rest);
    }

    /** Returns a message with whom it is from or for. */
    private static String message(Map<Object, Object> message) {
        String type = value(message.get(TYPE));
        Optional<Object> to = Optional.ofNullable(message.get("to"));
        Optional<Object> from =
                Optional.ofNullable(message.get("agent")).or(() -> Plain.at(message.get("command"), "to"));
        String who = to.map(agent -> " to " + value(agent)).orElse("")
                + from.map(agent -> " of " + value(agent)).orElse("");
        return sentence(type + who, who.isEmpty() ? " " : ": ", content(message));
    }

    /** Returns a message without whom it is from or for, as on an arrow that shows that. */
    static String bare(Map<Object, Object> message) {
        return sentence(value(message.get(TYPE)), " ", content(message));
    }

    private static String sentence(String head, String between, String content) {
        return content.isEmpty() ? head : head + between + content;
    }

    private static String content(Map<Object, Object> message) {
        Map<Object, Object> rest = new LinkedHashMap<>(message);
        rest.keySet().removeAll(Set.of(TYPE, "to", "agent"));
        List<String> words = new ArrayList<>();
        Optional<Map<Object, Object>> command = Plain.record(rest.get("command"), TYPE);
        if (command.isPresent()) {
            rest.remove("command");
            words.add("to " + bare(command.get()));
        }
        Optional.ofNullable(rest.remove("kind")).ifPresent(kind -> words.add(value(kind)));
        if (rest.containsKey("disk")) {
            words.add(value(rest.remove("disk")) + segments(rest));
        }
        if (rest.containsKey("state") && rest.containsKey("on")) {
            words.add(value(rest.remove("state")) + (Objects.equals(rest.remove("on"), true) ? " on" : " off"));
        }
        Plain.function(rest.remove("entries")).ifPresent(entries -> words.add(entries(entries)));
        String content = String.join(" ", words);
        boolean blocking = Objects.equals(rest.get(BLOCKING), true);
        if (rest.get(BLOCKING) instanceof Boolean) {
            rest.remove(BLOCKING);
        }
        return join(blocking ? List.of(content, BLOCKING) : List.of(content), rest);
    }

    private static String segments(Map<Object, Object> fields) {
        Object one = fields.remove("segment");
        if (one != null) {
            return "[" + value(one) + "]";
        }
        if (fields.get("segments") instanceof Set<?> set && !set.isEmpty()) {
            fields.remove("segments");
            return Plain.members(set).stream().map(Words::value).collect(Collectors.joining(",", "[", "]"));
        }
        return "";
    }

    private static String entries(Map<Object, Object> entries) {
        if (entries.size() == 1) {
            return value(entries.values().iterator().next());
        }
        return entries.entrySet().stream()
                .map(entry -> "[" + value(entry.getKey()) + "] " + value(entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String join(List<String> words, Map<Object, Object> rest) {
        List<String> all = new ArrayList<>(words);
        rest.forEach((name, value) -> all.add(value(name) + " " + value(value)));
        all.removeIf(String::isEmpty);
        return String.join(", ", all);
    }

    /** Returns what a variable became, a few words for each part of it that changed. */
    static List<String> changes(String variable, @Nullable Object before, @Nullable Object after) {
        if (value(before).equals(value(after))) {
            return List.of();
        }
        Optional<Map<Object, Object>> old = before == null ? Optional.of(Map.of()) : parts(before);
        Optional<Map<Object, Object>> now = parts(after);
        // What is new is told as a whole if it is a record: all of its fields belong together.
        boolean record = now.isPresent() && now.get().keySet().stream().allMatch(String.class::isInstance);
        if (old.isEmpty() || now.isEmpty() || (before == null && record)) {
            return List.of(after == null ? "no " + variable : variable + " = " + value(after));
        }
        List<String> changes = new ArrayList<>();
        List<Object> places = new ArrayList<>(old.get().keySet());
        now.get().keySet().stream().filter(place -> !places.contains(place)).forEach(places::add);
        places.sort(Plain.ORDER);
        for (Object place : places) {
            changes.addAll(changes(
                    variable + "[" + value(place) + "]",
                    old.get().get(place),
                    now.get().get(place)));
        }
        return changes;
    }

    /** Returns the parts to compare one by one; empty for what is better told as a whole. */
    private static Optional<Map<Object, Object>> parts(@Nullable Object value) {
        boolean whole = Plain.record(value, TYPE).isPresent()
                || Plain.record(value, "location", "states").isPresent();
        return whole ? Optional.empty() : Plain.function(value);
    }
}
