package dev.faultline.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.core.Content;
import dev.faultline.core.Message;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects, field by field under the names of the components: strings, whole numbers, truth values,
 * enums by their text, contents as hexadecimal text, lists, sets, maps from texts to texts, and nested records. Commands,
 * and other messages where any message can be, have a {@code type} more.
 * Strict: every field must be there, no other may be, and each must have its type. Any thread may use it.
 */
final class RecordJson {
    private static final String TYPE = "type";

    /** Versions and locations are integers of TLC's, with some room. */
    static final long LARGEST = 1 << 30;

    /** The numbers that the spec is not told. */
    static final Set<String> UNBOUNDED = Set.of("seed", "end");

    /** The commands by their type, in alphabetical order. */
    static final Map<String, Class<? extends Record>> COMMANDS = new TreeMap<>(Map.of(
            "set_entry", SetEntry.class,
            "set_entry_state", SetEntryState.class,
            "quiesce", QuiesceDisk.class,
            "activate", ActivateDisk.class,
            "get_entry", GetEntry.class));

    /** All messages by their type, in alphabetical order. */
    static final Map<String, Class<? extends Record>> MESSAGES = messages();

    private static final Map<Class<?>, String> LABELS =
            MESSAGES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final Map<Class<?>, RecordJson> KNOWN = new ConcurrentHashMap<>();

    private final Class<?> type;
    private final RecordComponent[] components;
    private final String[] names;
    private final Type[] types;
    private final Constructor<?> constructor;

    private static Map<String, Class<? extends Record>> messages() {
        Map<String, Class<? extends Record>> messages = new TreeMap<>(COMMANDS);
        messages.put("answer", Answer.class);
        messages.put("fault", MappingFault.class);
        messages.put("full", Full.class);
        messages.put("open", OpenDisk.class);
        messages.put("opened", Opened.class);
        messages.put("close", CloseDisk.class);
        messages.put("closed", Closed.class);
        return messages;
    }

    private RecordJson(Class<?> type) {
        this.type = type;
        components = type.getRecordComponents();
        names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
        types = Arrays.stream(components).map(RecordComponent::getGenericType).toArray(Type[]::new);
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        constructor.setAccessible(true);
        for (RecordComponent component : components) {
            component.getAccessor().setAccessible(true);
        }
    }

    private static RecordJson of(Class<?> type) {
        return KNOWN.computeIfAbsent(type, RecordJson::new);
    }

    /** Writes the fields of a record into the object that the generator has open. */
    static void writeFields(JsonGenerator json, Record value) throws IOException {
        try {
            for (RecordComponent component : of(value.getClass()).components) {
                json.writeFieldName(component.getName());
                writeValue(json, component.getType(), component.getAccessor().invoke(value));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeValue(JsonGenerator json, Class<?> type, Object value) throws IOException {
        if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Collection<?> collection) {
            json.writeStartArray();
            for (Object element : collection) {
                writeValue(json, Object.class, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                writeValue(json, Object.class, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Record fields && !(value instanceof Content)) {
            json.writeStartObject();
            // Where any message can be, it has to say which it is; a command always does.
            String label = value instanceof Command || type == Message.class ? LABELS.get(value.getClass()) : null;
            if (label != null) {
                json.writeStringField(TYPE, label);
            }
            writeFields(json, fields);
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }

    /**
     * Makes a record from its fields.
     *
     * @throws IllegalArgumentException if a field is missing, unknown or of the wrong type
     */
    static <T> T read(Class<T> type, Map<String, ? extends @Nullable Object> fields) {
        return type.cast(of(type).read(fields));
    }

    private Object read(Map<String, ? extends @Nullable Object> fields) {
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = names[i];
            Object value = fields.get(name);
            if (value == null) {
                throw new IllegalArgumentException("field '" + name + "' of " + type.getSimpleName() + " is missing");
            }
            arguments[i] = value(name, types[i], value);
        }
        if (fields.size() > components.length) {
            Set<String> unknown = new LinkedHashSet<>(fields.keySet());
            Arrays.stream(components).map(RecordComponent::getName).forEach(unknown::remove);
            throw new IllegalArgumentException(type.getSimpleName() + " has no field '"
                    + unknown.iterator().next() + "'");
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(String name, Type type, Object json) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) expect(name, Map.class, "an object", json)).entrySet()) {
                values.put((String) entry.getKey(), expect(name, String.class, "a text", entry.getValue()));
            }
            return values;
        } else if (type instanceof ParameterizedType generic) {
            Collection<?> elements = expect(name, Collection.class, "a list", json);
            List<Object> values = new ArrayList<>();
            for (Object element : elements) {
                values.add(value(name, generic.getActualTypeArguments()[0], element));
            }
            return generic.getRawType() == Set.class ? new LinkedHashSet<>(values) : values;
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return expect(name, String.class, "a text", json);
        } else if (raw == boolean.class) {
            return expect(name, Boolean.class, "true or false", json);
        } else if (raw == int.class || raw == Integer.class) {
            return expect(name, Integer.class, "a whole number below 2^31", json);
        } else if (raw == long.class || raw == Long.class) {
            long largest = UNBOUNDED.contains(name) ? Long.MAX_VALUE : LARGEST;
            if (json instanceof Integer || json instanceof Long) {
                long number = ((Number) json).longValue();
                if (number >= -largest && number <= largest) {
                    return number;
                }
            }
            throw wrong(name, "a whole number from -" + largest + " to " + largest, json);
        } else if (raw == Content.class) {
            try {
                return Content.parse(expect(name, String.class, "a text", json));
            } catch (IllegalArgumentException e) {
                throw wrong(name, "16 hexadecimal digits", json);
            }
        } else if (raw.isEnum()) {
            for (Object constant : raw.getEnumConstants()) {
                if (constant.toString().equals(json)) {
                    return constant;
                }
            }
            throw wrong(name, "one of " + Arrays.toString(raw.getEnumConstants()), json);
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> fields = expect(name, Map.class, "an object", json);
        if (raw == Command.class || raw == Message.class) {
            Map<String, Class<? extends Record>> known = raw == Command.class ? COMMANDS : MESSAGES;
            Map<String, Object> rest = new HashMap<>(fields);
            Object label = rest.remove(TYPE);
            @Nullable Class<? extends Record> message = label instanceof String text ? known.get(text) : null;
            if (message == null) {
                throw wrong("type of " + name, "one of " + known.keySet(), label);
            }
            return of(message).read(rest);
        }
        return of(raw).read(fields);
    }

    private static <T> T expect(String name, Class<T> type, String expected, @Nullable Object json) {
        if (!type.isInstance(json)) {
            throw wrong(name, expected, json);
        }
        return type.cast(json);
    }

    private static IllegalArgumentException wrong(String name, String expected, @Nullable Object found) {
        return new IllegalArgumentException("field '" + name + "' must be " + expected + ", not "
                + (found instanceof String ? "'" + found + "'" : String.valueOf(found)));
    }
}
