package dev.faultline.spec.picture;

import dev.faultline.spec.picture.SequenceDiagram.Arrow;
import dev.faultline.spec.picture.SequenceDiagram.Mark;
import dev.faultline.spec.picture.SequenceDiagram.Note;
import dev.faultline.spec.picture.SequenceDiagram.Step;
import java.util.List;

/**
 * A diagram for a terminal: the lanes to the left, what is said of them to the right, so that words never collide with
 * lines. As narrow as {@value #COLUMNS} columns unless there are many lanes.
 */
final class TextPicture {
    private static final int COLUMNS = 110;
    private static final int LEAST_LANE = 8;
    private static final int LEAST_WORDS = 36;
    private static final int LANE_GAP = 2;
    private static final int LEAST_GUTTER = 6;
    private static final String LAST = "=> ";

    private final SequenceDiagram diagram;
    private final int gutter;
    private final int[] middles;
    private final int wordsFrom;
    private final int wordsWidth;
    private final StringBuilder text = new StringBuilder();

    private TextPicture(SequenceDiagram diagram) {
        this.diagram = diagram;
        middles = new int[diagram.lanes().size()];
        gutter = Math.max(LEAST_GUTTER, LAST.length() + diagram.numberLetters() + 1);
        int column = gutter;
        for (int i = 0; i < middles.length; i++) {
            int width = Math.max(LEAST_LANE, diagram.lanes().get(i).length() + LANE_GAP);
            middles[i] = column + width / 2;
            column += width;
        }
        wordsFrom = column + LANE_GAP;
        wordsWidth = Math.max(LEAST_WORDS, COLUMNS - wordsFrom);
    }

    static String of(SequenceDiagram diagram) {
        TextPicture picture = new TextPicture(diagram);
        picture.draw();
        return picture.text.toString();
    }

    private void draw() {
        paragraph(diagram.title(), "");
        paragraph(diagram.opening(), "");
        row("");
        row(names());
        row(lifelines());
        for (int i = 0; i < diagram.steps().size(); i++) {
            boolean last = i == diagram.steps().size() - 1;
            draw(diagram.steps().get(i), (last ? LAST : "") + diagram.numbers().get(i));
        }
        row(lifelines());
        row("");
        paragraph(diagram.ending(), LAST);
    }

    private void draw(Step step, String number) {
        if (!step.heading().isEmpty()) {
            Lines.of("-- " + step.heading() + " --", wordsWidth).forEach(words -> row(beside(lifelines(), words)));
        }
        String label = number;
        for (Mark mark : step.marks()) {
            char[] line = line(mark);
            for (String words : Lines.of(mark.words(), wordsWidth)) {
                label.getChars(0, label.length(), line, gutter - 1 - label.length());
                row(beside(line, words));
                label = "";
                line = lifelines();
            }
        }
    }

    private char[] line(Mark mark) {
        char[] line = lifelines();
        if (mark instanceof Arrow arrow) {
            int from = middle(arrow.from());
            int to = middle(arrow.to());
            for (int i = Math.min(from, to) + 1; i < Math.max(from, to); i++) {
                line[i] = line[i] == '│' ? '┼' : '─';
            }
            line[from] = from < to ? '├' : '┤';
            line[from < to ? to - 1 : to + 1] = from < to ? '>' : '<';
        } else if (mark instanceof Note note) {
            line[middle(note.lane())] = '*';
        }
        return line;
    }

    private int middle(String lane) {
        return middles[diagram.lanes().indexOf(lane)];
    }

    private char[] blank() {
        return " ".repeat(wordsFrom).toCharArray();
    }

    private char[] lifelines() {
        char[] line = blank();
        for (int middle : middles) {
            line[middle] = '│';
        }
        return line;
    }

    private char[] names() {
        char[] line = blank();
        List<String> lanes = diagram.lanes();
        for (int i = 0; i < middles.length; i++) {
            String name = lanes.get(i);
            name.getChars(0, name.length(), line, middles[i] - name.length() / 2);
        }
        return line;
    }

    private static String beside(char[] line, String words) {
        return new String(line) + words;
    }

    private void paragraph(String words, String before) {
        if (!words.isEmpty()) {
            String margin = before;
            for (String line : Lines.of(words, COLUMNS - before.length())) {
                row(margin + line);
                margin = " ".repeat(before.length());
            }
        }
    }

    private void row(char[] line) {
        row(new String(line));
    }

    private void row(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
