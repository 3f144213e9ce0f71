package dev.faultline.conformance.schedules;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule of the simulator, as a file of one JSON object: all that is needed to run it again.
 *
 * @param schedule the version of the format, {@link #VERSION}
 * @param mutant the change of the code, {@code none} if there is none
 * @param seed what the workload's details are drawn from
 * @param workload the system and what is done with it
 * @param choices what happens, see {@link dev.faultline.sim.Schedule}
 * @param steps what was chosen: the place and the action of each event; nothing in a file of version 1
 * @param found what was wrong with the run, in a line, or {@link #NOTHING}; empty in a file of version 1
 */
public record RecordedSchedule(
        int schedule,
        String mutant,
        long seed,
        Workload workload,
        List<Integer> choices,
        List<String> steps,
        String found) {
    /** The version of the format that this code writes; it also reads those before, which say less. */
    public static final int VERSION = 6;

    private static final int WITH_OPENING = 3;
    private static final int WITH_SPACE = 4;
    private static final int WITH_CAPACITY = 5;

    /** What was found in a run that is right. */
    public static final String NOTHING = "accepted";

    private static final int LARGEST_BYTES = 1 << 24;

    /** Copies the list; {@link IllegalArgumentException} for another version. */
    public RecordedSchedule {
        choices = List.copyOf(choices);
        steps = List.copyOf(steps);
        if (schedule != VERSION) {
            throw new IllegalArgumentException("version " + schedule
                    + " of the schedule format, but only versions 1 to " + VERSION + " can be read");
        }
    }

    static RecordedSchedule of(SimulatedRun run, Mutant mutant) {
        return new RecordedSchedule(
                VERSION, mutant.name(), run.seed(), run.workload(), run.choices(), steps(run), found(run));
    }

    private static List<String> steps(SimulatedRun run) {
        return run.trace().stream()
                .map(event -> event.place() + " " + event.event().action())
                .toList();
    }

    private static String found(SimulatedRun run) {
        return run.problem().map(SimulatedRun.Problem::summary).orElse(NOTHING);
    }

    /** Returns how a run differs from the one that was saved, in a line; empty if it is the same as far as the file says. */
    public Optional<String> difference(SimulatedRun run) {
        if (steps.isEmpty()) {
            return run.problem().isEmpty()
                    ? Optional.of(
                            "a schedule is saved when a run fails, and this one is accepted; the file, of version 1, does "
                                    + "not say how it failed")
                    : Optional.empty();
        }
        List<String> now = steps(run);
        for (int i = 0; i < Math.max(steps.size(), now.size()); i++) {
            String then = i < steps.size() ? steps.get(i) : "the end";
            String here = i < now.size() ? now.get(i) : "the end";
            if (!then.equals(here)) {
                return Optional.of("event " + (i + 1) + " was " + then + ", and is " + here);
            }
        }
        return found(run).equals(found)
                ? Optional.empty()
                : Optional.of("the events are the same, but what was found was: " + found + "; and is: " + found(run));
    }

    /** Returns what {@link #read} reads. */
    String text() {
        return TraceFormat.writeRecord(this) + "\n";
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no schedule, with the reason in one line
     */
    public static RecordedSchedule read(Path file) {
        try {
            byte[] bytes;
            try (InputStream stream = Files.newInputStream(file)) {
                bytes = stream.readNBytes(LARGEST_BYTES + 1);
            }
            if (bytes.length > LARGEST_BYTES) {
                throw new IllegalArgumentException(file + ": a schedule has at most " + LARGEST_BYTES + " bytes");
            }
            try {
                return TraceFormat.readRecord(RecordedSchedule.class, bytes, RecordedSchedule::bringUpToDate);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Files of version 1 are saved when a run fails, and do not say how; before version 3 nothing was opened or closed,
     * before version 4 nothing was empty, before version 5 storage was never full, and before version 6 it lost nothing.
     */
    private static void bringUpToDate(Map<String, @Nullable Object> fields) {
        if (!(fields.get("schedule") instanceof Integer version) || version < 1 || version >= VERSION) {
            return;
        }
        String older = "version " + version + " of the schedule format";
        if (version == 1) {
            TraceFormat.add(fields, older, "steps", List.of());
            TraceFormat.add(fields, older, "found", "");
        }
        fields.put("schedule", VERSION);
        if (fields.get("workload") instanceof Map<?, ?> workload) {
            Map<String, @Nullable Object> whole = new LinkedHashMap<>();
            workload.forEach((field, value) -> whole.put(String.valueOf(field), value));
            if (version < WITH_OPENING) {
                TraceFormat.add(whole, older, "mapping", Mapping.ALL.toString());
                TraceFormat.add(whole, older, "closings", 0);
            }
            if (version < WITH_SPACE) {
                TraceFormat.add(whole, older, "creations", 0);
                TraceFormat.add(whole, older, "offers", 0);
            }
            if (version < WITH_CAPACITY) {
                TraceFormat.add(whole, older, "capacity", MappingTables.UNBOUNDED);
            }
            TraceFormat.add(whole, older, "flushes", 0);
            TraceFormat.add(whole, older, "powerLosses", 0);
            fields.put("workload", whole);
        }
    }

    /** Runs the schedule, to its end or to the first event that the spec refuses. */
    public SimulatedRun run(Conformance conformance, Mutant mutantOfThatName) {
        return SimulatedRun.replay(conformance, workload, seed, choices, mutantOfThatName);
    }
}
