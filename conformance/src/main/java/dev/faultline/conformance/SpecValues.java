package dev.faultline.conformance;

import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.SegmentRange;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of the code as values of the spec, for one segment: what concerns other segments is left out, and the
 * segment is called 0. For the thread of the spec.
 *
 * <p>A location that a disk had for this segment in the beginning is called by the number of the disk, any other by its
 * own number plus the number of disks. So every segment begins in the same state, whatever its number.
 *
 * <p>Versions are those of the code: they grow in every segment, and the spec asks for no more. But the entry of a disk
 * that does not exist has the highest version so far, and a segment does not see those that others were given: there, it
 * is the highest that was given in the segment.
 */
final class SpecValues {
    private final LoadedSpec spec;
    private final int firstDisks;
    private final int segments;
    private final Map<Object, SpecValue> known = new HashMap<>();
    private final SpecValue segmentZero;
    private final Versions versions;

    SpecValues(LoadedSpec spec, int firstDisks, int segments, Versions versions) {
        this.spec = spec;
        this.firstDisks = firstDisks;
        this.segments = segments;
        this.versions = versions;
        segmentZero = spec.value(0);
    }

    /** Returns the name of a host, an agent or a disk. There are few, and each is made once. */
    SpecValue name(String name) {
        return known.computeIfAbsent(name, spec::value);
    }

    SpecValue block(int block) {
        return known.computeIfAbsent(block, spec::value);
    }

    SpecValue segment() {
        return segmentZero;
    }

    SpecValue content(Content content) {
        return spec.value(content.toString());
    }

    SpecValue location(long location, int segment) {
        return spec.value(relative(location, segment));
    }

    private int relative(long location, int segment) {
        if (location >= 0 && location < (long) firstDisks * segments && location % segments == segment) {
            return (int) (location / segments);
        }
        return Math.toIntExact(location < 0 ? location : location + firstDisks);
    }

    SpecValue version(long version) {
        return spec.value(version);
    }

    SpecValue cut(Cut cut) {
        return known.computeIfAbsent(cut, key -> spec.value(cut.originals()));
    }

    SpecValue fault(MappingFault fault) {
        return known.computeIfAbsent(
                new MappingFault(fault.agent(), fault.disk(), 0, fault.kind()),
                key -> spec.value(Map.of(
                        "type", "fault",
                        "agent", fault.agent(),
                        "disk", fault.disk(),
                        "segment", 0,
                        "kind", fault.kind().toString())));
    }

    /** Returns the part of a command that concerns a segment of its range. */
    SpecValue command(Command command, int segment) {
        SegmentRange only = SegmentRange.of(command.range().disk(), 0);
        if (command instanceof SetEntryState set) {
            return known.computeIfAbsent(
                    new SetEntryState(set.to(), only, set.state(), set.on(), set.version(), set.blocking()),
                    key -> spec.value(fields(
                            set,
                            "set_entry_state",
                            Map.of("state", set.state().toString(), "on", set.on(), "version", set.version()))));
        } else if (command instanceof QuiesceDisk quiesce) {
            return known.computeIfAbsent(
                    new QuiesceDisk(quiesce.to(), only, quiesce.version(), quiesce.blocking()),
                    key -> spec.value(fields(quiesce, "quiesce", Map.of("version", quiesce.version()))));
        } else if (command instanceof ActivateDisk activate) {
            return known.computeIfAbsent(
                    new ActivateDisk(activate.to(), only, activate.version(), activate.blocking()),
                    key -> spec.value(fields(activate, "activate", Map.of("version", activate.version()))));
        } else if (command instanceof GetEntry get) {
            return known.computeIfAbsent(
                    new GetEntry(get.to(), only, get.blocking()),
                    key -> spec.value(fields(get, "get_entry", Map.of())));
        }
        SetEntry set = (SetEntry) command;
        Map<String, Object> fields =
                fields(set, "set_entry", Map.of("entries", entries(set.entryOf(segment), segment)));
        if (set.range().count() > 1) {
            // See SliceSpec: 1 stands for the other segments.
            fields.put("segments", Set.of(0, 1));
        }
        return spec.value(fields);
    }

    private Map<String, Object> fields(Command command, String type, Map<String, Object> more) {
        Map<String, Object> fields = new LinkedHashMap<>(more);
        fields.put("type", type);
        fields.put("to", command.to());
        fields.put("disk", command.range().disk());
        fields.put("segments", Set.of(0));
        fields.put("blocking", command.blocking());
        return fields;
    }

    private Map<Integer, Object> entries(Entry entry, int segment) {
        boolean ofNoDisk = entry.equals(Entry.error(entry.version()));
        return Map.of(
                0,
                Map.of(
                        "location",
                        relative(entry.location(), segment),
                        "states",
                        entry.states().stream().map(EntryState::toString).collect(Collectors.toSet()),
                        "version",
                        ofNoDisk ? versions.highestUpTo(entry.version(), segment) : entry.version()));
    }

    /** Returns the part of an answer that concerns a segment of its command's range. */
    SpecValue answer(Answer answer, int segment) {
        Command command = answer.command();
        Object entries = command instanceof GetEntry
                ? entries(answer.entries().get(segment - command.range().first()), segment)
                : List.of();
        return spec.value(Map.of("type", "answer", "command", command(command, segment), "entries", entries));
    }
}
