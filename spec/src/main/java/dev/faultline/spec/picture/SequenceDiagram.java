package dev.faultline.spec.picture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Who did what to whom, in order. The last step is the one that all is about, and is highlighted. Immutable; any thread
 * may use it, and equal diagrams give equal text and equal SVG.
 *
 * @param title one line: what this is
 * @param opening a sentence on how it was before the first step; may be empty
 * @param lanes the names of those who take part, from left to right, each once
 * @param steps in order
 * @param numbers those of the steps
 * @param ending a sentence on what has come of it; may be empty
 */
public record SequenceDiagram(
        String title, String opening, List<String> lanes, List<Step> steps, List<Long> numbers, String ending) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a lane is there twice, something is on a lane that is not there, or there is
     *     not a number for each step
     */
    public SequenceDiagram {
        lanes = List.copyOf(lanes);
        steps = List.copyOf(steps);
        numbers = List.copyOf(numbers);
        if (numbers.size() != steps.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d numbers for %d steps", numbers.size(), steps.size()));
        }
        if (lanes.stream().distinct().count() < lanes.size()) {
            throw new IllegalArgumentException("a lane is there twice: " + lanes);
        }
        for (Step step : steps) {
            for (Mark mark : step.marks()) {
                if (!lanes.containsAll(mark.lanes())) {
                    throw new IllegalArgumentException("no lane for " + mark + " among " + lanes);
                }
            }
        }
    }

    /** Makes a diagram whose steps are numbered from 1. */
    public SequenceDiagram(String title, String opening, List<String> lanes, List<Step> steps, String ending) {
        this(
                title,
                opening,
                lanes,
                steps,
                LongStream.rangeClosed(1, steps.size()).boxed().toList(),
                ending);
    }

    /** Returns how many letters the longest number has. */
    int numberLetters() {
        return numbers.stream()
                .mapToInt(number -> String.valueOf(number).length())
                .max()
                .orElse(1);
    }

    /** Returns the diagram for a terminal; see {@link TextPicture}. */
    public String text() {
        return TextPicture.of(this);
    }

    /** Returns the diagram as an SVG document; see {@link SvgPicture}. */
    public String svg() {
        return new SvgPicture(this).document();
    }

    /** Returns the steps in words, a line for each, for those who cannot see them. */
    List<String> inWords() {
        return IntStream.range(0, steps.size())
                .mapToObj(i -> numbers.get(i) + ". "
                        + steps.get(i).marks().stream().map(Mark::toString).collect(Collectors.joining("; ")))
                .toList();
    }

    /**
     * What happens at once.
     *
     * @param heading words across all lanes, above the step; mostly empty
     * @param marks what is drawn for it, from top to bottom; at least one
     */
    public record Step(String heading, List<Mark> marks) {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Step {
            marks = List.copyOf(marks);
            if (marks.isEmpty()) {
                throw new IllegalArgumentException("a step must show something");
            }
        }

        /** Makes a step without a heading. */
        public Step(Mark... marks) {
            this("", List.of(marks));
        }
    }

    /** A part of a step. */
    public sealed interface Mark {
        /** Returns the lanes that it is drawn on. */
        List<String> lanes();

        /** Returns what is written at it. After a semicolon, a new line may begin. */
        String words();
    }

    /** Something goes from one lane to another. */
    public record Arrow(String from, String to, String words) implements Mark {
        /**
         * Checks the lanes.
         *
         * @throws IllegalArgumentException if it goes nowhere
         */
        public Arrow {
            if (from.equals(to)) {
                throw new IllegalArgumentException("an arrow from " + from + " to itself");
            }
        }

        @Override
        public List<String> lanes() {
            return List.of(from, to);
        }

        @Override
        public String toString() {
            return from + " to " + to + ": " + words;
        }
    }

    /** Something happens on a lane. */
    public record Note(String lane, String words) implements Mark {
        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public String toString() {
            return lane + ": " + words;
        }
    }
}
