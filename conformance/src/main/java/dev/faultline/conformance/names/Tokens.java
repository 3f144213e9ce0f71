package dev.faultline.conformance.names;

import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Calls the names in one event by tokens: those that the slice knows by the tokens that they have there, others by
 * tokens that are free. Different names never get the same token.
 */
public final class Tokens extends Naming {
    private static final int KINDS = NameKind.values().length;

    private final KnownNames known;
    private final int[] used = new int[KINDS];
    private final Map<NameKind, List<Object>> others = new EnumMap<>(NameKind.class);

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
        List<Object> sameKind = others.computeIfAbsent(kind, k -> new ArrayList<>(1));
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

    /** Returns the number of the last known name of a kind in the event, or -1. */
    public int used(NameKind kind) {
        return used[kind.ordinal()];
    }

    /** Returns the tokens of the same event if the slice knows other names. */
    public Tokens under(KnownNames names) {
        return tokens(names);
    }

    /** Returns the name with this number: one that the slice knew, or behind those, one that the event has brought. */
    Object name(NameKind kind, int index) {
        int count = known.count(kind);
        if (index < count) {
            return known.name(kind, index);
        }
        return others.getOrDefault(kind, List.of()).get(index - count);
    }
}
