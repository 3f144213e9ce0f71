package dev.faultline.conformance.names;

import dev.faultline.trace.TraceHeader;
import java.util.stream.IntStream;

/**
 * What the tokens in a slice's states stand for: for each kind, the names in the order of their tokens. A name that is
 * in no believed state any more is forgotten. Immutable.
 */
public final class KnownNames {
    private final Object[][] names;

    private KnownNames(Object[][] names) {
        this.names = names;
    }

    /** Returns the names that are in the initial state of every slice, with tokens in the order of the header. */
    public static KnownNames first(TraceHeader header) {
        Object[][] names = new Object[NameKind.values().length][0];
        names[NameKind.AGENT.ordinal()] = header.agents().toArray();
        names[NameKind.BLOCK.ordinal()] =
                IntStream.range(0, header.blocks()).boxed().toArray();
        names[NameKind.LOCATION.ordinal()] =
                IntStream.range(0, header.disks().size()).boxed().toArray();
        return new KnownNames(names);
    }

    public int count(NameKind kind) {
        return names[kind.ordinal()].length;
    }

    Object name(int kind, int index) {
        return names[kind][index];
    }

    int count(int kind) {
        return names[kind].length;
    }

    /** Returns the number of a name's token, or -1 if the name is not known. */
    int indexOf(NameKind kind, Object name) {
        Object[] known = names[kind.ordinal()];
        for (int i = 0; i < known.length; i++) {
            if (known[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the token of a name that is known. */
    public Object tokenOf(NameKind kind, Object name) {
        return kind.token(indexOf(kind, name));
    }

    /** Returns the name that a token stands for, as the spec writes it. */
    public Object nameOf(NameKind kind, Object token) {
        Object name = name(kind.ordinal(), kind.index(token, count(kind)));
        return kind == NameKind.CONTENT ? name.toString() : name;
    }

    /** Returns how many versions are known that are lower. */
    int versionsBelow(int version) {
        Object[] known = names[NameKind.VERSION.ordinal()];
        int below = 0;
        while (below < known.length && (Integer) known[below] < version) {
            below++;
        }
        return below;
    }

    /** Returns the names with some of them exchanged. */
    public KnownNames exchanged(Renaming exchange) {
        Object[][] after = names.clone();
        for (int kind = 0; kind < names.length; kind++) {
            int[] before = exchange.before(kind);
            if (before != null) {
                Object[] exchanged = new Object[before.length];
                for (int i = 0; i < before.length; i++) {
                    exchanged[i] = names[kind][before[i]];
                }
                after[kind] = exchanged;
            }
        }
        return new KnownNames(after);
    }

    /** Returns the names after a step that was asked for with these tokens. */
    public KnownNames after(Renaming renaming, Tokens tokens) {
        if (renaming.isNone()) {
            return this;
        }
        Object[][] after = names.clone();
        for (int kind = 0; kind < names.length; kind++) {
            int[] before = renaming.before(kind);
            if (before != null) {
                Object[] renamed = new Object[before.length];
                for (int i = 0; i < before.length; i++) {
                    renamed[i] = tokens.name(kind, before[i]);
                }
                after[kind] = renamed;
            }
        }
        return new KnownNames(after);
    }
}
