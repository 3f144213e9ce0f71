package dev.faultline.spec.itf;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.faultline.spec.engine.ModelValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes behaviours in ITF, the Informal Trace Format of Apalache (its ADR 15). */
public final class Itf {
    private static final String META = "#meta";

    /** The names of the model values that were met: in the format they are strings like others. */
    private final Set<String> modelValues = new TreeSet<>();

    private Itf() {}

    /**
     * Returns a behaviour as the text of a file.
     *
     * @throws IllegalArgumentException if a value is of a kind that {@code SpecValue.toJava} does not return
     */
    public static String text(Behaviour behaviour) {
        return new Itf().write(behaviour);
    }

    /**
     * Returns a value as it stands in a file, in maps, lists, texts and truth values.
     *
     * @throws IllegalArgumentException as {@link #text}
     */
    public static Object json(Object value) {
        return new Itf().value(value);
    }

    private String write(Behaviour behaviour) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("format", "ITF");
        meta.put("format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html");
        meta.putAll(behaviour.about());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put(META, meta);
        root.put("vars", behaviour.variables());
        List<Object> states = new ArrayList<>();
        states.add(state(behaviour, Map.of("index", 0), behaviour.first()));
        for (Behaviour.Step step : behaviour.steps()) {
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("index", states.size());
            about.put("action", step.action());
            about.put("arguments", step.arguments().stream().map(this::value).toList());
            states.add(state(behaviour, about, step.after()));
        }
        root.put("states", states);
        meta.put("model-values", List.copyOf(modelValues));
        behaviour.loop().ifPresent(loop -> root.put("loop", loop));
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(root) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file
        }
    }

    private Map<String, Object> state(Behaviour behaviour, Map<String, ?> about, Map<String, Object> values) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put(META, about);
        for (String variable : behaviour.variables()) {
            Object value = values.get(variable);
            if (value == null) {
                throw new IllegalArgumentException("no value for " + variable);
            }
            state.put(variable, value(value));
        }
        return state;
    }

    private Object value(Object plain) {
        if (plain instanceof Boolean || plain instanceof String) {
            return plain;
        } else if (plain instanceof Number number) {
            return Map.of("#bigint", number.toString());
        } else if (plain instanceof List<?> list) {
            return list.stream().map(this::value).toList();
        } else if (plain instanceof Set<?> set) {
            return Map.of("#set", set.stream().map(this::value).toList());
        } else if (plain instanceof Map<?, ?> map) {
            return isRecord(map) ? record(map) : function(map);
        } else if (plain instanceof ModelValue model) {
            modelValues.add(model.name());
            return model.name();
        }
        throw new IllegalArgumentException("not a value of TLA+: " + plain.getClass());
    }

    /** A name that begins with # would be taken for one of the format's own. */
    private static boolean isRecord(Map<?, ?> map) {
        return map.keySet().stream().allMatch(key -> key instanceof String name && !name.startsWith("#"));
    }

    private Map<String, Object> record(Map<?, ?> map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put((String) name, value(value)));
        return fields;
    }

    private Map<String, Object> function(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((argument, value) -> pairs.add(List.of(value(argument), value(value))));
        return Map.of("#map", pairs);
    }
}
