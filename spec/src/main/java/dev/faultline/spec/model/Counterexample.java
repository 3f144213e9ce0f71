package dev.faultline.spec.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A behaviour that violates a property.
 *
 * @param headline TLC's own sentence on what is violated
 * @param steps the states in order, each with the action that led to it; none if TLC does not show them
 * @param ending how it goes on after the last state
 */
public record Counterexample(String headline, List<Step> steps, Ending ending) {
    /** Copies the steps. */
    public Counterexample {
        steps = List.copyOf(steps);
    }

    /**
     * A state and what led to it.
     *
     * @param action the name of the action, or {@code Initial predicate}
     * @param location where the action is in its module, in TLC's words; empty for an initial state
     * @param state a conjunction of equations, one for each variable, over several lines
     */
    public record Step(String action, String location, String state) {}

    /** How a behaviour goes on after its last state. */
    public sealed interface Ending {
        /** It does not matter: what has happened so far is enough. */
        record Reached() implements Ending {}

        /** Nothing happens any more. */
        record Stuttering() implements Ending {}

        /**
         * It goes round for ever.
         *
         * @param step the number, from 1, of the step that comes next
         */
        record BackTo(int step) implements Ending {}
    }

    /** Returns the whole of it as text for people. */
    public String text() {
        StringBuilder text = new StringBuilder(headline).append('\n');
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            text.append(String.format(Locale.ROOT, "\n%d: %s", i + 1, step.action()));
            if (!step.location().isEmpty()) {
                text.append(" (").append(step.location()).append(')');
            }
            text.append('\n').append(step.state()).append('\n');
        }
        if (ending instanceof Ending.Stuttering) {
            text.append("\nand then nothing happens any more\n");
        } else if (ending instanceof Ending.BackTo loop) {
            text.append(String.format(Locale.ROOT, "\nand then back to %d, for ever\n", loop.step()));
        }
        return text.toString();
    }

    /**
     * Writes {@link #text} to a file. The file is there as a whole or not at all, as far as the file system allows.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        WholeFile.write(file, text());
    }
}
