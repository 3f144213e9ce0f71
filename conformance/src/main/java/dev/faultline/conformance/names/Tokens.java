package dev.faultline.conformance.names;

import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls the names in one event by tokens: those that the slice knows by the tokens that they have there, others by
 * tokens that are free. Different names never get the same token.
 */
public final class Tokens extends Naming {
    private static final int KINDS = NameKind.values().length;

    private final KnownNames known;
    private final int[] used = new int[KINDS];
    /** The names that are not known, by kind; made when there is one. */
    private @Nullable List<Object> @Nullable [] others;

    public Tokens(TraceHeader header, int segment, KnownNames known) {
        super(header, segment);
        this.known = known;
        Arrays.fill(used, -1);
    }

    @Override
    Object call(NameKind kind, Object name) {
        int index = known.indexOf(kind, name);
        if (index >= 0) {
            used[kind.ordinal()] = index;
            return kind.token(index);
        }
        List<Object> sameKind = others(kind.ordinal());
        index = sameKind.indexOf(name);
        if (index < 0) {
            index = sameKind.size();
            sameKind.add(name);
        }
        if (kind != NameKind.VERSION) {
            return kind.token(known.count(kind) + index);
        } else if (index > 0) {
            throw new IllegalStateException("an event with two versions that its segment does not know: " + sameKind);
        }
        return 2 * known.versionsBelow((Integer) name) + 1;
    }

    @SuppressWarnings("unchecked")
    private List<Object> others(int kind) {
        if (others == null) {
            others = (List<Object>[]) new List<?>[KINDS];
        }
        List<Object> sameKind = others[kind];
        if (sameKind == null) {
            sameKind = new ArrayList<>(2);
            others[kind] = sameKind;
        }
        return sameKind;
    }

    /** Returns the number of the last known name of a kind in the event, or -1. */
    public int used(NameKind kind) {
        return used[kind.ordinal()];
    }

    /** Returns the tokens of the same event if the slice knows other names. */
    public Tokens under(KnownNames names) {
        return tokens(names);
    }

    /** Returns the name of a kind, given by its ordinal, with this number: one that the slice knew, or behind those, one that the event has brought. */
    Object name(int kind, int index) {
        int count = known.count(kind);
        return index < count ? known.name(kind, index) : others(kind).get(index - count);
    }
}
