package dev.faultline.conformance;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A variable's value, taken apart once: the names in it, and where they stand. Keeps the values that it became under
 * other tokens. For the thread of the spec.
 */
final class NamedValue {
    private static final int MOST_KEPT = 64;

    private final SpecValue value;
    private final Object template;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Map<List<Object>, SpecValue> renamed = new HashMap<>();

    /** A name, in place of its token; {@code index} is its number among the names of the value. */
    record Slot(int index, NameKind kind, Object token) {}

    /** An innermost part of the value, with the way that leads there: the names in it, and a hash of everything else. */
    static final class Fact {
        /** The numbers of the names, one for each time that a name stands there. */
        final int[] slots;

        /** Where they stand: equal places are those that nothing but other names tells apart. */
        final long[] places;

        /** The hash of everything else. */
        final long rest;

        private Fact(int[] slots, long[] places, long rest) {
            this.slots = slots;
            this.places = places;
            this.rest = rest;
        }
    }

    /** Takes a value apart. */
    NamedValue(Shapes shapes, String variable, SpecValue value) {
        this.value = value;
        Map<NameKind, Map<Object, Slot>> known = new HashMap<>();
        template = shapes.map(
                variable,
                value.toJava(),
                (kind, token) -> known.computeIfAbsent(kind, k -> new HashMap<>())
                        .computeIfAbsent(token, t -> {
                            Slot slot = new Slot(slots.size(), kind, t);
                            slots.add(slot);
                            return slot;
                        }));
        collect(template, new ArrayList<>(List.of(variable)));
    }

    /** Returns the names, each once. */
    List<Slot> slots() {
        return slots;
    }

    /** Returns what there is to know of the names. */
    List<Fact> facts() {
        return facts;
    }

    /**
     * Returns the value under other tokens.
     *
     * @param tokens those of the names, in their order
     */
    SpecValue under(LoadedSpec spec, Object[] tokens) {
        boolean same = true;
        for (int i = 0; i < tokens.length; i++) {
            same &= tokens[i].equals(slots.get(i).token);
        }
        if (same) {
            return value;
        }
        if (renamed.size() > MOST_KEPT) {
            renamed.clear();
        }
        return renamed.computeIfAbsent(Arrays.asList(tokens), t -> spec.value(replaced(template, tokens)));
    }

    private void collect(Object part, List<Object> way) {
        if (part instanceof Map<?, ?> map && !isInnermost(map)) {
            map.forEach((key, inside) -> {
                way.add(key);
                collect(inside, way);
                way.remove(way.size() - 1);
            });
        } else if (part instanceof Set<?> set) {
            set.forEach(element -> addFact(way, element));
        } else {
            addFact(way, part);
        }
    }

    /** Returns whether it is a record of plain fields. */
    private static boolean isInnermost(Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String)
                    || entry.getValue() instanceof Map
                    || entry.getValue() instanceof Collection) {
                return false;
            }
        }
        return true;
    }

    private void addFact(List<Object> way, Object end) {
        FactBuilder fact = new FactBuilder();
        for (int i = 0; i < way.size(); i++) {
            fact.add(way.get(i), i);
        }
        fact.add(end, way.size());
        if (!fact.names.isEmpty()) {
            facts.add(fact.build());
        }
    }

    private static final class FactBuilder {
        private final List<Slot> names = new ArrayList<>(4);
        private final List<Long> places = new ArrayList<>(4);
        private long rest;

        void add(Object part, long place) {
            if (part instanceof Slot name) {
                names.add(name);
                places.add(place);
            } else if (part instanceof Map<?, ?> map) {
                map.forEach((key, inside) -> {
                    add(key, place);
                    add(inside, key instanceof Slot ? place : mix(place, key.hashCode()));
                });
            } else if (part instanceof Collection<?> elements) {
                elements.forEach(element -> add(element, place));
            } else {
                rest += mix(place, part.hashCode());
            }
        }

        Fact build() {
            int[] slots = new int[names.size()];
            long[] at = new long[slots.length];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = names.get(i).index;
                at[i] = places.get(i);
            }
            return new Fact(slots, at, rest);
        }
    }

    /** Returns a number for two, of which neither can be told from it. */
    static long mix(long one, long other) {
        long mixed = (one * 31 + other) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private static Object replaced(Object part, Object[] tokens) {
        if (part instanceof Slot name) {
            return tokens[name.index];
        } else if (part instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inside) -> copy.put(replaced(key, tokens), replaced(inside, tokens)));
            return copy;
        } else if (part instanceof Set<?> set) {
            Set<Object> copy = new LinkedHashSet<>();
            set.forEach(element -> copy.add(replaced(element, tokens)));
            return copy;
        } else if (part instanceof List<?> list) {
            return list.stream().map(element -> replaced(element, tokens)).toList();
        }
        return part;
    }
}
