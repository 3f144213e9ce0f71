package dev.faultline.conformance.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.IOUtils;

/**
 * How often each outcome of each action must be met at least, so that what is accepted says something. The floors are in
 * {@code floors.txt}, one line each: a count, and the outcome. Those with 0 are so rare that only {@code --full} meets them.
 */
public final class Floors {
    private static final String FILE = "floors.txt";

    private Floors() {}

    /** Returns the floor of each outcome. */
    static Map<String, Long> all() {
        try (InputStream in = Floors.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            Map<String, Long> floors = new TreeMap<>();
            for (String line : IOUtils.readLines(in, StandardCharsets.UTF_8)) {
                String[] parts = line.trim().split(" ", 2);
                floors.put(parts[1], Long.parseLong(parts[0]));
            }
            return floors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what was met too rarely, or is not in the list of floors; a line each. */
    public static List<String> breaches(Outcomes outcomes) {
        List<String> breaches = new ArrayList<>();
        Map<String, Long> floors = all();
        floors.forEach((outcome, floor) -> {
            long met = outcomes.counts().getOrDefault(outcome, 0L);
            if (met < floor) {
                breaches.add(outcome + ": met " + met + " times, of at least " + floor);
            }
        });
        outcomes.counts().keySet().stream()
                .filter(outcome -> !floors.containsKey(outcome))
                .forEach(outcome -> breaches.add(outcome + ": has no floor"));
        return breaches;
    }
}
