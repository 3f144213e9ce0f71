package dev.faultline.spec.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in for what in a TLC configuration. */
public final class Substitutions {
    private static final Pattern SUBSTITUTION = Pattern.compile("(\\w+)\\s*<-\\s*(?:\\[\\w+]\\s*)?(\\w+)");

    private Substitutions() {}

    /**
     * Returns the operators and constants for which another operator stands in, each with the other's name, in the
     * order of the file.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Map<String, String> read(Path config) {
        try {
            Map<String, String> substitutes = new LinkedHashMap<>();
            Matcher substitution = SUBSTITUTION.matcher(TlaText.withoutComments(Files.readString(config)));
            while (substitution.find()) {
                substitutes.put(substitution.group(1), substitution.group(2));
            }
            return substitutes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
