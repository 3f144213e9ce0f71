package dev.faultline.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.faultline.core.Durability;
import dev.faultline.core.Event;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of a trace: one JSON object each, the header first, the end last. Any thread may use it. */
public final class TraceFormat {
    /** Writes ASCII only, which is all that is read. */
    static final JsonFactory JSON_FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** The events by the name of their action. */
    private static final Map<String, Class<?>> EVENTS = Arrays.stream(Event.class.getPermittedSubclasses())
            .collect(Collectors.toMap(Class::getSimpleName, type -> type, (a, b) -> a, TreeMap::new));

    /** The version between two others that is not read; see {@link TraceHeader}. */
    private static final int UNREAD = 9;

    private TraceFormat() {}

    /** Returns the header as a line, without its end. */
    public static String write(TraceHeader header) {
        return line(json -> writeFields(json, header));
    }

    /** Returns an event as a line, without its end. */
    public static String write(TraceEvent event) {
        return line(json -> writeFields(json, event));
    }

    /** Returns any record that is made of what traces are made of, as a line. */
    public static String writeRecord(Record value) {
        return line(json -> RecordJson.writeFields(json, value));
    }

    /**
     * Reads what {@link #writeRecord} has written; every field must be there, and no other.
     *
     * @throws IllegalArgumentException if this is no such record, with the reason
     */
    public static <T extends Record> T readRecord(Class<T> type, byte[] line) {
        return RecordJson.read(type, parse(line));
    }

    /**
     * Reads what {@link #writeRecord} has written, or would have written before the record had all its fields.
     *
     * @param bringUpToDate is given the fields as they are in the line, and adds those that are new
     * @throws IllegalArgumentException if this is no such record, with the reason
     */
    public static <T extends Record> T readRecord(
            Class<T> type, byte[] line, Consumer<Map<String, @Nullable Object>> bringUpToDate) {
        Map<String, @Nullable Object> fields = parse(line);
        bringUpToDate.accept(fields);
        return RecordJson.read(type, fields);
    }

    /**
     * Adds a field that an older version does not have.
     *
     * @param older the version, in words
     * @throws IllegalArgumentException if it is there
     */
    public static void add(Map<String, @Nullable Object> fields, String older, String field, Object value) {
        if (fields.put(field, value) != null) {
            throw new IllegalArgumentException(older + " has no field '" + field + "'");
        }
    }

    /** Returns the last line of a trace with so many events, without its end. */
    public static String end(long events) {
        return line(json -> RecordJson.writeFields(json, new TraceEnd(events)));
    }

    /** Returns the line of a place that has nothing more to say of the time until this one, without its end. */
    static String quiet(long time) {
        return line(json -> RecordJson.writeFields(json, new TraceQuiet(time)));
    }

    /** Writes the fields of the header into the object that the generator has open. */
    static void writeFields(JsonGenerator json, TraceHeader header) throws IOException {
        RecordJson.writeFields(json, header);
    }

    /** Writes the fields of an event into the object that the generator has open. */
    static void writeFields(JsonGenerator json, TraceEvent event) throws IOException {
        json.writeNumberField("n", event.n());
        json.writeNumberField("time", event.time());
        json.writeStringField("place", event.place());
        json.writeStringField("action", event.event().action());
        RecordJson.writeFields(json, (Record) event.event());
    }

    /** Returns whether a line wants to be a header, rightly or not. */
    static boolean isHeader(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1).stripLeading().startsWith("{\"faultline\"");
    }

    /**
     * Reads the header.
     *
     * @throws IllegalArgumentException if the line is no header, with the reason
     */
    public static TraceHeader readHeader(byte[] line) {
        return header(parse(line));
    }

    private static TraceHeader header(Map<String, @Nullable Object> fields) {
        Object version = fields.get("faultline");
        if (version == null) {
            throw new IllegalArgumentException("this is not a Faultline trace: field 'faultline' is missing");
        }
        if (!version.equals(TraceHeader.VERSION)) {
            bringUpToDate(fields, version);
        }
        return RecordJson.read(TraceHeader.class, fields);
    }

    private static void bringUpToDate(Map<String, @Nullable Object> fields, Object version) {
        if (!(version instanceof Integer older)
                || older < TraceHeader.WITHOUT_PLACES
                || older > TraceHeader.WITHOUT_DURABILITY
                || older == UNREAD) {
            throw TraceHeader.unreadable(version);
        }
        String words = "version " + version + " of the trace format";
        if (older <= TraceHeader.WITHOUT_PLACES) {
            add(fields, words, "places", List.of());
        }
        if (older <= TraceHeader.WITHOUT_MAPPING) {
            add(fields, words, "mapping", Mapping.ALL.toString());
        }
        if (older <= TraceHeader.WITHOUT_EMPTY) {
            add(fields, words, "capacity", MappingTables.UNBOUNDED);
        }
        add(fields, words, "durability", Durability.AT_ONCE.toString());
        fields.put("faultline", TraceHeader.VERSION);
    }

    /**
     * Reads a line of a trace: a {@link TraceEvent}, a {@link TraceQuiet}, a {@link TraceEnd}, or a {@link TraceHeader}, with which each file
     * of a place may begin.
     *
     * @throws IllegalArgumentException if the line is neither, with the reason
     */
    static Record readLine(byte[] line) {
        Map<String, @Nullable Object> fields = parse(line);
        if (fields.containsKey("end")) {
            return RecordJson.read(TraceEnd.class, fields);
        } else if (fields.containsKey("quiet")) {
            return RecordJson.read(TraceQuiet.class, fields);
        }
        return fields.containsKey("faultline") ? header(fields) : event(fields);
    }

    /**
     * Reads the line of an event.
     *
     * @throws IllegalArgumentException if the line is none, with the reason
     */
    public static TraceEvent readEvent(byte[] line) {
        return event(parse(line));
    }

    private static TraceEvent event(Map<String, @Nullable Object> fields) {
        long n = number(fields, "n");
        long time = number(fields, "time");
        String place = text(fields, "place");
        String action = text(fields, "action");
        Class<?> type = EVENTS.get(action);
        if (type == null) {
            throw new IllegalArgumentException("unknown action '" + action + "'; known are " + EVENTS.keySet());
        }
        return new TraceEvent(n, time, place, (Event) RecordJson.read(type, fields));
    }

    private static Map<String, @Nullable Object> parse(byte[] line) {
        if (!isAscii(line)) {
            throw new IllegalArgumentException("this is not a JSON object in ASCII");
        }
        try (JsonParser parser = JSON_FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("this is not a JSON object, or not a whole one");
            }
            Map<String, @Nullable Object> fields = object(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("there is something after the JSON object");
            }
            return fields;
        } catch (JsonProcessingException | CharConversionException e) {
            throw new IllegalArgumentException("this is not a JSON object, or not a whole one", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So there is one way to write a name, and no parser has to guess in which encoding it is. */
    private static boolean isAscii(byte[] line) {
        for (byte each : line) {
            if (each <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads the rest of an object whose beginning the parser has read. */
    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = TraceName.expect(parser.currentName());
            parser.nextToken();
            if (fields.containsKey(name)) {
                throw new IllegalArgumentException("field '" + name + "' is there twice");
            }
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> TraceName.expect(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            default -> null;
        };
    }

    private static long number(Map<String, @Nullable Object> fields, String name) {
        if (fields.remove(name) instanceof Number number && (number instanceof Integer || number instanceof Long)) {
            return number.longValue();
        }
        throw new IllegalArgumentException("field '" + name + "' is missing or not a whole number");
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        if (fields.remove(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("field '" + name + "' is missing or not a text");
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String line(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON_FACTORY.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
