package dev.faultline.spec.picture;

import dev.faultline.spec.picture.SequenceDiagram.Arrow;
import dev.faultline.spec.picture.SequenceDiagram.Mark;
import dev.faultline.spec.picture.SequenceDiagram.Note;
import dev.faultline.spec.picture.SequenceDiagram.Step;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A diagram as an SVG document: no scripts, no fonts to load, readable on light and dark. All letters are equally wide,
 * so that the places of lines and words can be computed without knowing the reader's fonts. For one use by one thread.
 *
 * <p>All measures are in pixels.
 */
final class SvgPicture {
    /** A little more than any common fixed-width font takes at this size. */
    private static final double LETTER = 7.4;

    private static final int FONT = 12;
    private static final int LINE = 15;
    private static final int MARGIN = 16;
    private static final int PAD = 6;
    private static final int GAP = 8;
    private static final int HEAD = 7;
    private static final int LANE_HEIGHT = LINE + 2 * PAD;
    private static final int LEAST_DISTANCE = 84;
    private static final int LABEL_LETTERS = 32;

    /** Each colour stands in a rule of its own, not in a variable: not everything that shows SVG knows those. */
    private static final String STYLE = """
            text { font: 12px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; }
            .middle { text-anchor: middle; } .end { text-anchor: end; } .strong { font-weight: bold; }
            .alarm { fill: #b3261e; font-weight: bold; }
            .paper { fill: #ffffff; } .last { fill: #ffe9e6; } .box { fill: #f3f5f7; stroke: #8c959f; }
            .line { stroke: #8c959f; } .dashed { stroke: #8c959f; stroke-dasharray: 4 4; }
            .arrow { stroke: #1f2328; stroke-width: 1.5; } .head { fill: #1f2328; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; } .alarm { fill: #ff8a80; }
              .paper { fill: #0d1117; } .last { fill: #45191a; } .box { fill: #1c2128; stroke: #7d8590; }
              .line, .dashed { stroke: #7d8590; } .arrow { stroke: #e6edf3; } .head { fill: #e6edf3; }
            }
            """;

    private final SequenceDiagram diagram;
    private final int[] middles;
    private final int width;
    private final StringBuilder back = new StringBuilder();
    private final StringBuilder front = new StringBuilder();
    private int y = MARGIN;

    SvgPicture(SequenceDiagram diagram) {
        this.diagram = diagram;
        middles = new int[diagram.lanes().size()];
        width = layOut();
    }

    /** Returns the whole document. */
    String document() {
        paragraph(diagram.title(), "strong");
        paragraph(diagram.opening(), "");
        y += GAP;
        int top = y + LANE_HEIGHT;
        laneNames();
        y = top + GAP;
        for (int i = 0; i < diagram.steps().size(); i++) {
            draw(
                    diagram.steps().get(i),
                    diagram.numbers().get(i),
                    i == diagram.steps().size() - 1);
        }
        int bottom = y + GAP;
        y = bottom + GAP;
        paragraph(diagram.ending(), "alarm");
        int height = y + MARGIN - GAP;
        StringBuilder lifelines = new StringBuilder();
        for (int middle : middles) {
            lifelines.append(line(middle, top, middle, bottom, "line"));
        }
        String words = String.join("\n", diagram.inWords());
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                role="img" aria-labelledby="title words">
                <title id="title">%3$s</title>
                <desc id="words">%4$s</desc>
                <style>
                %5$s</style>
                <rect class="paper" width="%1$d" height="%2$d"/>
                %6$s%7$s%8$s</svg>
                """,
                width,
                height,
                escaped(diagram.title()),
                escaped((diagram.opening() + "\n" + words + "\n" + diagram.ending()).strip()),
                STYLE,
                back,
                lifelines,
                front);
    }

    /** Finds room for every lane, so that what is written between lanes fits there; returns the width of the whole. */
    private int layOut() {
        int left = MARGIN + numberWide() + GAP;
        int leftmost = Integer.MAX_VALUE;
        for (int lane = 0; lane < middles.length; lane++) {
            int nameHalf = boxWide(List.of(diagram.lanes().get(lane))) / 2;
            middles[lane] = lane == 0 ? 0 : middles[lane - 1] + LEAST_DISTANCE;
            if (lane > 0) {
                int before = boxWide(List.of(diagram.lanes().get(lane - 1))) / 2;
                middles[lane] = Math.max(middles[lane], middles[lane - 1] + before + GAP + nameHalf);
            }
            for (Step step : diagram.steps()) {
                for (Mark mark : step.marks()) {
                    makeRoom(mark, lane);
                }
            }
            leftmost = Math.min(leftmost, middles[lane] - nameHalf);
        }
        int rightmost = 0;
        for (Step step : diagram.steps()) {
            for (Mark mark : step.marks()) {
                if (mark instanceof Note note) {
                    int half = boxWide(labelOf(note)) / 2;
                    leftmost = Math.min(leftmost, middle(note.lane()) - half);
                    rightmost = Math.max(rightmost, middle(note.lane()) + half);
                }
            }
        }
        for (int lane = 0; lane < middles.length; lane++) {
            rightmost = Math.max(
                    rightmost, middles[lane] + boxWide(List.of(diagram.lanes().get(lane))) / 2);
        }
        int shift = middles.length == 0 ? 0 : left - leftmost;
        for (int lane = 0; lane < middles.length; lane++) {
            middles[lane] += shift;
        }
        return Math.max(rightmost + shift + MARGIN, 2 * MARGIN + lettersWide(LABEL_LETTERS));
    }

    /** Moves a lane to the right until an arrow between it and a lane to its left has room for its words. */
    private void makeRoom(Mark mark, int lane) {
        if (mark instanceof Arrow arrow) {
            int from = diagram.lanes().indexOf(arrow.from());
            int to = diagram.lanes().indexOf(arrow.to());
            if (Math.max(from, to) == lane) {
                int room = lettersWide(Lines.longest(labelOf(mark))) + 2 * (HEAD + PAD);
                middles[lane] = Math.max(middles[lane], middles[Math.min(from, to)] + room);
            }
        }
    }

    private int middle(String lane) {
        return middles[diagram.lanes().indexOf(lane)];
    }

    private int numberWide() {
        return lettersWide(diagram.numberLetters());
    }

    private static List<String> labelOf(Mark mark) {
        return Stream.of(mark.words().split("(?<=;) "))
                .flatMap(part -> Lines.of(part, LABEL_LETTERS).stream())
                .toList();
    }

    private static int lettersWide(int letters) {
        return (int) Math.ceil(letters * LETTER);
    }

    private static int boxWide(List<String> lines) {
        return lettersWide(Lines.longest(lines)) + 2 * PAD;
    }

    private void laneNames() {
        for (String lane : diagram.lanes()) {
            box(middle(lane), List.of(lane), "strong");
        }
    }

    private void draw(Step step, long number, boolean last) {
        if (!step.heading().isEmpty()) {
            front.append(line(MARGIN, y + LINE / 2, width - MARGIN, y + LINE / 2, "dashed"));
            y += LINE;
            paragraph(step.heading(), "");
            y += GAP;
        }
        int top = y;
        front.append(text(MARGIN + numberWide(), y + FONT + PAD, last ? "end alarm" : "end", String.valueOf(number)));
        for (Mark mark : step.marks()) {
            if (mark instanceof Arrow arrow) {
                draw(arrow, last ? "last" : "paper");
            } else if (mark instanceof Note note) {
                box(middle(note.lane()), labelOf(note), "");
                y += labelOf(note).size() * LINE + 2 * PAD;
            }
            y += GAP;
        }
        if (last) {
            back.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"last\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n",
                    GAP / 2,
                    top - GAP / 2,
                    width - GAP,
                    y - top));
        }
    }

    private void draw(Arrow arrow, String behind) {
        int from = middle(arrow.from());
        int to = middle(arrow.to());
        int centre = (from + to) / 2;
        List<String> label = labelOf(arrow);
        int half = lettersWide(Lines.longest(label)) / 2 + 1;
        // Lifelines that the words cross are hidden behind them.
        front.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
                behind,
                centre - half,
                y,
                2 * half,
                label.size() * LINE + 2));
        for (String words : label) {
            front.append(text(centre, y + FONT, "middle", words));
            y += LINE;
        }
        y += PAD;
        int head = from < to ? -HEAD : HEAD;
        front.append(line(from, y, to + head, y, "arrow"));
        front.append(String.format(Locale.ROOT, "<path class=\"head\" d=\"M%d %d l%d -4 v8 z\"/>\n", to, y, head));
        y += PAD;
    }

    private void box(int centre, List<String> lines, String style) {
        int wide = boxWide(lines);
        front.append(String.format(
                Locale.ROOT,
                "<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>\n",
                centre - wide / 2,
                y,
                wide,
                lines.size() * LINE + 2 * PAD));
        for (int i = 0; i < lines.size(); i++) {
            front.append(text(centre, y + PAD + FONT + i * LINE, ("middle " + style).strip(), lines.get(i)));
        }
    }

    private void paragraph(String words, String style) {
        if (!words.isEmpty()) {
            for (String line : Lines.of(words, (int) ((width - 2 * MARGIN) / LETTER))) {
                front.append(text(MARGIN, y + FONT, style, line));
                y += LINE;
            }
        }
    }

    private static String text(int x, int y, String style, String words) {
        String styled = style.isEmpty() ? "" : " class=\"" + style + '"';
        return String.format(Locale.ROOT, "<text%s x=\"%d\" y=\"%d\">%s</text>\n", styled, x, y, escaped(words));
    }

    private static String line(int x1, int y1, int x2, int y2, String style) {
        return String.format(
                Locale.ROOT, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", style, x1, y1, x2, y2);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("[\\p{Cntrl}&&[^\n]]", " ");
    }
}
