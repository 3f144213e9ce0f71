package dev.faultline.conformance.anyspec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads lines such as {@code {"action":"Name","arguments":{..},"state":{..}}}. For the thread of the specification. */
final class ObservedReader {
    private static final int MOST_KEPT = 10_000;

    private final LoadedSpec spec;
    private final JsonValues values;
    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Values that were met: those of a trace are few, and an equal one that is the same is compared at once. */
    private final Map<Object, SpecValue> known = new HashMap<>();

    ObservedReader(LoadedSpec spec) {
        this.spec = spec;
        values = new JsonValues(spec);
    }

    /**
     * Reads a line.
     *
     * @param place the file and the number of the line, for the message
     * @throws UnusableLineException if it cannot be meant
     */
    Observed read(String line, String place) {
        try (JsonParser json = factory.createParser(line)) {
            return read(line, json);
        } catch (JsonProcessingException e) {
            throw new UnusableLineException(place + ": not JSON that can be used: " + e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException | NoSuchElementException e) {
            throw new UnusableLineException(place + ": " + e.getMessage());
        }
    }

    private Observed read(String line, JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not an object {\"action\": ..}");
        }
        String action = "";
        Map<String, SpecValue> byName = Map.of();
        List<SpecValue> inOrder = List.of();
        Map<String, SpecValue> state = Map.of();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (field.equals("action") && token == JsonToken.VALUE_STRING) {
                action = json.getText();
            } else if (field.equals("arguments") && token == JsonToken.START_ARRAY) {
                inOrder = inOrder(json);
            } else if (field.equals("arguments") && token == JsonToken.START_OBJECT) {
                byName = byName(json);
            } else if (field.equals("state") && token == JsonToken.START_OBJECT) {
                state = byName(json);
            } else {
                throw new IllegalArgumentException("`" + field + "` is not a field of a line, or of another kind; there"
                        + " are action (a string), arguments (a list or an object) and state (an object)");
            }
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("there is something after the object");
        }
        if (action.isEmpty()) {
            throw new IllegalArgumentException("the line names no action");
        }
        SpecAction named = spec.action(action);
        for (String variable : state.keySet()) {
            if (!spec.variables().contains(variable)) {
                throw new IllegalArgumentException("state names " + variable + ", which is no variable; there are "
                        + String.join(", ", spec.variables()));
            }
        }
        return new Observed(line, named, byName.isEmpty() ? counted(named, inOrder) : ordered(named, byName), state);
    }

    private List<SpecValue> inOrder(JsonParser json) throws IOException {
        List<SpecValue> all = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(value(json));
        }
        return all;
    }

    private Map<String, SpecValue> byName(JsonParser json) throws IOException {
        Map<String, SpecValue> all = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            all.put(name, value(json));
        }
        return all;
    }

    private SpecValue value(JsonParser json) throws IOException {
        Object plain = values.read(json);
        SpecValue value = known.get(plain);
        if (value == null) {
            value = spec.value(plain);
            if (known.size() < MOST_KEPT) {
                known.put(plain, value);
            }
        }
        return value;
    }

    private static List<SpecValue> counted(SpecAction action, List<SpecValue> arguments) {
        if (arguments.size() != action.parameters().size()) {
            throw new IllegalArgumentException(action + " has "
                    + action.parameters().size() + " parameters, and the line gives " + arguments.size() + " of them");
        }
        return arguments;
    }

    private static List<SpecValue> ordered(SpecAction action, Map<String, SpecValue> arguments) {
        List<SpecValue> all = new ArrayList<>();
        for (String parameter : action.parameters()) {
            SpecValue value = arguments.get(parameter);
            if (value != null) {
                all.add(value);
            }
        }
        if (all.size() != action.parameters().size() || all.size() != arguments.size()) {
            throw new IllegalArgumentException(action + " has the parameters " + String.join(", ", action.parameters())
                    + ", and the line gives " + String.join(", ", arguments.keySet()));
        }
        return all;
    }
}
