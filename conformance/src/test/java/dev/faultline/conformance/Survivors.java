package dev.faultline.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The changes of the cores that no test sees: those that PIT reports, and those that {@code docs/survivors.md} explains.
 * One is named by class and method, PIT's name of what it did, and the text of the line, without the line's number, so that
 * it keeps its name when code moves. The same may be there several times, since PIT can change a line in several places.
 */
final class Survivors {
    private static final Path HOME = Path.of(System.getProperty("faultline.home"));
    static final Path PAGE = HOME.resolve("docs/survivors.md");
    private static final Path SOURCES = HOME.resolve("impl/src/main/java");
    private static final Path REPORT = HOME.resolve("conformance/target/pit-reports/mutations.xml");
    private static final String FENCE = "```";

    private Survivors() {}

    /** Returns the survivors of PIT's report, sorted. */
    static List<String> reported() throws IOException, SAXException, ParserConfigurationException {
        return reported(mutation -> !mutation.getAttribute("detected").equals("true"));
    }

    /** Returns those of which PIT's report says that they took too long, as they may when the machine has more to do. */
    static List<String> tooSlow() throws IOException, SAXException, ParserConfigurationException {
        return reported(mutation -> mutation.getAttribute("status").equals("TIMED_OUT"));
    }

    private static List<String> reported(Predicate<Element> wanted)
            throws IOException, SAXException, ParserConfigurationException {
        Document report =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(REPORT.toFile());
        NodeList mutations = report.getElementsByTagName("mutation");
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < mutations.getLength(); i++) {
            Element mutation = (Element) mutations.item(i);
            if (wanted.test(mutation)) {
                survivors.add(nameOf(mutation));
            }
        }
        survivors.sort(null);
        return survivors;
    }

    /** Returns what the page lists, sorted, each with the paragraph before it, which says why nobody needs to see it. */
    static Map<String, String> explained() throws IOException {
        Map<String, String> explained = new TreeMap<>();
        forEachExplained((survivor, reason) -> explained.merge(survivor, reason, (one, other) -> one));
        return explained;
    }

    /** Returns what the page lists, sorted, with repetitions. */
    static List<String> listed() throws IOException {
        List<String> listed = new ArrayList<>();
        forEachExplained((survivor, reason) -> listed.add(survivor));
        listed.sort(null);
        return listed;
    }

    /** Returns the source of the class that a survivor is in. */
    static Path sourceOf(String survivor) {
        String outermost = survivor.split("[.$]", 2)[0];
        return SOURCES.resolve("dev/faultline/core").resolve(outermost + ".java");
    }

    private interface Visitor {
        void accept(String survivor, String reason);
    }

    private static void forEachExplained(Visitor visitor) throws IOException {
        StringBuilder reason = new StringBuilder();
        boolean listing = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith(FENCE)) {
                listing = !listing;
                if (!listing) {
                    reason.setLength(0);
                }
            } else if (listing) {
                visitor.accept(line.strip(), reason.toString().strip());
            } else if (!line.startsWith("#")) {
                reason.append(line).append(' ');
            }
        }
    }

    private static String nameOf(Element mutation) throws IOException {
        String type = text(mutation, "mutatedClass").replaceFirst("^.*\\.", "");
        String method = text(mutation, "mutatedMethod").replaceFirst("^lambda\\$(.*)\\$\\d+$", "$1");
        String mutator = text(mutation, "mutator").replaceFirst("^.*\\.", "").replaceFirst("Mutator$", "");
        List<String> source = Files.readAllLines(sourceOf(type));
        String line =
                source.get(Integer.parseInt(text(mutation, "lineNumber")) - 1).strip();
        return type + "." + method + ": " + mutator + ": " + line;
    }

    private static String text(Element mutation, String tag) {
        return mutation.getElementsByTagName(tag).item(0).getTextContent();
    }
}
