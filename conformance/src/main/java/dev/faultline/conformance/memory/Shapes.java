package dev.faultline.conformance.memory;

import static java.util.Map.entry;

import dev.faultline.conformance.names.NameKind;
import dev.faultline.core.StorageRules;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Where in the variables of the spec there are names: a description of module MappingState, and all that the checker
 * knows of it. Values are in their plain Java form. Immutable.
 */
final class Shapes {
    private final String zero;
    private final int blocks;

    /** Says what to do with a value of this shape, by saying what to do with the names in it. */
    private interface Shape {
        Object map(Object plain, BiFunction<NameKind, Object, Object> names);
    }

    private static final Shape KEPT = (plain, names) -> plain;
    private static final Shape AGENT = name(NameKind.AGENT);
    private static final Shape HOST = name(NameKind.HOST);
    private static final Shape BLOCK = name(NameKind.BLOCK);
    private static final Shape CONTENT = name(NameKind.CONTENT);
    private static final Shape LOCATION = name(NameKind.LOCATION);
    private static final Shape VERSION = name(NameKind.VERSION);
    private static final Shape ENTRY = record(Map.of("location", LOCATION, "version", VERSION));
    private static final Shape ENTRIES = function(KEPT, ENTRY);
    private static final Shape COMMAND = record(Map.of("to", AGENT, "version", VERSION, "entries", ENTRIES));
    private static final Shape MESSAGE = record(Map.of(
            "to",
            AGENT,
            "agent",
            AGENT,
            "version",
            VERSION,
            "entries",
            ENTRIES,
            "command",
            COMMAND,
            "versions",
            function(KEPT, VERSION)));
    private static final Shape AWAITING = record(Map.of("awaits", set(COMMAND)));
    private static final Shape JOB =
            record(Map.of("from", LOCATION, "to", LOCATION, "copied", set(BLOCK), "awaits", set(COMMAND)));
    private static final Shape IO =
            record(Map.of("agent", AGENT, "block", BLOCK, "value", CONTENT, "location", LOCATION));

    private static final Map<String, Shape> VARIABLES = Map.ofEntries(
            entry("storage", function(LOCATION, function(BLOCK, CONTENT))),
            entry("older", set(triple(LOCATION, BLOCK, CONTENT))),
            entry("members", set(AGENT)),
            entry("cut", set(AGENT)),
            entry("table", function(KEPT, ENTRIES)),
            entry("version", VERSION),
            entry("names", KEPT),
            entry("openings", function(pair(AGENT, KEPT), KEPT)),
            entry("faults", set(MESSAGE)),
            entry("jobs", function(KEPT, JOB)),
            entry("clones", function(KEPT, AWAITING)),
            entry("deletions", function(KEPT, AWAITING)),
            entry("recovery", AWAITING),
            entry("running", set(AGENT)),
            entry("opened", function(AGENT, function(KEPT, KEPT))),
            entry("cache", function(AGENT, function(KEPT, ENTRIES))),
            entry("owed", function(COMMAND, set(HOST))),
            entry("ios", function(HOST, IO)),
            entry("net", function(MESSAGE, KEPT)));

    Shapes(TraceHeader header) {
        zero = header.zero().toString();
        blocks = header.blocks();
    }

    /** Returns the variables that are described. */
    static Set<String> variables() {
        return VARIABLES.keySet();
    }

    /** Returns a variable's value with other names in place of those that stand there. */
    Object map(String variable, Object plain, BiFunction<NameKind, Object, Object> names) {
        Shape shape = VARIABLES.get(variable);
        if (shape == null) {
            throw new IllegalStateException("it is not said where variable " + variable + " has names");
        }
        return shape.map(plain, (kind, name) -> isFixed(kind, name) ? name : names.apply(kind, name));
    }

    /** Returns a state with other names in place of those that stand there. */
    SpecState rename(LoadedSpec spec, SpecState state, BiFunction<NameKind, Object, Object> names) {
        Map<String, SpecValue> values = new HashMap<>();
        for (String variable : spec.variables()) {
            values.put(variable, spec.value(map(variable, state.get(variable).toJava(), names)));
        }
        return spec.state(values);
    }

    /** Returns whether it is no name but a value that the spec knows: Zero, NoLocation, FirstVersion. */
    private boolean isFixed(NameKind kind, Object name) {
        return switch (kind) {
            case CONTENT -> name.equals(zero);
            case LOCATION -> (Integer) name < 0;
            case VERSION -> (Integer) name <= 0;
            case BLOCK -> (Integer) name < 0 || (Integer) name >= blocks;
            case AGENT -> name.equals(StorageRules.CONTROLLER);
            case HOST -> false;
        };
    }

    private static Shape name(NameKind kind) {
        return (plain, names) -> names.apply(kind, plain);
    }

    private static Shape record(Map<String, Shape> fields) {
        return (plain, names) -> {
            Map<Object, Object> mapped = new LinkedHashMap<>();
            ((Map<?, ?>) plain)
                    .forEach((field, value) ->
                            mapped.put(field, fields.getOrDefault(field, KEPT).map(value, names)));
            return mapped;
        };
    }

    private static Shape pair(Shape first, Shape second) {
        return (plain, names) -> {
            List<?> both = (List<?>) plain;
            return List.of(first.map(both.get(0), names), second.map(both.get(1), names));
        };
    }

    private static Shape triple(Shape first, Shape second, Shape third) {
        return (plain, names) -> {
            List<?> all = (List<?>) plain;
            return List.of(first.map(all.get(0), names), second.map(all.get(1), names), third.map(all.get(2), names));
        };
    }

    private static Shape set(Shape element) {
        return (plain, names) -> {
            Set<Object> mapped = new LinkedHashSet<>();
            ((Collection<?>) plain).forEach(one -> mapped.add(element.map(one, names)));
            return mapped;
        };
    }

    private static Shape function(Shape argument, Shape value) {
        return (plain, names) -> {
            Map<Object, Object> mapped = new LinkedHashMap<>();
            if (plain instanceof List<?> tuple) { // a function over 1..n
                for (int i = 0; i < tuple.size(); i++) {
                    mapped.put(argument.map(i + 1, names), value.map(tuple.get(i), names));
                }
            } else {
                ((Map<?, ?>) plain).forEach((x, y) -> mapped.put(argument.map(x, names), value.map(y, names)));
            }
            return mapped.isEmpty() ? List.of() : mapped;
        };
    }
}
