package dev.faultline.spec.drawing;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks into values of the specification that are plain Java. */
final class Plain {
    /** Numbers in their order, and before all else; the rest by its words. */
    static final Comparator<Object> ORDER = Comparator.comparing((Object value) -> !(value instanceof Integer))
            .thenComparing(value -> value instanceof Integer number ? number : 0)
            .thenComparing(Words::value);

    private Plain() {}

    /** Returns the function, record or tuple, its arguments in order; empty if the value is none. */
    static Optional<Map<Object, Object>> function(@Nullable Object value) {
        Map<Object, Object> function = new TreeMap<>(ORDER);
        if (value instanceof Map<?, ?> map) {
            map.forEach(function::put);
        } else if (value instanceof List<?> tuple) {
            for (int i = 0; i < tuple.size(); i++) {
                function.put(i + 1, tuple.get(i));
            }
        } else {
            return Optional.empty();
        }
        return Optional.of(new LinkedHashMap<>(function));
    }

    /** Returns the record of that kind: one that has all these fields. */
    static Optional<Map<Object, Object>> record(@Nullable Object value, String... fields) {
        return function(value).filter(record -> record.keySet().containsAll(Set.of(fields)));
    }

    /** Returns the members of a set in order. */
    static List<Object> members(Collection<?> set) {
        return set.stream().<Object>map(member -> member).sorted(ORDER).toList();
    }

    /** Returns the value of a function at an argument, if it has one. */
    static Optional<Object> at(@Nullable Object function, Object argument) {
        return function(function).map(values -> values.get(argument));
    }
}
