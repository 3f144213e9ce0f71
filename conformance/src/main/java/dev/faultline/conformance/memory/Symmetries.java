package dev.faultline.conformance.memory;

import dev.faultline.conformance.names.KnownNames;
import dev.faultline.conformance.names.NameKind;
import dev.faultline.conformance.names.Renaming;
import dev.faultline.spec.engine.SpecState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which names in a state may take each other's place, together with names that depend on them, so that the state stays the
 * same: two agents that know the same, two blocks with what they hold. What is found is tried out on the whole state
 * before it is used. For the thread of the spec.
 */
final class Symmetries {
    private final NamedValue[] values;
    private final Map<NameKind, int[]> firstAlike;
    private final Map<Name, Optional<Renaming>> known = new HashMap<>(0);
    private @Nullable Map<Name, List<Standing>> standings;

    /** A name, by the number of its token. */
    private record Name(NameKind kind, int number) {
        /** Returns whether it may have to change because another name does. */
        boolean isDependent() {
            return kind == NameKind.BLOCK || kind == NameKind.HOST || kind == NameKind.CONTENT;
        }
    }

    /** Where a name stands, as hashes, and the names that are there but for those that may have to change with it. */
    private record Site(int variable, long rest, int places, List<Object> names) {}

    /** A fact about a name, and all names in it. */
    private static final class Standing {
        private final int variable;
        private final NamedValue.Fact fact;
        private final Name[] names;

        Standing(int variable, NamedValue.Fact fact, Name[] names) {
            this.variable = variable;
            this.fact = fact;
            this.names = names;
        }
    }

    /**
     * Makes the symmetries of a state in normal form.
     *
     * @param firstAlike for the names of a kind, by number, the first one that looks like it
     */
    Symmetries(NamedValues parts, SpecState state, Map<NameKind, int[]> firstAlike) {
        this.firstAlike = firstAlike;
        values = parts.of(state);
    }

    /**
     * Returns a renaming under which the state is the same, and which gives a name the lowest token that it can; empty if
     * it has that.
     *
     * @param names what the slice knows
     */
    Optional<Renaming> lower(KnownNames names, NameKind kind, int number) {
        int[] first = firstAlike.get(kind);
        if (first == null || number >= first.length || first[number] == number) {
            return Optional.empty();
        }
        Name name = new Name(kind, number);
        Optional<Renaming> renaming = known.get(name);
        if (renaming == null) {
            renaming = find(name, new Name(kind, first[number])).map(images -> renaming(images, names));
            known.put(name, renaming);
        }
        return renaming;
    }

    private static Renaming renaming(Map<Name, Name> images, KnownNames names) {
        Map<NameKind, int[]> before = new EnumMap<>(NameKind.class);
        images.forEach(
                (name, image) -> before.computeIfAbsent(
                                name.kind,
                                kind -> IntStream.range(0, names.count(kind)).toArray())[image.number] = name.number);
        return new Renaming(before);
    }

    /** Returns which names change into which, if these two can be exchanged. */
    private Optional<Map<Name, Name>> find(Name one, Name other) {
        Map<Name, Name> images = new HashMap<>();
        Deque<Name> open = new ArrayDeque<>();
        exchange(one, other, images, open);
        while (!open.isEmpty()) {
            Name name = open.remove();
            Map<Site, Name[]> here = sites(name);
            Map<Site, Name[]> there = sites(images.getOrDefault(name, name));
            if (here == null || there == null || !here.keySet().equals(there.keySet())) {
                return Optional.empty();
            }
            for (Map.Entry<Site, Name[]> site : here.entrySet()) {
                Name[] mine = site.getValue();
                Name[] others = Objects.requireNonNull(there.get(site.getKey()));
                for (int i = 0; i < mine.length; i++) {
                    if (!exchange(mine[i], others[i], images, open)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return isSame(images) ? Optional.of(images) : Optional.empty();
    }

    /** Notes that two names change places; returns false if one of them does something else already. */
    private static boolean exchange(Name one, Name other, Map<Name, Name> images, Deque<Name> open) {
        Name imageOfOne = images.get(one);
        Name imageOfOther = images.get(other);
        if (imageOfOne == null && imageOfOther == null) {
            if (!one.equals(other)) {
                images.put(one, other);
                images.put(other, one);
                open.add(one);
            }
            return true;
        }
        return other.equals(imageOfOne) && one.equals(imageOfOther);
    }

    /** Returns where a name stands, and with which other names; null if it stands twice in places of the same kind. */
    private @Nullable Map<Site, Name[]> sites(Name name) {
        Map<Site, Name[]> sites = new HashMap<>();
        for (Standing standing : standings().getOrDefault(name, List.of())) {
            List<Object> fixed = new ArrayList<>(standing.names.length);
            for (Name each : standing.names) {
                fixed.add(each.equals(name) ? "itself" : each.isDependent() ? each.kind : each);
            }
            Site site = new Site(standing.variable, standing.fact.rest, Arrays.hashCode(standing.fact.places), fixed);
            if (sites.put(site, standing.names) != null) {
                return null;
            }
        }
        return sites;
    }

    private Map<Name, List<Standing>> standings() {
        Map<Name, List<Standing>> all = standings;
        if (all == null) {
            all = new HashMap<>();
            for (int variable = 0; variable < values.length; variable++) {
                for (NamedValue.Fact fact : values[variable].facts()) {
                    Standing standing = new Standing(variable, fact, names(variable, fact));
                    for (Name name : new LinkedHashSet<>(Arrays.asList(standing.names))) {
                        all.computeIfAbsent(name, n -> new ArrayList<>(4)).add(standing);
                    }
                }
            }
            standings = all;
        }
        return all;
    }

    private Name[] names(int variable, NamedValue.Fact fact) {
        Name[] names = new Name[fact.names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = nameOf(values[variable], fact.names[i]);
        }
        return names;
    }

    private static Name nameOf(NamedValue value, int slot) {
        NameKind kind = value.kind(slot);
        return new Name(kind, kind.index(value.token(slot), Integer.MAX_VALUE));
    }

    /** Returns whether the state stays as it is: the values of variables have to, in which one of the names is. */
    private boolean isSame(Map<Name, Name> images) {
        for (NamedValue value : values) {
            int names = value.names();
            int[] image = new int[names];
            boolean moves = false;
            for (int slot = 0; slot < names; slot++) {
                Name name = nameOf(value, slot);
                Name other = images.get(name);
                image[slot] = other == null ? slot : slotOf(value, other);
                if (image[slot] < 0) {
                    return false; // the other is not in this value
                }
                moves |= other != null;
            }
            if (moves && !value.isSame(image)) {
                return false;
            }
        }
        return true;
    }

    private static int slotOf(NamedValue value, Name name) {
        for (int slot = 0; slot < value.names(); slot++) {
            if (nameOf(value, slot).equals(name)) {
                return slot;
            }
        }
        return -1;
    }
}
