package dev.faultline.conformance;

import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives new tokens to the names in some states, so that states which differ in names only become equal. Any
 * one-to-one renaming is right; the better the choice, the more become equal.
 *
 * <p>The choice: versions by their order; the other names by their role. The role of a name is a number computed from
 * all places where it stands and from the roles of the names that stand there too, over and over. Where two names of a
 * kind have the same role, as two agents that know nothing, the lower token goes first, and from then on they differ.
 */
final class NormalForm {
    private static final NameKind[] BY_ROLE = {
        NameKind.AGENT, NameKind.BLOCK, NameKind.HOST, NameKind.LOCATION, NameKind.CONTENT
    };
    private static final int ROUNDS = 2;

    private final LoadedSpec spec;
    private final ToIntFunction<NameKind> known;
    private final Map<NameKind, Map<Object, Name>> names = new HashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Set<SpecState> states = new LinkedHashSet<>();
    private final Renaming renaming;

    /** A name in the states, in place of its token. */
    private static final class Name {
        private final NameKind kind;
        private final Object token;
        private final int before;
        private int after;
        private long role;
        private long told;

        Name(NameKind kind, Object token, int before) {
            this.kind = kind;
            this.token = token;
            this.before = before;
            role = kind.ordinal();
        }
    }

    /** A name where it stands: equal places are those that nothing but other names tells apart. */
    private record Occurrence(Name name, long place) {}

    /**
     * An innermost part of a variable's value, with the way that leads there: the names in it, and a hash of everything
     * else.
     */
    private static final class Fact {
        private final List<Occurrence> occurrences = new ArrayList<>(4);
        private long rest;

        void add(Object part, long place) {
            if (part instanceof Name name) {
                occurrences.add(new Occurrence(name, place));
            } else if (part instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    add(key, place);
                    add(value, key instanceof Name ? place : mix(place, key.hashCode()));
                });
            } else if (part instanceof Collection<?> elements) {
                elements.forEach(element -> add(element, place));
            } else {
                rest += mix(place, part.hashCode());
            }
        }

        /** Tells each name in which place it is, and the roles of all. */
        void tell() {
            long roles = rest;
            for (Occurrence each : occurrences) {
                roles += mix(each.place, each.name.role);
            }
            for (Occurrence each : occurrences) {
                each.name.told += mix(roles, each.place);
            }
        }
    }

    /**
     * Finds the normal form of states that are believed together.
     *
     * @param known how many names of a kind the slice knew before the step
     */
    NormalForm(
            LoadedSpec spec, Shapes shapes, int blocks, Collection<SpecState> believed, ToIntFunction<NameKind> known) {
        this.spec = spec;
        this.known = known;
        for (NameKind kind : NameKind.values()) {
            names.put(kind, new LinkedHashMap<>());
        }
        IntStream.range(0, blocks).forEach(block -> name(NameKind.BLOCK, block));
        List<Map<String, Object>> named = new ArrayList<>();
        for (SpecState state : believed) {
            Map<String, Object> variables = new LinkedHashMap<>();
            for (String variable : spec.variables()) {
                Object value = shapes.map(variable, state.get(variable).toJava(), this::name);
                variables.put(variable, value);
                collect(value, new ArrayList<>(List.of(variable)));
            }
            named.add(variables);
        }
        chooseTokens();
        renaming = computeRenaming();
        if (renaming.isNone()) {
            states.addAll(believed);
        } else {
            int each = 0;
            for (SpecState state : believed) {
                states.add(rebuild(state, named.get(each++)));
            }
        }
    }

    /** Returns the states under their new tokens. */
    Set<SpecState> states() {
        return states;
    }

    /** Returns how the names came to their new tokens. */
    Renaming renaming() {
        return renaming;
    }

    private Renaming computeRenaming() {
        Map<NameKind, int[]> before = new EnumMap<>(NameKind.class);
        names.forEach((kind, sameKind) -> {
            int[] indices = new int[sameKind.size()];
            sameKind.values().forEach(name -> indices[name.after] = name.before);
            int[] unchanged = IntStream.range(0, known.applyAsInt(kind)).toArray();
            if (!Arrays.equals(indices, unchanged)) {
                before.put(kind, indices);
            }
        });
        return new Renaming(before);
    }

    private Name name(NameKind kind, Object token) {
        return Objects.requireNonNull(names.get(kind))
                .computeIfAbsent(token, t -> new Name(kind, t, kind.index(t, known.applyAsInt(kind))));
    }

    private void collect(Object part, List<Object> way) {
        if (part instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                way.add(key);
                collect(value, way);
                way.remove(way.size() - 1);
            });
        } else if (part instanceof Set<?> set) {
            set.forEach(element -> addFact(way, element));
        } else {
            addFact(way, part);
        }
    }

    private void addFact(List<Object> way, Object end) {
        Fact fact = new Fact();
        for (int i = 0; i < way.size(); i++) {
            fact.add(way.get(i), i);
        }
        fact.add(end, way.size());
        if (!fact.occurrences.isEmpty()) {
            facts.add(fact);
        }
    }

    private void chooseTokens() {
        Map<Object, Name> versions = Objects.requireNonNull(names.get(NameKind.VERSION));
        number(versions.keySet().stream().sorted().map(versions::get).toList());
        for (NameKind kind : BY_ROLE) {
            Collection<Name> sameKind = Objects.requireNonNull(names.get(kind)).values();
            if (sameKind.size() > 1) {
                for (int round = 0; round < ROUNDS; round++) {
                    refineRoles();
                }
            }
            number(sameKind.stream()
                    .sorted(Comparator.<Name>comparingLong(name -> name.role).thenComparingInt(name -> name.before))
                    .toList());
        }
    }

    private static void number(List<@Nullable Name> ordered) {
        int index = 0;
        for (Name name : ordered) {
            name.after = index++;
            name.role = mix(name.kind.ordinal(), index);
        }
    }

    private void refineRoles() {
        facts.forEach(Fact::tell);
        names.values()
                .forEach(sameKind -> sameKind.values().forEach(name -> {
                    name.role = mix(name.role, name.told);
                    name.told = 0;
                }));
    }

    private static long mix(long one, long other) {
        long mixed = (one * 31 + other) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private SpecState rebuild(SpecState state, Map<String, Object> variables) {
        Map<String, SpecValue> values = new HashMap<>();
        variables.forEach((variable, value) ->
                values.put(variable, hasNewToken(value) ? spec.value(withTokens(value)) : state.get(variable)));
        return spec.state(values);
    }

    private static boolean hasNewToken(Object part) {
        if (part instanceof Name name) {
            return !name.kind.token(name.after).equals(name.token);
        } else if (part instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (hasNewToken(entry.getKey()) || hasNewToken(entry.getValue())) {
                    return true;
                }
            }
            return false;
        }
        return part instanceof Collection<?> elements && elements.stream().anyMatch(NormalForm::hasNewToken);
    }

    private static Object withTokens(Object part) {
        if (part instanceof Name name) {
            return name.kind.token(name.after);
        } else if (part instanceof Map<?, ?> map) {
            Map<Object, Object> replaced = new LinkedHashMap<>();
            map.forEach((key, value) -> replaced.put(withTokens(key), withTokens(value)));
            return replaced;
        } else if (part instanceof Set<?> set) {
            Set<Object> replaced = new LinkedHashSet<>();
            set.forEach(element -> replaced.add(withTokens(element)));
            return replaced;
        } else if (part instanceof List<?> list) {
            return list.stream().map(NormalForm::withTokens).toList();
        }
        return part;
    }
}
