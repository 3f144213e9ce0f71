package dev.faultline.conformance.memory;

import static dev.faultline.conformance.memory.NamedValue.mix;

import dev.faultline.conformance.names.NameKind;
import dev.faultline.conformance.names.Renaming;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Gives new tokens to the names in some states, so that states which differ in names only become equal. Any
 * one-to-one renaming is right; the better the choice, the more become equal.
 *
 * <p>The choice: versions by their order; the other names, kind by kind, by where they stand among the names that have
 * their tokens already, so that a variable's value seldom depends on what is in other variables; and where that is the
 * same, by their role. The role of a name is a number computed from all places where it stands and from the roles of the
 * names that stand there too, over and over. Where two names of a kind have the same role, as two agents that know
 * nothing, the lower token goes first, and from then on they differ.
 */
final class NormalForm {
    private static final NameKind[] BY_ROLE = {
        NameKind.AGENT, NameKind.LOCATION, NameKind.HOST, NameKind.BLOCK, NameKind.CONTENT
    };
    private static final int ROUNDS = 2;

    private final LoadedSpec spec;
    private final NamedValues parts;
    private final ToIntFunction<NameKind> known;
    private final List<Map<Object, Name>> names = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final Set<SpecState> states = new LinkedHashSet<>();
    private final Renaming renaming;
    private final Map<NameKind, int[]> firstAlike = new EnumMap<>(NameKind.class);

    /** A name in the states. */
    private static final class Name {
        private final NameKind kind;
        private final int before;
        private int after;
        private boolean isNumbered;
        private long role;
        private long standing;
        private long told;

        Name(NameKind kind, int before) {
            this.kind = kind;
            this.before = before;
            role = kind.ordinal();
        }

        long role(boolean onlyOfNumbered) {
            return onlyOfNumbered && !isNumbered ? kind.ordinal() : role;
        }

        boolean looksLike(Name other) {
            return standing == other.standing && role == other.role;
        }

        Object token() {
            return kind.token(after);
        }
    }

    /** A variable's value in a state, and which names those in it are. */
    private static final class Value {
        private final NamedValue value;
        private final Name[] names;

        Value(NamedValue value, Name[] names) {
            this.value = value;
            this.names = names;
        }

        /** Tells each name in which places it is, and the roles of all that are there, or of those that have tokens. */
        void tell(boolean onlyOfNumbered) {
            for (NamedValue.Fact fact : value.facts()) {
                int[] slots = fact.names;
                long[] places = fact.places;
                long roles = fact.rest;
                for (int i = 0; i < slots.length; i++) {
                    roles += mix(places[i], names[slots[i]].role(onlyOfNumbered));
                }
                for (int i = 0; i < slots.length; i++) {
                    names[slots[i]].told += mix(roles, places[i]);
                }
            }
        }

        Object[] tokens() {
            Object[] tokens = new Object[names.length];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = names[i].token();
            }
            return tokens;
        }
    }

    /**
     * Finds the normal form of states that are believed together.
     *
     * @param parts what takes the states apart
     * @param known how many names of a kind the slice knew before the step
     */
    NormalForm(
            LoadedSpec spec,
            NamedValues parts,
            int blocks,
            Collection<SpecState> believed,
            ToIntFunction<NameKind> known) {
        this.spec = spec;
        this.parts = parts;
        this.known = known;
        for (int i = 0; i < NameKind.values().length; i++) {
            names.add(new HashMap<>());
        }
        IntStream.range(0, blocks).forEach(block -> name(NameKind.BLOCK, block));
        for (SpecState state : believed) {
            for (NamedValue part : parts.of(state)) {
                Name[] mine = new Name[part.names()];
                for (int i = 0; i < mine.length; i++) {
                    mine[i] = name(part.kind(i), part.token(i));
                }
                values.add(new Value(part, mine));
            }
        }
        chooseTokens();
        renaming = computeRenaming();
        if (renaming.isNone()) {
            states.addAll(believed);
        } else {
            int first = 0;
            for (SpecState state : believed) {
                states.add(rebuild(
                        state, values.subList(first, first + spec.variables().size())));
                first += spec.variables().size();
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

    /** Returns, for the names of a kind by their new numbers, the first one of those in a row that look like it. */
    Map<NameKind, int[]> firstAlike() {
        return firstAlike;
    }

    private Renaming computeRenaming() {
        Map<NameKind, int[]> before = new EnumMap<>(NameKind.class);
        for (NameKind kind : NameKind.values()) {
            Collection<Name> sameKind = names.get(kind.ordinal()).values();
            int[] indices = new int[sameKind.size()];
            boolean unchanged = indices.length == known.applyAsInt(kind);
            for (Name name : sameKind) {
                indices[name.after] = name.before;
                unchanged &= name.after == name.before;
            }
            if (!unchanged) {
                before.put(kind, indices);
            }
        }
        return new Renaming(before);
    }

    private Name name(NameKind kind, Object token) {
        return names.get(kind.ordinal())
                .computeIfAbsent(token, t -> new Name(kind, kind.index(t, known.applyAsInt(kind))));
    }

    private void chooseTokens() {
        Map<Object, Name> versions = names.get(NameKind.VERSION.ordinal());
        Name[] byNumber = versions.entrySet().stream()
                .sorted(Comparator.comparing(version -> (Integer) version.getKey()))
                .map(Map.Entry::getValue)
                .toArray(Name[]::new);
        number(byNumber);
        for (NameKind kind : BY_ROLE) {
            Name[] sameKind = names.get(kind.ordinal()).values().toArray(new Name[0]);
            int[] first = new int[sameKind.length];
            if (sameKind.length > 1) {
                order(sameKind);
                for (int i = 1; i < first.length; i++) {
                    first[i] = sameKind[i].looksLike(sameKind[i - 1]) ? first[i - 1] : i;
                }
            }
            firstAlike.put(kind, first);
            number(sameKind);
        }
    }

    private void order(Name[] sameKind) {
        values.forEach(value -> value.tell(true));
        for (Map<Object, Name> each : names) {
            for (Name name : each.values()) {
                name.standing = name.told;
                name.told = 0;
            }
        }
        Arrays.sort(sameKind, Comparator.comparingLong(name -> name.standing));
        boolean tie = false;
        for (int i = 1; i < sameKind.length; i++) {
            tie |= sameKind[i - 1].standing == sameKind[i].standing;
        }
        if (tie) {
            for (int round = 0; round < ROUNDS; round++) {
                refineRoles();
            }
            Arrays.sort(
                    sameKind,
                    Comparator.<Name>comparingLong(name -> name.standing)
                            .thenComparingLong(name -> name.role)
                            .thenComparingInt(name -> name.before));
        }
    }

    private static void number(Name[] ordered) {
        int index = 0;
        for (Name name : ordered) {
            name.after = index++;
            name.isNumbered = true;
            name.role = mix(name.kind.ordinal(), index);
        }
    }

    private void refineRoles() {
        values.forEach(value -> value.tell(false));
        for (Map<Object, Name> sameKind : names) {
            for (Name name : sameKind.values()) {
                name.role = mix(name.role, name.told);
                name.told = 0;
            }
        }
    }

    private SpecState rebuild(SpecState state, List<Value> ofState) {
        Map<String, SpecValue> changed = new HashMap<>();
        for (int i = 0; i < ofState.size(); i++) {
            Value each = ofState.get(i);
            changed.put(
                    spec.variables().get(i),
                    parts.under(i, each.value, each.tokens()).value());
        }
        return spec.with(state, changed);
    }
}
