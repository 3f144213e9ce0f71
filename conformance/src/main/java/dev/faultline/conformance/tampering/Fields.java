package dev.faultline.conformance.tampering;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.faultline.core.EntryState;
import dev.faultline.core.Event;
import dev.faultline.core.Kind;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceFormat;
import dev.faultline.trace.TraceSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The fields of the lines of a trace, and what else each could say: another number, another of the names that stand in such
 * fields of the trace, the other truth value. Fields are called as {@link TraceSchema#fields} calls them.
 */
final class Fields {
    private static final int LAST_DIGIT = 15;

    /** Of each last part of a field's name, the texts that stand there in the trace. */
    private final Map<String, Set<String>> texts = new TreeMap<>();

    Fields(List<TraceEvent> trace) {
        trace.forEach(event -> collect("", json(event)));
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            known("action").add(event.getSimpleName());
        }
        known("type")
                .addAll(Set.of("set_entry", "set_entry_state", "quiesce", "activate", "get_entry", "answer", "fault"));
        Stream.of(EntryState.values()).forEach(state -> known("state").add(state.toString()));
        Stream.of(Kind.values()).forEach(kind -> known("kind").add(kind.toString()));
    }

    private Set<String> known(String field) {
        return texts.computeIfAbsent(field.equals("to") ? "agent" : field, f -> new TreeSet<>());
    }

    private void collect(String field, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> collect((String) key, inner));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(field, element));
        } else if (value instanceof String text) {
            known(field).add(text);
        }
    }

    /** Returns the fields of an event. */
    static Set<String> of(TraceEvent event) {
        Set<String> fields = new TreeSet<>();
        add("", json(event), fields);
        return fields;
    }

    private static void add(String field, Object value, Set<String> fields) {
        if (value instanceof Map<?, ?> map) {
            if (field.endsWith("originals")) {
                fields.add(field + "{}");
            } else {
                map.forEach((key, inner) -> add(field.isEmpty() ? (String) key : field + "." + key, inner, fields));
            }
        } else if (value instanceof List<?> list) {
            if (list.isEmpty() || !(list.get(0) instanceof Map)) {
                // An empty list of records has no field of its own; an empty set can have an element more.
                if (!list.isEmpty() || field.endsWith("states")) {
                    fields.add(field + "[]");
                }
            } else {
                list.forEach(element -> add(field + "[]", element, fields));
            }
        } else {
            fields.add(field);
        }
    }

    /**
     * Returns the lines of an event that says something else in one field; most likely first.
     *
     * @param field one of {@link #of}
     */
    List<String> others(TraceEvent event, String field) {
        List<String> lines = new ArrayList<>();
        for (int which = 0; ; which++) {
            Map<String, Object> copy = json(event);
            if (!change(copy, List.of(field.split("\\.")), which)) {
                return lines;
            }
            try {
                lines.add(JSON.std.asString(copy));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Changes a field to the alternative of this number; returns whether there is one. */
    @SuppressWarnings("unchecked") // Objects of JSON have texts for keys.
    private boolean change(Map<String, Object> object, List<String> path, int which) {
        String name = path.get(0).replaceAll("[\\[{].*", "");
        Object value = Objects.requireNonNull(object.get(name), name);
        if (path.get(0).endsWith("{}")) {
            return changeName((Map<String, Object>) value, which);
        } else if (value instanceof List<?> list && path.size() > 1) {
            return change((Map<String, Object>) list.get(0), path.subList(1, path.size()), which);
        } else if (value instanceof List<?> list) {
            return changeElement((List<Object>) list, name, which);
        } else if (value instanceof Map) {
            return change((Map<String, Object>) value, path.subList(1, path.size()), which);
        }
        Optional<Object> other = other(name, value, which);
        other.ifPresent(o -> object.put(name, o));
        return other.isPresent();
    }

    private Optional<Object> other(String name, Object value, int which) {
        if (value instanceof Boolean flag) {
            return which == 0 ? Optional.of(!flag) : Optional.empty();
        } else if (value instanceof Number number) {
            return which < 2 ? Optional.of(number.longValue() + (which == 0 ? 1 : -1)) : Optional.empty();
        }
        String text = (String) value;
        if (name.equals("value") || name.equals("content")) {
            char digit = text.charAt(LAST_DIGIT) == '0' ? '7' : '0';
            return which == 0 ? Optional.of(text.substring(0, LAST_DIGIT) + digit) : Optional.empty();
        }
        return known(name).stream()
                .filter(other -> !other.equals(text))
                .skip(which)
                .findFirst()
                .map(other -> other);
    }

    private static boolean changeName(Map<String, Object> names, int which) {
        String first = names.keySet().iterator().next();
        if (which == 0) {
            names.put(first + "x", names.remove(first));
        } else if (which == 1) {
            names.put(first, first);
        }
        return which < 2;
    }

    private static boolean changeElement(List<Object> list, String name, int which) {
        if (which > 0) {
            return false;
        } else if (name.equals("states")) {
            if (!list.remove("Nw")) {
                list.add("Nw");
            }
        } else {
            long first = ((Number) list.get(0)).longValue();
            list.set(0, first < 0 ? 0L : -1L);
        }
        return true;
    }

    /** Returns the event that a line says; empty if the reader refuses it. */
    static Optional<TraceEvent> read(String line) {
        try {
            return Optional.of(TraceFormat.readEvent(line.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> json(TraceEvent event) {
        try {
            return new LinkedHashMap<>(JSON.std.mapFrom(TraceFormat.write(event)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
