package dev.faultline.spec.picture;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class Lines {
    private Lines() {}

    /**
     * Returns the words of a text on lines of at most so many characters; a word that is longer is cut.
     *
     * @return at least one line
     */
    static List<String> of(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (line.length() > width) {
                lines.add(line.substring(0, width));
                line.delete(0, width);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns the length of the longest line. */
    static int longest(List<String> lines) {
        return lines.stream().mapToInt(String::length).max().orElse(0);
    }
}
