package dev.faultline.spec.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.spec.picture.SequenceDiagram.Arrow;
import dev.faultline.spec.picture.SequenceDiagram.Note;
import dev.faultline.spec.picture.SequenceDiagram.Step;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SequenceDiagramTest {
    private static final double LETTER = 7.2;

    private static SequenceDiagram diagram(String label, Step... more) {
        List<Step> steps = new ArrayList<>(List.of(
                new Step(new Arrow("host", "agent", label)),
                new Step("and then", List.of(new Note("agent", "looks; waits"), new Arrow("agent", "storage", "put"))),
                new Step(new Arrow("storage", "host", "done"))));
        steps.addAll(List.of(more));
        return new SequenceDiagram(
                "A <title> & more", "At first.", List.of("host", "agent", "storage"), steps, "It broke.");
    }

    @Test
    void isTextForATerminal() {
        assertThat(diagram("write").text()).isEqualTo("""
                A <title> & more
                At first.

                        host    agent  storage
                          │       │       │
                    1     ├──────>│       │      write
                          │       │       │      -- and then --
                    2     │       *       │      looks; waits
                          │       ├──────>│      put
                 => 3     │<──────┼───────┤      done
                          │       │       │

                => It broke.
                """);
    }

    @Test
    void hasRoomForNumbersThatBeginHigh() {
        Step done = new Step(new Note("host", "done"));
        SequenceDiagram late =
                new SequenceDiagram("t", "", List.of("host"), List.of(done, done), List.of(99L, 12_345L), "");
        assertThat(late.text()).contains("      99     *", "=> 12345     *");
        assertThat(late.inWords()).containsExactly("99. host: done", "12345. host: done");
        List<Element> texts = elements(parsed(late), "text");
        assertThat(texts).extracting(Element::getTextContent).contains("99", "12345");
        assertThat(texts).allSatisfy(text -> assertThat(left(text)).isGreaterThanOrEqualTo(0));
        assertThatThrownBy(() -> new SequenceDiagram("t", "", List.of("host"), List.of(done), List.of(), ""))
                .hasMessage("0 numbers for 1 steps");
    }

    @Test
    void wrapsWordsInsteadOfGrowingWide() {
        String text = diagram("word ".repeat(50) + "x".repeat(200)).text();
        assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThanOrEqualTo(110);
        assertThat(text.replaceAll("[^x]", "")).hasSize(200);
    }

    @Test
    void tellsItselfInWordsToThoseWhoCannotSeeIt() {
        Document svg = parsed(diagram("a < b"));
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A <title> & more");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo("""
                At first.
                1. host to agent: a < b
                2. agent: looks; waits; agent to storage: put
                3. storage to host: done
                It broke.""");
    }

    @Test
    void hasRoomForEverythingInTheSvg() {
        String label = "a long label that takes several lines, since nobody likes pictures that are too wide";
        Document svg = parsed(diagram(label, new Step(new Note("storage", label)), new Step(new Note("host", label))));
        int width = Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
        int height = Integer.parseInt(svg.getDocumentElement().getAttribute("height"));
        for (Element text : elements(svg, "text")) {
            double left = left(text);
            assertThat(left).as(text.getTextContent()).isGreaterThanOrEqualTo(0);
            assertThat(left + letters(text)).as(text.getTextContent()).isLessThanOrEqualTo(width);
            assertThat(y(text)).as(text.getTextContent()).isBetween(12, height);
        }
    }

    @Test
    void writesNothingOverAnythingElseInTheSvg() {
        List<Element> texts = elements(parsed(diagram("some more words than before, for three lines of them")), "text");
        for (Element one : texts) {
            for (Element other : texts) {
                boolean apart = one == other
                        || Math.abs(y(one) - y(other)) >= 12
                        || left(one) + letters(one) < left(other)
                        || left(other) + letters(other) < left(one);
                assertThat(apart)
                        .as(one.getTextContent() + " / " + other.getTextContent())
                        .isTrue();
            }
        }
    }

    @Test
    void movesLanesApartForTheWordsBetweenThem() {
        assertThat(arrowLength(diagram("x"))).isLessThan(90);
        assertThat(arrowLength(diagram("twenty-eight letters of text"))).isGreaterThan(28 * LETTER);
    }

    @Test
    void highlightsTheLastStep() {
        Document svg = parsed(diagram("x"));
        List<Element> bands = elements(svg, "rect").stream()
                .filter(rect -> rect.getAttribute("class").equals("last") && rect.hasAttribute("rx"))
                .toList();
        assertThat(bands).singleElement().satisfies(band -> {
            Element done = elements(svg, "text").stream()
                    .filter(text -> text.getTextContent().equals("done"))
                    .findFirst()
                    .orElseThrow();
            int top = Integer.parseInt(band.getAttribute("y"));
            assertThat(y(done)).isBetween(top, top + Integer.parseInt(band.getAttribute("height")));
        });
    }

    @Test
    void drawsWithoutStepsToo() {
        SequenceDiagram empty = new SequenceDiagram("t", "", List.of(), List.of(), "It begins broken.");
        assertThat(empty.text()).startsWith("t\n").endsWith("=> It begins broken.\n");
        assertThat(parsed(empty).getElementsByTagName("text").getLength()).isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        Step stray = new Step(new Note("nobody", "x"));
        assertThatThrownBy(() -> diagram("x", stray)).hasMessageStartingWith("no lane for nobody: x");
        assertThatThrownBy(() -> new Arrow("a", "a", "x")).hasMessage("an arrow from a to itself");
        assertThatThrownBy(() -> new Step()).hasMessage("a step must show something");
    }

    private static double arrowLength(SequenceDiagram diagram) {
        Element arrow = elements(parsed(diagram), "line").stream()
                .filter(line -> line.getAttribute("class").equals("arrow"))
                .findFirst()
                .orElseThrow();
        return Math.abs(Double.parseDouble(arrow.getAttribute("x2")) - Double.parseDouble(arrow.getAttribute("x1")));
    }

    private static Document parsed(SequenceDiagram diagram) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(diagram.svg())));
        } catch (Exception e) {
            throw new AssertionError(diagram.svg(), e);
        }
    }

    private static List<Element> elements(Document svg, String name) {
        NodeList nodes = svg.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static double letters(Element text) {
        return text.getTextContent().length() * LETTER;
    }

    private static int y(Element text) {
        return Integer.parseInt(text.getAttribute("y"));
    }

    private static double left(Element text) {
        double x = Double.parseDouble(text.getAttribute("x"));
        String style = text.getAttribute("class");
        return style.contains("middle") ? x - letters(text) / 2 : style.contains("end") ? x - letters(text) : x;
    }
}
