package dev.faultline.spec.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** What TLC says about one model, gathered from its messages. */
final class TlcReport {
    /** A violation: TLC's sentence on it and, unless TLC keeps it for itself, what is violated. */
    record Violation(String sentence, Optional<String> property) {}

    private static final Pattern STATS = Pattern.compile("([\\d,]+) states generated, ([\\d,]+) distinct states found");
    private static final Pattern SIMULATED = Pattern.compile("([\\d,]+) states generated|states generated: ([\\d,]+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern VIOLATED = Pattern.compile("(?:Invariant|.*[Pp]roperty) (.*?) (?:is|was) violated.*");
    private static final Pattern STEP = Pattern.compile("\\d+: <(.*?)(?: (line \\d.*?))?>");
    private static final Pattern REACHED = Pattern.compile("<<\"reached\", \"(.*)\">>");
    private static final Pattern BACK_TO = Pattern.compile("(\\d+): Back to state.*");
    private static final Pattern PLACE =
            Pattern.compile("[Ll]ine (\\d+), col(?:umn)? \\d+ to .*? (?:of module|in) (\\w+)");
    private static final Pattern THROWN =
            Pattern.compile("(?s)TLC threw an unexpected exception.*?exception was an? \\S+\\s*:");

    private final List<Counterexample.Step> steps = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();
    private final Set<String> reached = new LinkedHashSet<>();
    private Counterexample.Ending ending = new Counterexample.Ending.Reached();
    private boolean exploring;
    private boolean ended;
    private boolean showing;
    private OptionalLong generated = OptionalLong.empty();
    private OptionalLong distinct = OptionalLong.empty();
    private OptionalInt depth = OptionalInt.empty();
    private @Nullable Violation violation;
    private @Nullable String error;
    private @Nullable String errorPlace;
    private @Nullable String firstLooseLine;

    /** Takes the next message in. */
    void add(TlcMessage message) {
        String text = message.text();
        switch (message.code()) {
            case TlcMessage.LOOSE -> loose(text);
            case Codes.COMPUTING_INITIAL_STATES, Codes.COMPUTED_INITIAL_STATES -> exploring = true;
            case Codes.SUCCESS -> ended = true;
            case Codes.STATS -> stats(text);
            case Codes.SIMULATION_PROGRESS, Codes.SIMULATION_STATS -> simulated(text);
            case Codes.DEPTH -> depth = OptionalInt.of((int) number(text));
            case Codes.INVARIANT_VIOLATED, Codes.ACTION_PROPERTY_VIOLATED, Codes.TEMPORAL_PROPERTY_VIOLATED ->
                violated(text);
            case Codes.INVARIANT_VIOLATED_INITIALLY, Codes.PROPERTY_VIOLATED_INITIALLY -> {
                violated(StringUtils.substringBefore(text, "\n"));
                step("1: <Initial predicate>\n" + StringUtils.substringAfter(text, "\n"));
            }
            case Codes.DEADLOCK -> violation = new Violation(text, Optional.of(Verdict.DEADLOCK));
            case Codes.STATE, Codes.STATE_WITH_NUMBER -> step(text);
            case Codes.STUTTERING -> ending = new Counterexample.Ending.Stuttering();
            case Codes.BACK_TO_STATE -> backTo(text);
            case Codes.COVERAGE_BEGINS -> actions.clear(); // it is told anew each hour, as of the begin
            case Codes.ACTION_COVERAGE -> actions.add(text);
            case Codes.NESTED_EXPRESSIONS -> place(text);
            case Codes.BEHAVIOR_FOLLOWS, Codes.COUNTEREXAMPLE_FOLLOWS -> showing = true; // then the steps come
            default -> {
                if (message.kind().isError()) {
                    error(text);
                }
            }
        }
    }

    /** Returns whether TLC had read everything and begun to compute states. */
    boolean exploring() {
        return exploring;
    }

    /** Returns whether TLC said that it came to the end without finding a violation. */
    boolean ended() {
        return ended;
    }

    /** Returns whether TLC showed a behaviour, which it does without a word on the property when it is distributed. */
    boolean showing() {
        return showing;
    }

    OptionalLong generated() {
        return generated;
    }

    OptionalLong distinct() {
        return distinct;
    }

    OptionalInt depth() {
        return depth;
    }

    /** Returns what TLC printed of each action, in its own words; see {@link ActionNames}. */
    List<String> actions() {
        return List.copyOf(actions);
    }

    /** Returns the situations that the operators of the module Reaching told of. */
    Set<String> reached() {
        return reached;
    }

    Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    /** Returns the behaviour that TLC showed with the violation. */
    Counterexample counterexample(Violation shown) {
        return new Counterexample(shown.sentence(), steps, ending);
    }

    /** Returns the first thing that TLC complained of, in one line, with its place if there is one. */
    Optional<String> error() {
        if (error == null) {
            return Optional.empty();
        }
        String place = errorPlace == null ? "" : errorPlace + ": ";
        return Optional.of(place + StringUtils.normalizeSpace(error));
    }

    /** Returns the first line that was no message of TLC's: when TLC did not start, this is its JVM's complaint. */
    Optional<String> firstLooseLine() {
        return Optional.ofNullable(firstLooseLine);
    }

    private void loose(String line) {
        firstLooseLine = firstLooseLine == null ? line : firstLooseLine;
        Matcher situation = REACHED.matcher(line);
        if (situation.matches()) {
            reached.add(situation.group(1));
        }
    }

    private void stats(String text) {
        Matcher stats = STATS.matcher(text);
        if (stats.find()) {
            generated = OptionalLong.of(number(stats.group(1)));
            distinct = OptionalLong.of(number(stats.group(2)));
        }
    }

    private void simulated(String text) {
        Matcher states = SIMULATED.matcher(text);
        if (states.find()) {
            generated = OptionalLong.of(number(states.group()));
        }
    }

    private void violated(String text) {
        Matcher named = VIOLATED.matcher(text);
        violation = new Violation(text, named.matches() ? Optional.of(named.group(1)) : Optional.empty());
    }

    private void step(String text) {
        String head = StringUtils.substringBefore(text, "\n");
        Matcher named = STEP.matcher(head);
        boolean known = named.matches();
        steps.add(new Counterexample.Step(
                known ? named.group(1) : head,
                known && named.group(2) != null ? named.group(2) : "",
                StringUtils.substringAfter(text, "\n").strip()));
    }

    private void backTo(String text) {
        Matcher back = BACK_TO.matcher(text);
        if (back.matches()) {
            ending = new Counterexample.Ending.BackTo((int) number(back.group(1)));
        }
    }

    private void error(String text) {
        if (errorPlace == null) {
            place(text);
        }
        if (error == null) {
            error = THROWN.matcher(text).replaceFirst("");
        }
    }

    /** Keeps the last place that the text names: of nested expressions, it is the innermost. */
    private void place(String text) {
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            errorPlace = place.group(2) + ".tla line " + place.group(1);
        }
    }

    /** Returns the first number in a text; TLC groups digits with commas in some messages and not in others. */
    private static long number(String text) {
        Matcher number = NUMBER.matcher(text.replace(",", ""));
        return number.find() ? Long.parseLong(number.group()) : 0;
    }

    /** TLC's numbers of messages. They are the same in all its versions. */
    private static final class Codes {
        static final int NESTED_EXPRESSIONS = 2103;
        static final int INVARIANT_VIOLATED_INITIALLY = 2107;
        static final int PROPERTY_VIOLATED_INITIALLY = 2108;
        static final int INVARIANT_VIOLATED = 2110;
        static final int ACTION_PROPERTY_VIOLATED = 2112;
        static final int DEADLOCK = 2114;
        static final int TEMPORAL_PROPERTY_VIOLATED = 2116;
        static final int BEHAVIOR_FOLLOWS = 2121;
        static final int BACK_TO_STATE = 2122;
        static final int COMPUTING_INITIAL_STATES = 2189;
        static final int SUCCESS = 2193;
        static final int DEPTH = 2194;
        static final int STATS = 2199;
        static final int COVERAGE_BEGINS = 2201;
        static final int SIMULATION_PROGRESS = 2209;
        static final int SIMULATION_STATS = 2210;
        static final int STATE = 2216;
        static final int STATE_WITH_NUMBER = 2217;
        static final int STUTTERING = 2218;
        static final int COUNTEREXAMPLE_FOLLOWS = 2264;
        static final int COMPUTED_INITIAL_STATES = 2269;
        static final int ACTION_COVERAGE = 2772;

        private Codes() {}
    }
}
