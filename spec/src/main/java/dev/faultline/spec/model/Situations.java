package dev.faultline.spec.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The situations that modules define with the operator {@code Met} of the module Reaching. */
final class Situations {
    /** The invariant that they are in: where a configuration does not list it, TLC does not tell of them. */
    static final String INVARIANT = "Situations";

    private static final String DEFINES_MET = "Reaching";
    private static final Pattern MET = Pattern.compile("\\bMet\\(");
    private static final Pattern NAMED =
            Pattern.compile("\\s*(?<number>[1-9]\\d?)\\s*,\\s*\"(?<name>[\\w -]{1,60})\"\\s*,");

    private final Map<String, String> modules = new LinkedHashMap<>(); // by the names of situations
    private final Set<String> numbers = new HashSet<>();

    /**
     * Takes in the situations of a module.
     *
     * @throws ManifestException if they cannot be told apart
     */
    void add(String module, String text) {
        Matcher met = MET.matcher(TlaText.withoutComments(text));
        while (!module.equals(DEFINES_MET) && met.find()) {
            // Without comments there are no strings either, but everything is at the same place in the full text.
            Matcher named = NAMED.matcher(text).region(met.end(), text.length());
            if (!named.lookingAt()) {
                throw new ManifestException(String.format(
                                Locale.ROOT,
                                "%s.tla: Met needs a number from 1 to 99 and a name in quotes, of at most 60 ",
                                module)
                        + "letters, digits, blanks, hyphens and underscores");
            }
            if (modules.putIfAbsent(named.group("name"), module) != null) {
                throw new ManifestException(String.format(
                        Locale.ROOT, "%s.tla: two situations have the name \"%s\"", module, named.group("name")));
            }
            if (!numbers.add(named.group("number"))) {
                throw new ManifestException(String.format(
                        Locale.ROOT, "%s.tla: two situations have the number %s", module, named.group("number")));
            }
        }
    }

    /** Returns the names of all situations. */
    Set<String> names() {
        return new TreeSet<>(modules.keySet());
    }

    /** Returns whether one of these modules defines the situation. */
    boolean isIn(String situation, Set<String> among) {
        return among.contains(modules.getOrDefault(situation, ""));
    }
}
