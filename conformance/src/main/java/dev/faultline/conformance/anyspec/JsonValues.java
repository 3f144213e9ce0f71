package dev.faultline.conformance.anyspec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.ModelValue;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads values of a specification from JSON, as ITF writes them, with a few forms more:
 *
 * <ul>
 *   <li>{@code true}, {@code 7}, {@code [..]} and {@code {"f": ..}} are a boolean, a number, a sequence and a record;
 *   <li>{@code "a"} is the model value of that name if the configuration has one, otherwise a string;
 *   <li>{@code {"#set": [..]}}, {@code {"#tup": [..]}}, {@code {"#map": [[k, v], ..]}}, {@code {"#bigint": "7"}},
 *       {@code {"#model": "a"}} and {@code {"#string": "a"}} are what they say.
 * </ul>
 *
 * <p>Anything else is refused by an {@link IllegalArgumentException}. For the thread of the specification.
 */
final class JsonValues {
    private final LoadedSpec spec;
    private final Map<String, Object> texts = new HashMap<>();

    JsonValues(LoadedSpec spec) {
        this.spec = spec;
    }

    /** Reads the value whose first token is the parser's current one; returns it in plain Java. */
    Object read(JsonParser json) throws IOException {
        return switch (Objects.requireNonNull(json.currentToken())) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> text(json.getText());
            case VALUE_NUMBER_INT -> number(json.getBigIntegerValue());
            case START_ARRAY -> list(json);
            case START_OBJECT -> object(json);
            case VALUE_NUMBER_FLOAT ->
                throw new IllegalArgumentException(json.getText() + " is not a whole number, and TLC has no others");
            default -> throw new IllegalArgumentException("null is no value of TLA+");
        };
    }

    private Object text(String text) {
        return texts.computeIfAbsent(
                text, t -> modelValue(t).map(Object.class::cast).orElse(t));
    }

    private Optional<ModelValue> modelValue(String name) {
        try {
            return Optional.of((ModelValue) spec.modelValue(name).toJava());
        } catch (NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static Integer number(BigInteger number) {
        if (number.bitLength() > 31) {
            throw new IllegalArgumentException(number + " is out of the range of TLC's numbers, 32 bits");
        }
        return number.intValue();
    }

    private List<Object> list(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("there is no list where one is needed");
        }
        List<Object> all = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(read(json));
        }
        return all;
    }

    private Object object(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.startsWith("#")) {
                Object special = special(name, json);
                if (!fields.isEmpty() || json.nextToken() != JsonToken.END_OBJECT) {
                    throw new IllegalArgumentException(name + " stands beside other fields");
                }
                return special;
            }
            fields.put(name, read(json));
        }
        return fields.isEmpty() ? List.of() : fields; // the empty record is the empty function is the empty sequence
    }

    private Object special(String name, JsonParser json) throws IOException {
        return switch (name) {
            case "#set" -> new LinkedHashSet<>(list(json));
            case "#tup" -> list(json);
            case "#map" -> function(list(json));
            case "#bigint" -> bigint(string(name, json));
            case "#string" -> string(name, json);
            case "#model" -> {
                String model = string(name, json);
                yield modelValue(model)
                        .orElseThrow(
                                () -> new IllegalArgumentException("the configuration knows no model value " + model));
            }
            default ->
                throw new IllegalArgumentException(
                        "unknown form " + name + "; there are #set, #tup, #map, #bigint, #model and #string");
        };
    }

    private static Object function(List<Object> pairs) {
        Map<Object, Object> function = new LinkedHashMap<>();
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> both) || both.size() != 2) {
                throw new IllegalArgumentException("#map has something that is no pair of an argument and a value");
            }
            if (function.put(both.get(0), both.get(1)) != null) {
                throw new IllegalArgumentException("#map has two values for " + both.get(0));
            }
        }
        return function.isEmpty() ? List.of() : function;
    }

    private static Integer bigint(String digits) {
        if (!digits.matches("-?[0-9]{1,20}")) {
            throw new IllegalArgumentException("#bigint is not a whole number TLC has: " + digits);
        }
        return number(new BigInteger(digits));
    }

    private static String string(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException(name + " needs a string");
        }
        return json.getText();
    }
}
