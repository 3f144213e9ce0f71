package dev.faultline.spec.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/**
 * What a TLC configuration names. A wrong one is TLC's to refuse; here it is only read.
 *
 * @param invariants the invariants to check
 * @param properties the temporal and action properties to check
 * @param assigned the constants that are given a value, each with the number of its line
 * @param deadlockAllowed whether a state without successor is no violation
 * @param substituted the operators and constants for which another operator stands in
 */
record ConfigFile(
        List<String> invariants,
        List<String> properties,
        Map<String, Integer> assigned,
        boolean deadlockAllowed,
        Set<String> substituted) {
    private static final Pattern DEADLOCK_ALLOWED = Pattern.compile("\\bCHECK_DEADLOCK\\s+FALSE\\b");
    private static final Pattern TOKEN = Pattern.compile("(?<name>\\w+)(?<sign>\\s*(?:=|<-))?");
    private static final Set<String> KEYWORDS = Set.of(
            "CONSTANT",
            "CONSTANTS",
            "CONSTRAINT",
            "CONSTRAINTS",
            "ACTION_CONSTRAINT",
            "ACTION_CONSTRAINTS",
            "INVARIANT",
            "INVARIANTS",
            "INIT",
            "NEXT",
            "VIEW",
            "SYMMETRY",
            "SPECIFICATION",
            "PROPERTY",
            "PROPERTIES",
            "ALIAS",
            "POSTCONDITION",
            "CHECK_DEADLOCK");

    /**
     * Reads a configuration.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    static ConfigFile read(Path file) {
        try {
            return of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConfigFile of(String text) {
        String plain = TlaText.withoutComments(text);
        ConfigFile config = new ConfigFile(
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                DEADLOCK_ALLOWED.matcher(plain).find(),
                new LinkedHashSet<>());
        String section = "";
        Matcher token = TOKEN.matcher(plain);
        while (token.find()) {
            String name = token.group("name");
            if (KEYWORDS.contains(name)) {
                section = name;
            } else if (section.startsWith("INVARIANT")) {
                config.invariants.add(name);
            } else if (section.startsWith("PROPERT")) {
                config.properties.add(name);
            } else if (section.equals("CONSTANT") || section.equals("CONSTANTS")) {
                int line = 1 + StringUtils.countMatches(plain.substring(0, token.start()), '\n');
                config.addConstant(name, token.group("sign"), line);
            }
        }
        return config;
    }

    /** Returns the invariants and the properties. */
    List<String> checked() {
        return Stream.concat(invariants.stream(), properties.stream()).toList();
    }

    private void addConstant(String name, @Nullable String sign, int line) {
        if (sign != null && sign.endsWith("<-")) {
            substituted.add(name);
        } else if (sign != null) {
            assigned.put(name, line);
        }
    }
}
