package dev.faultline.spec.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row of the manifest while it is read. Each field is asked for once; what is left over in the end is unknown. */
final class JsonRow {
    private final Map<Object, @Nullable Object> fields;
    private final Function<String, ManifestException> refusal;

    JsonRow(Map<?, ? extends @Nullable Object> fields, Function<String, ManifestException> refusal) {
        this.fields = new LinkedHashMap<>(fields);
        this.refusal = refusal;
    }

    /** Returns a text that must be there. */
    String text(String field) {
        return optionalText(field).orElseThrow(() -> refusal.apply("the field '" + field + "' is missing"));
    }

    Optional<String> optionalText(String field) {
        return optional(field, String.class, "a text").map(text -> {
            if (text.isBlank()) {
                throw refusal.apply("the field '" + field + "' is empty");
            }
            return text;
        });
    }

    /** Returns a list of texts, each once; empty if the field is not there. */
    Set<String> texts(String field) {
        Set<String> texts = new LinkedHashSet<>();
        for (Object text : optional(field, List.class, "a list").orElse(List.of())) {
            if (!(text instanceof String string) || !texts.add(string)) {
                throw refusal.apply("the field '" + field + "' must list different texts");
            }
        }
        return texts;
    }

    /** Returns a number above zero that must be there. */
    long number(String field) {
        return optionalNumber(field).orElseThrow(() -> refusal.apply("the field '" + field + "' is missing"));
    }

    Optional<Long> optionalNumber(String field) {
        return optional(field, Number.class, "a number").map(number -> {
            boolean whole = number instanceof Integer || number instanceof Long;
            if (!whole || number.longValue() < 1) {
                throw refusal.apply("the field '" + field + "' must be a whole number above zero, not " + number);
            }
            return number.longValue();
        });
    }

    Optional<Integer> optionalSmallNumber(String field) {
        return optionalNumber(field).map(number -> {
            if (number > Integer.MAX_VALUE) {
                throw refusal.apply("the field '" + field + "' must not be as large as " + number);
            }
            return number.intValue();
        });
    }

    /** Returns the one of these values whose text the field has; the field must be there. */
    <T> T oneOf(String field, T[] values) {
        return oneOf(field, text(field), values);
    }

    <T> T oneOf(String field, String text, T[] values) {
        return Stream.of(values)
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> refusal.apply(String.format(
                        Locale.ROOT,
                        "the field '%s' must be %s, not '%s'",
                        field,
                        Stream.of(values).map(Object::toString).collect(Collectors.joining(" or ")),
                        text)));
    }

    /** Refuses what has not been asked for. */
    void refuseTheRest(String context) {
        for (Object field : fields.keySet()) {
            throw refusal.apply("the field '" + field + "' is unknown" + context);
        }
    }

    private <T> Optional<T> optional(String field, Class<T> type, String what) {
        if (!fields.containsKey(field)) {
            return Optional.empty();
        }
        Object value = fields.remove(field);
        if (!type.isInstance(value)) {
            throw refusal.apply("the field '" + field + "' must be " + what + ", not " + value);
        }
        return Optional.of(type.cast(value));
    }
}
