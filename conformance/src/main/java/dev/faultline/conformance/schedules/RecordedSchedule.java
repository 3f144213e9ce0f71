package dev.faultline.conformance.schedules;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A schedule of the simulator, as a file of one JSON object: all that is needed to run it again.
 *
 * @param schedule the version of the format, {@link #VERSION}
 * @param mutant the change of the code, {@code none} if there is none
 * @param seed what the workload's details are drawn from
 * @param workload the system and what is done with it
 * @param choices what happens, see {@link dev.faultline.sim.Schedule}
 */
public record RecordedSchedule(int schedule, String mutant, long seed, Workload workload, List<Integer> choices) {
    /** The version of the format that this code writes and reads. */
    public static final int VERSION = 1;

    private static final int LARGEST_BYTES = 1 << 24;

    /** Copies the list; {@link IllegalArgumentException} for another version. */
    public RecordedSchedule {
        choices = List.copyOf(choices);
        if (schedule != VERSION) {
            throw new IllegalArgumentException(
                    "version " + schedule + " of the schedule format, but only version " + VERSION + " can be read");
        }
    }

    static RecordedSchedule of(SimulatedRun run, Mutant mutant) {
        return new RecordedSchedule(VERSION, mutant.name(), run.seed(), run.workload(), run.choices());
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
                return TraceFormat.readRecord(RecordedSchedule.class, bytes);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Runs the schedule, to its end or to the first event that the spec refuses. */
    public SimulatedRun run(Conformance conformance, Mutant mutantOfThatName) {
        return SimulatedRun.replay(conformance, workload, seed, choices, mutantOfThatName);
    }
}
