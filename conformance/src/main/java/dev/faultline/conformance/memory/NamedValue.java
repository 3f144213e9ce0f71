package dev.faultline.conformance.memory;

import dev.faultline.conformance.names.NameKind;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A variable's value, taken apart: what it is but for the names in it, and the tokens of these. */
final class NamedValue {
    private final SpecValue value;
    private final Form form;
    private final Object[] tokens;
    private long hash;

    private NamedValue(SpecValue value, Form form, Object[] tokens) {
        this.value = value;
        this.form = form;
        this.tokens = tokens;
    }

    SpecValue value() {
        return value;
    }

    /** Returns a hash of the value that is the same in every run. */
    long hash() {
        if (hash == 0) {
            hash = StepWriter.hash(value.toJava());
        }
        return hash;
    }

    int names() {
        return tokens.length;
    }

    NameKind kind(int name) {
        return form.kinds.get(name);
    }

    Object token(int name) {
        return tokens[name];
    }

    /** Returns what there is to know of the names. */
    List<Fact> facts() {
        return form.facts;
    }

    /** Takes a value apart. */
    static NamedValue of(LoadedSpec spec, Shapes shapes, String variable, SpecValue value) {
        List<Object> tokens = new ArrayList<>();
        Form form = new Form(spec, shapes, variable, value, tokens);
        NamedValue named = new NamedValue(value, form, tokens.toArray());
        form.known.put(tokens, named);
        return named;
    }

    /**
     * Returns the value under other tokens.
     *
     * @param others those of the names, in their order
     * @param known returns what is known of a value, or null
     */
    NamedValue under(LoadedSpec spec, Object[] others, Function<SpecValue, @Nullable NamedValue> known) {
        if (Arrays.equals(others, tokens)) {
            return this;
        }
        List<Object> key = Arrays.asList(others);
        NamedValue named = form.known.get(key);
        if (named == null) {
            SpecValue renamed = spec.value(form.under(others));
            named = known.apply(renamed);
            if (named == null) {
                named = new NamedValue(renamed, form, others);
            }
            form.keep(key, named);
        }
        return named;
    }

    /**
     * Returns whether the value is the same when its names change places.
     *
     * @param image for each name, by number, the number of the one whose place it takes
     */
    boolean isSame(int[] image) {
        return Form.isSame(form.template, image);
    }

    /** A name, in place of its token: its number among the names of the value. */
    private record Slot(int index) {}

    /** An innermost part of the value, with the way that leads there: the names in it, and a hash of everything else. */
    static final class Fact {
        /** The numbers of the names, one for each time that a name stands there. */
        final int[] names;

        /** Where they stand: equal places are those that nothing but other names tells apart. */
        final long[] places;

        /** The hash of everything else. */
        final long rest;

        private Fact(int[] names, long[] places, long rest) {
            this.names = names;
            this.places = places;
            this.rest = rest;
        }
    }

    /** What values have in common that differ in their tokens only. */
    private static final class Form {
        private static final int MOST_KEPT = 64;

        private final LoadedSpec spec;
        private final List<NameKind> kinds = new ArrayList<>();
        private final List<Fact> facts = new ArrayList<>();
        private final Object template;
        private final Map<List<Object>, NamedValue> known = new HashMap<>();

        Form(LoadedSpec spec, Shapes shapes, String variable, SpecValue value, List<Object> tokens) {
            this.spec = spec;
            Map<NameKind, Map<Object, Slot>> slots = new HashMap<>();
            Object slotted = shapes.map(
                    variable,
                    value.toJava(),
                    (kind, token) -> slots.computeIfAbsent(kind, k -> new HashMap<>())
                            .computeIfAbsent(token, t -> {
                                kinds.add(kind);
                                tokens.add(t);
                                return new Slot(kinds.size() - 1);
                            }));
            collect(slotted, new ArrayList<>(List.of(variable)));
            template = compiled(slotted);
        }

        void keep(List<Object> tokens, NamedValue named) {
            if (known.size() > MOST_KEPT) {
                known.clear();
            }
            known.put(tokens, named);
        }

        // ---- Facts

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

        // ---- Template

        /** Returns the part with all that has no name in it as a value of the spec. */
        private Object compiled(Object part) {
            if (part instanceof Slot) {
                return part;
            } else if (!hasName(part)) {
                return spec.value(part);
            } else if (part instanceof Map<?, ?> map) {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, inside) -> copy.put(key instanceof Map ? compiled(key) : key, compiled(inside)));
                return copy;
            } else if (part instanceof Set<?> set) {
                Set<Object> copy = new LinkedHashSet<>();
                set.forEach(element -> copy.add(compiled(element)));
                return copy;
            }
            return ((List<?>) part).stream().map(this::compiled).toList();
        }

        private static boolean hasName(Object part) {
            if (part instanceof Map<?, ?> map) {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if (hasName(entry.getKey()) || hasName(entry.getValue())) {
                        return true;
                    }
                }
                return false;
            } else if (part instanceof Collection<?> elements) {
                return elements.stream().anyMatch(Form::hasName);
            }
            return part instanceof Slot;
        }

        Object under(Object[] tokens) {
            return replaced(template, tokens);
        }

        /** Looks at what changes only: as many parts as go away come back. */
        private static boolean isSame(Object part, int[] image) {
            if (part instanceof Slot name) {
                return image[name.index] == name.index;
            } else if (part instanceof Map<?, ?> map) {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    Object key = moved(entry.getKey(), image);
                    Object value = moved(entry.getValue(), image);
                    if ((key != entry.getKey() || value != entry.getValue()) && !value.equals(map.get(key))) {
                        return false;
                    }
                }
                return true;
            } else if (part instanceof Set<?> set) {
                for (Object element : set) {
                    Object other = moved(element, image);
                    if (other != element && !set.contains(other)) {
                        return false;
                    }
                }
                return true;
            } else if (part instanceof List<?> list) {
                return list.stream().allMatch(element -> isSame(element, image));
            }
            return true;
        }

        /** Returns the part with other names, or itself if it has none of those that change places. */
        private static Object moved(Object part, int[] image) {
            if (part instanceof Slot name) {
                int other = image[name.index];
                return other == name.index ? name : new Slot(other);
            } else if (part instanceof Map<?, ?> map) {
                Map<Object, Object> other = new LinkedHashMap<>();
                boolean changed = false;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    Object key = moved(entry.getKey(), image);
                    Object value = moved(entry.getValue(), image);
                    changed |= key != entry.getKey() || value != entry.getValue();
                    other.put(key, value);
                }
                return changed ? other : part;
            } else if (part instanceof Collection<?> elements) {
                Collection<Object> other = part instanceof Set ? new LinkedHashSet<>() : new ArrayList<>();
                boolean changed = false;
                for (Object element : elements) {
                    Object moved = moved(element, image);
                    changed |= moved != element;
                    other.add(moved);
                }
                return changed ? other : part;
            }
            return part;
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
}
