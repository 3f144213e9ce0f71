package dev.faultline.cli;

import static java.util.stream.Collectors.joining;

import dev.faultline.spec.model.Coverage;
import dev.faultline.spec.model.Expectation;
import dev.faultline.spec.model.Exploration;
import dev.faultline.spec.model.Model;
import dev.faultline.spec.model.ModelResult;
import dev.faultline.spec.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/** The models and what came of them, as text for people and as plain maps for JSON. */
final class CheckReport {
    private static final int WHY_WIDTH = 56;
    private static final Expectation.Holds NOTHING_PINNED =
            new Expectation.Holds(OptionalLong.empty(), OptionalInt.empty());

    private CheckReport() {}

    /** Returns the lines that show the models. */
    static List<String> list(List<Model> models) {
        Table table = new Table(
                "model", "suite", "expected", " states", " depth", " time", "rule taken away", "what it is for");
        for (Model model : models) {
            Expectation.Holds pinned = pinned(model);
            table.add(
                    model.name(),
                    model.suite().toString(),
                    explored(model, model.expectation().toString()),
                    grouped(pinned.states()),
                    grouped(widened(pinned.depth())),
                    model.time().orElse("-"),
                    model.rule().orElse(""),
                    model.why());
        }
        return table.lines();
    }

    /** Returns the lines that show the results, with what was not expected at the end. */
    static List<String> table(List<ModelResult> results, double seconds) {
        Table table = new Table("model", "what it is for", "expected", "found", " distinct states", " depth", " time");
        for (ModelResult result : results) {
            Model model = result.model();
            Expectation.Holds pinned = pinned(model);
            table.add(
                    model.name(),
                    StringUtils.abbreviate(model.why(), WHY_WIDTH),
                    explored(model, model.expectation().toString()),
                    explored(model, result.verdict().toString()),
                    foundAndExpected(result.distinct(), pinned.states()),
                    depth(result, pinned),
                    seconds(result));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        for (ModelResult result : results) {
            result.surprises().forEach(surprise -> lines.add(result.model().name() + ": " + surprise));
        }
        long expected = results.stream().filter(ModelResult::asExpected).count();
        lines.add(String.format(
                Locale.ROOT, "%d of %d models as expected, in %.1f s", expected, results.size(), seconds));
        return lines;
    }

    /** Returns the lines that show how often each action was taken. */
    static List<String> coverage(Coverage coverage) {
        Table table = new Table("action", "module", " transitions", " models");
        for (Coverage.Row row : coverage.rows()) {
            table.add(row.action(), row.module(), grouped(OptionalLong.of(row.transitions())), "" + row.models());
        }
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines());
        return lines;
    }

    /** Returns a line that names actions which were never taken. */
    static String untaken(List<Coverage.Row> untaken) {
        return "no model that holds takes "
                + untaken.stream().map(Coverage.Row::toString).collect(joining(", "));
    }

    /** Returns a line on a model that is done. */
    static String line(ModelResult result) {
        return String.format(
                Locale.ROOT,
                "%s: %s%s (%s)",
                result.model().name(),
                result.verdict(),
                result.asExpected() ? ", as expected" : ", NOT EXPECTED",
                seconds(result));
    }

    private static String seconds(ModelResult result) {
        return String.format(Locale.ROOT, "%.1f s", result.time().toMillis() / 1e3);
    }

    /** Returns a model for JSON. */
    static Map<String, @Nullable Object> json(Model model) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("model", model.name());
        fields.put("suite", model.suite().toString());
        fields.put("why", model.why());
        fields.put("simulatedBehaviours", model.exploration() instanceof Exploration.Simulation s ? s.traces() : null);
        fields.put("time", model.time().orElse(null));
        fields.put("rule", model.rule().orElse(null));
        boolean breaks = model.expectation() instanceof Expectation.Breaks;
        fields.put("expected", breaks ? "breaks" : "holds");
        fields.put("expectedProperty", model.expectation() instanceof Expectation.Breaks b ? b.property() : null);
        fields.put("expectedStates", orNull(pinned(model).states()));
        fields.put("expectedReached", model.reaches());
        fields.put("expectedDepth", orNull(widened(pinned(model).depth())));
        return fields;
    }

    /** Returns a result for JSON. */
    static Map<String, @Nullable Object> json(ModelResult result) {
        Map<String, @Nullable Object> fields = json(result.model());
        fields.put("asExpected", result.asExpected());
        fields.put("surprises", result.surprises());
        Verdict verdict = result.verdict();
        fields.put("found", StringUtils.substringBefore(verdict.toString(), " "));
        fields.put("foundProperty", verdict instanceof Verdict.Breaks breaks ? breaks.property() : null);
        fields.put("generatedStates", orNull(result.generated()));
        fields.put("distinctStates", orNull(result.distinct()));
        fields.put("depth", orNull(widened(result.depth())));
        fields.put("workers", result.workers());
        Map<String, Long> actions = new LinkedHashMap<>();
        result.actions().forEach(count -> actions.put(count.module() + "!" + count.action(), count.transitions()));
        fields.put("transitions", actions);
        fields.put("reached", result.reached());
        fields.put("seconds", result.time().toMillis() / 1e3);
        return fields;
    }

    /** Returns a verdict with how far it goes: a simulation has not seen everything. */
    private static String explored(Model model, String verdict) {
        return verdict.equals("holds") && model.exploration() instanceof Exploration.Simulation simulation
                ? String.format(Locale.ROOT, "holds in %,d random behaviours", simulation.traces())
                : verdict;
    }

    private static Expectation.Holds pinned(Model model) {
        return model.expectation() instanceof Expectation.Holds holds ? holds : NOTHING_PINNED;
    }

    private static String foundAndExpected(OptionalLong found, OptionalLong expected) {
        boolean differs = expected.isPresent() && !found.equals(expected);
        return differs
                ? String.format(Locale.ROOT, "%s (expected %s)", grouped(found), grouped(expected))
                : grouped(found);
    }

    /** Returns the depth; one that varies is not held against the one that is expected. */
    private static String depth(ModelResult result, Expectation.Holds pinned) {
        OptionalLong found = widened(result.depth());
        return result.workers() == 1 ? foundAndExpected(found, widened(pinned.depth())) : grouped(found);
    }

    private static String grouped(OptionalLong number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%,d", number.getAsLong()) : "-";
    }

    private static OptionalLong widened(OptionalInt number) {
        return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
