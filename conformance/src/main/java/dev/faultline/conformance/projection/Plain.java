package dev.faultline.conformance.projection;

import dev.faultline.core.Cut;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OfOpening;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The code's messages, of one segment, as the records and functions that they are in the spec. Keeps what it made. For the
 * thread of the spec.
 */
public final class Plain {
    private static final int MOST_KEPT = 10_000;

    private final LoadedSpec spec;
    private final Map<Object, SpecValue> made = new HashMap<>();

    public Plain(LoadedSpec spec) {
        this.spec = spec;
    }

    /** Returns the arguments of a claim as values of the spec. */
    public SpecValue[] values(List<Object> arguments) {
        SpecValue[] values = new SpecValue[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(arguments.get(i));
        }
        return values;
    }

    /** Returns an argument or a part of one as a value of the spec. */
    public SpecValue value(Object argument) {
        if (made.size() > MOST_KEPT) {
            made.clear();
        }
        return made.computeIfAbsent(argument, a -> spec.value(of(a)));
    }

    private static Object of(Object value) {
        if (value instanceof Cut cut) {
            return cut.originals();
        } else if (value instanceof MappingFault fault) {
            return Map.of(
                    "type",
                    "fault",
                    "agent",
                    fault.agent(),
                    "disk",
                    fault.disk(),
                    "segment",
                    fault.segment(),
                    "kind",
                    fault.kind().toString());
        } else if (value instanceof Full full) {
            return Map.of("type", "full", "to", full.to(), "disk", full.disk(), "segment", full.segment());
        } else if (value instanceof OfOpening opening) {
            return opening(opening);
        } else if (value instanceof Command command) {
            return command(command);
        } else if (value instanceof Answer answer) {
            return Map.of(
                    "type",
                    "answer",
                    "command",
                    command(answer.command()),
                    "entries",
                    answer.entries().isEmpty() ? List.of() : entries(answer.entries()));
        }
        return value;
    }

    private static Map<String, Object> opening(OfOpening message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("disk", message.disk());
        fields.put("number", message.number());
        if (message instanceof OpenDisk open) {
            fields.put("type", "open");
            fields.put("agent", open.agent());
        } else if (message instanceof CloseDisk close) {
            fields.put("type", "close");
            fields.put("agent", close.agent());
        } else if (message instanceof Opened opened) {
            fields.put("type", "opened");
            fields.put("to", opened.to());
            fields.put("versions", Map.of(0, opened.versions().get(0)));
        } else if (message instanceof Closed closed) {
            fields.put("type", "closed");
            fields.put("to", closed.to());
        }
        return fields;
    }

    private static Map<String, Object> command(Command command) {
        if (command instanceof SetEntryState set) {
            return fields(
                    set,
                    "set_entry_state",
                    Map.of("state", set.state().toString(), "on", set.on(), "version", set.version()));
        } else if (command instanceof QuiesceDisk quiesce) {
            return fields(quiesce, "quiesce", Map.of("version", quiesce.version()));
        } else if (command instanceof ActivateDisk activate) {
            return fields(activate, "activate", Map.of("version", activate.version()));
        } else if (command instanceof GetEntry get) {
            return fields(get, "get_entry", Map.of());
        }
        SetEntry set = (SetEntry) command;
        return fields(set, "set_entry", Map.of("entries", entries(set.entries())));
    }

    private static Map<String, Object> fields(Command command, String type, Map<String, Object> more) {
        Map<String, Object> fields = new LinkedHashMap<>(more);
        fields.put("type", type);
        fields.put("to", command.to());
        fields.put("disk", command.range().disk());
        fields.put("segments", command.range().count() == 1 ? Set.of(0) : Set.of(0, 1));
        fields.put("blocking", command.blocking());
        return fields;
    }

    private static Map<Integer, Object> entries(List<Entry> ofOneSegment) {
        Entry entry = ofOneSegment.get(0);
        return Map.of(
                0,
                Map.of(
                        "location",
                        entry.location(),
                        "states",
                        entry.states().stream().map(EntryState::toString).collect(Collectors.toSet()),
                        "version",
                        entry.version()));
    }
}
