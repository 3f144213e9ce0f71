package dev.faultline.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.faultline.core.Content;
import dev.faultline.core.Event;
import dev.faultline.core.Message;
import dev.faultline.core.Message.Command;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The format of traces, as a JSON Schema (draft 2020-12) of a line, and as tables for people: both made from the records
 * that {@link RecordJson} reads, so they cannot say anything else than it does. Any thread may use it.
 */
public final class TraceSchema {
    private static final String REF = "#/$defs/";

    /** What is defined on the way, by name. */
    private final Map<String, Object> definitions = new TreeMap<>();

    private TraceSchema() {}

    /** Returns the schema as the text of a file. */
    public static String text() {
        TraceSchema schema = new TraceSchema();
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.put("title", "A line of a Faultline trace, version " + TraceHeader.VERSION);
        List<Object> lines = new ArrayList<>();
        lines.add(schema.named("Header", schema.header()));
        lines.add(schema.named("Quiet", schema.object(TraceQuiet.class, ordered())));
        lines.add(schema.named("End", schema.object(TraceEnd.class, ordered())));
        events().forEach(event -> lines.add(schema.named(event.getSimpleName(), schema.event(event))));
        whole.put("oneOf", lines);
        whole.put("$defs", schema.definitions);
        return json(whole) + "\n";
    }

    /** Returns the actions, in the order in which they are declared. */
    static List<Class<? extends Event>> events() {
        List<Class<? extends Event>> events = new ArrayList<>();
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            events.add(event.asSubclass(Event.class));
        }
        return events;
    }

    /**
     * Returns the fields that an event of an action has, those of parts with a dot before them and those of elements of lists
     * with brackets: {@code command.entries[].version}. What depends on the type of a message is there for each type.
     */
    public static Set<String> fields(Class<? extends Event> event) {
        Set<String> fields = new TreeSet<>(Set.of("n", "time", "place", "action"));
        Arrays.stream(event.getRecordComponents())
                .forEach(component -> addFields(component.getName(), component.getGenericType(), fields));
        return fields;
    }

    private static void addFields(String path, Type type, Set<String> fields) {
        if (type instanceof ParameterizedType generic && generic.getRawType() != Map.class) {
            Type element = generic.getActualTypeArguments()[0];
            if (isPart(element)) {
                addFields(path + "[]", element, fields);
            } else {
                fields.add(path + "[]");
            }
        } else if (type == Command.class || type == Message.class) {
            fields.add(path + ".type");
            types(type).values().forEach(message -> addParts(path, message, fields));
        } else if (isPart(type)) {
            addParts(path, (Class<?>) type, fields);
        } else {
            fields.add(type instanceof ParameterizedType ? path + "{}" : path);
        }
    }

    private static void addParts(String path, Class<?> record, Set<String> fields) {
        for (RecordComponent component : record.getRecordComponents()) {
            addFields(path + "." + component.getName(), component.getGenericType(), fields);
        }
    }

    private static boolean isPart(Type type) {
        return type instanceof Class<?> raw
                && (raw.isRecord() && raw != Content.class || raw == Command.class || raw == Message.class);
    }

    private static Map<String, Class<? extends Record>> types(Type message) {
        return message == Command.class ? RecordJson.COMMANDS : RecordJson.MESSAGES;
    }

    /** Returns the table of actions for people, in Markdown. */
    public static String actions() {
        StringBuilder table = new StringBuilder("| action | place | arguments |\n| --- | --- | --- |\n");
        for (Class<? extends Event> event : events()) {
            table.append("| `")
                    .append(event.getSimpleName())
                    .append("` | ")
                    .append(Emitter.of(event))
                    .append(" | ")
                    .append(arguments(event))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** Returns the table of what arguments are made of, in Markdown. */
    public static String parts() {
        StringBuilder table = new StringBuilder("| part | fields |\n| --- | --- |\n");
        Map<String, Class<?>> parts = new TreeMap<>();
        events().forEach(event -> collect(event, parts));
        parts.forEach((name, part) -> table.append("| ")
                .append(name)
                .append(" | ")
                .append(arguments(part))
                .append(" |\n"));
        return table.toString();
    }

    private static void collect(Class<?> record, Map<String, Class<?>> parts) {
        for (RecordComponent component : record.getRecordComponents()) {
            Type type = component.getGenericType();
            Type inner = type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
            if (inner == Command.class || inner == Message.class) {
                types(inner).forEach((label, message) -> put("`" + label + "`", message, parts));
            } else if (isPart(inner)) {
                put(word((Class<?>) inner), (Class<?>) inner, parts);
            }
        }
    }

    private static void put(String name, Class<?> part, Map<String, Class<?>> parts) {
        if (parts.put(name, part) == null) {
            collect(part, parts);
        }
    }

    private static String arguments(Class<?> record) {
        List<String> words = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            words.add("`" + component.getName() + "`: " + words(component.getGenericType()));
        }
        return words.isEmpty() ? "none" : String.join("; ", words);
    }

    private static String words(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] inner = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? "an object of texts"
                    : (generic.getRawType() == Set.class ? "a set of: " : "a list of: ") + words(inner[0]);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return "name";
        } else if (raw == boolean.class) {
            return "true or false";
        } else if (raw == int.class || raw == long.class || raw == Long.class || raw == Integer.class) {
            return "number";
        } else if (raw.isEnum()) {
            return String.join(
                    " or ",
                    Stream.of(raw.getEnumConstants()).map(c -> "`" + c + "`").toList());
        } else if (raw == Message.class) {
            return "any message";
        }
        return word(raw);
    }

    private static String word(Class<?> part) {
        return part.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> header() {
        return object(TraceHeader.class, ordered("faultline", ordered("const", TraceHeader.VERSION)));
    }

    private Map<String, Object> event(Class<? extends Event> event) {
        Map<String, Object> common = new LinkedHashMap<>();
        common.put("n", ordered("type", "integer", "minimum", 1));
        common.put("time", ordered("type", "integer", "minimum", 0));
        common.put("place", ordered("type", "string"));
        common.put("action", ordered("const", event.getSimpleName()));
        return object(event, common);
    }

    /** Returns the schema of a record; of the fields that are given, as they are given. */
    private Map<String, Object> object(Class<?> record, Map<String, Object> given) {
        Map<String, Object> properties = new LinkedHashMap<>(given);
        for (RecordComponent component : record.getRecordComponents()) {
            if (!properties.containsKey(component.getName())) {
                boolean isAnyNumber = RecordJson.UNBOUNDED.contains(component.getName());
                properties.put(
                        component.getName(), isAnyNumber ? ordered("type", "integer") : of(component.getGenericType()));
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", List.copyOf(properties.keySet()));
        object.put("additionalProperties", false);
        return object;
    }

    private Map<String, Object> named(String name, Map<String, Object> schema) {
        definitions.put(name, schema);
        return ordered("$ref", REF + name);
    }

    private Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] inner = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? ordered("type", "object", "additionalProperties", ordered("type", "string"))
                    : ordered("type", "array", "items", of(inner[0]));
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return ordered("type", "string");
        } else if (raw == boolean.class) {
            return ordered("type", "boolean");
        } else if (raw == int.class || raw == Integer.class) {
            return ordered("type", "integer", "minimum", Integer.MIN_VALUE, "maximum", Integer.MAX_VALUE);
        } else if (raw == long.class || raw == Long.class) {
            return ordered("type", "integer", "minimum", -RecordJson.LARGEST, "maximum", RecordJson.LARGEST);
        } else if (raw == Content.class) {
            return ordered("type", "string", "pattern", "^[0-9a-f]{16}$");
        } else if (raw.isEnum()) {
            return ordered(
                    "enum",
                    Stream.of(raw.getEnumConstants()).map(Object::toString).toList());
        } else if (raw == Command.class || raw == Message.class) {
            List<Object> each = new ArrayList<>();
            types(raw).forEach((label, message) -> each.add(message(label, message)));
            return ordered("oneOf", each);
        }
        String name = raw.getSimpleName();
        if (!definitions.containsKey(name)) {
            definitions.put(name, ordered()); // no record contains itself, but who knows
            definitions.put(name, object(raw, ordered()));
        }
        return ordered("$ref", REF + name);
    }

    private Map<String, Object> message(String label, Class<? extends Record> message) {
        String name = "message:" + label;
        if (!definitions.containsKey(name)) {
            definitions.put(name, ordered());
            definitions.put(name, object(message, ordered("type", ordered("const", label))));
        }
        return ordered("$ref", REF + name);
    }

    /** The order of {@link Map#of} is another in each process. */
    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static String json(Object value) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try (JsonGenerator json = TraceFormat.JSON_FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(printer);
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else {
            json.writeString((String) value);
        }
    }
}
