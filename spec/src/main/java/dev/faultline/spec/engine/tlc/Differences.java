package dev.faultline.spec.engine.tlc;

import dev.faultline.spec.engine.SpecState.Difference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;

/** Finds the innermost places where two canonical values differ. */
final class Differences {
    private Differences() {}

    static void collect(String path, @Nullable Value here, @Nullable Value there, List<Difference> found) {
        if (here != null && there != null && Values.same(here, there)) {
            return;
        }
        if (!areComposite(here, there)) {
            found.add(new Difference(path, text(here), text(there)));
            return;
        }
        boolean records = here instanceof RecordValue && there instanceof RecordValue;
        Map<String, Value> ours = parts(here, records);
        Map<String, Value> theirs = parts(there, records);
        Set<String> selectors = new LinkedHashSet<>(ours.keySet());
        selectors.addAll(theirs.keySet());
        selectors.forEach(part -> collect(path + part, ours.get(part), theirs.get(part), found));
    }

    /** Returns whether both are functions, records or tuples and have parts. */
    static boolean areComposite(@Nullable Value one, @Nullable Value other) {
        return !parts(one, false).isEmpty() && !parts(other, false).isEmpty();
    }

    private static Map<String, Value> parts(@Nullable Value value, boolean records) {
        Map<String, Value> parts = new LinkedHashMap<>();
        if (value instanceof TupleValue tuple) {
            for (int i = 0; i < tuple.elems.length; i++) {
                parts.put("[" + (i + 1) + "]", tuple.elems[i]);
            }
        } else if (value instanceof RecordValue || value instanceof FcnRcdValue) {
            Map<Value, Value> mappings = Values.mappings(value);
            if (mappings != null) {
                mappings.forEach((key, part) -> parts.put(Text.selector(key, records), part));
            }
        }
        return parts;
    }

    private static String text(@Nullable Value value) {
        return value == null ? Difference.ABSENT : Text.of(value);
    }
}
