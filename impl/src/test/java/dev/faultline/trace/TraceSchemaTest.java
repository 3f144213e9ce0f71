package dev.faultline.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.faultline.core.Rules;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The schema says what the reader does: it takes what the reader takes, and refuses what the reader refuses. */
class TraceSchemaTest {
    private static final Workload WORKLOAD = new Workload(2, 3, 2, 2, 12, 3, 2, 2, new Faults(1, 1, 1, 6, 6));
    private static final List<Workload> WORKLOADS = List.of(
            WORKLOAD,
            WORKLOAD.withOpening(4),
            WORKLOAD.withSpace(1, 6).withCapacity(5),
            WORKLOAD.withSpace(1, 6).withPower(6, 4));
    private static final int SEEDS = 18;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TraceSchema.text());

    @Test
    void everyLineOfASimulatedTraceIsOfTheSchema() throws JsonProcessingException {
        Map<String, String> lines = new TreeMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            lines.putAll(lineOfEachKind(seed));
        }
        for (String line : lines.values()) {
            assertThat(schema.validate(JSON.readTree(line))).as(line).isEmpty();
        }
        assertThat(lines.keySet().stream().map(kind -> kind.split(" ", 2)[0]).collect(Collectors.toSet()))
                .as("the schedules have an event of each action, or this test says nothing of it")
                .containsAll(
                        TraceSchema.events().stream().map(Class::getSimpleName).toList());
    }

    @Test
    void whatTheReaderRefusesIsNotOfTheSchema() throws JsonProcessingException {
        int spoilt = 0;
        for (String line : lineOfEachKind(1).values()) {
            for (JsonNode other : spoilt(JSON.readTree(line))) {
                String text = JSON.writeValueAsString(other);
                boolean read = isRead(text);
                assertThat(schema.validate(other).isEmpty()).as(text).isEqualTo(read);
                spoilt += read ? 0 : 1;
            }
        }
        assertThat(spoilt).isGreaterThan(500);
    }

    @Test
    void theFieldsOfAnActionAreThoseOfItsLines() {
        assertThat(TraceSchema.fields(dev.faultline.core.Event.Start.class))
                .isEqualTo(new TreeSet<>(List.of("action", "host", "location", "n", "place", "time")));
        assertThat(TraceSchema.fields(dev.faultline.core.Event.ApplyCommand.class))
                .contains("command.type", "command.range.disk", "command.entries[].states[]", "command.on");
        assertThat(TraceSchema.fields(dev.faultline.core.Event.AskSnapshot.class))
                .contains("cut.originals{}");
    }

    /** Returns a line for each action, and each type of message in it, that a schedule has. */
    private static Map<String, String> lineOfEachKind(long seed) {
        Map<String, String> lines = new TreeMap<>();
        Simulation simulation =
                new Simulation(WORKLOADS.get((int) ((seed - 1) % WORKLOADS.size())), seed, Rules.ALL, event -> {
                    String line = TraceFormat.write(event);
                    String type =
                            line.replaceFirst("^(?:(?!\"type\").)*", "").replaceFirst("^\"type\":\"(\\w+)\".*", "$1");
                    lines.put(event.event().action() + " " + type, line);
                });
        lines.put("Header", TraceFormat.write(simulation.header()));
        Schedule schedule = Schedule.random(seed);
        while (schedule.step(simulation)) {
            // To the end.
        }
        lines.put("End", TraceFormat.end(3));
        return lines;
    }

    /** Returns lines in which one field, on any level, is missing, has another name, or has a value of another kind. */
    private static List<JsonNode> spoilt(JsonNode line) {
        List<JsonNode> all = new ArrayList<>();
        spoil(line, line, all);
        return all;
    }

    private static void spoil(JsonNode whole, JsonNode part, List<JsonNode> all) {
        if (part instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                object.remove(name);
                all.add(whole.deepCopy());
                object.set(name + "x", value);
                all.add(whole.deepCopy());
                object.remove(name + "x");
                for (JsonNode other : List.of(
                        JSON.getNodeFactory().textNode("?"),
                        JSON.getNodeFactory().numberNode(1L << 40),
                        JSON.getNodeFactory().numberNode(0.5),
                        JSON.getNodeFactory().booleanNode(true),
                        JSON.getNodeFactory().nullNode(),
                        JSON.createObjectNode(),
                        JSON.createArrayNode().add("?"))) {
                    object.set(name, other);
                    all.add(whole.deepCopy());
                }
                object.set(name, value);
                spoil(whole, value, all);
            }
        } else if (part instanceof ArrayNode array) {
            array.forEach(element -> spoil(whole, element, all));
        }
    }

    private static boolean isRead(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        try {
            if (line.contains("\"faultline\"")) {
                TraceFormat.readHeader(bytes);
            } else {
                TraceFormat.readLine(bytes);
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
