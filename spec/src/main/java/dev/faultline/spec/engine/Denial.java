package dev.faultline.spec.engine;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why an action is not allowed in a state. An action can be tried in several ways, one for each disjunct and for each
 * value of a quantified name; for each way there is the first conjunct that fails. Immutable; any thread may use it.
 *
 * @param call the action with its arguments, such as {@code Answer(a1, "h1")}
 * @param refusals the first failing conjunct of every way, in the order in which TLC tries them, without repetitions;
 *     never empty, and cut off after some dozens
 * @param furthest the index of the refusal before which the most conjuncts held, the last one of several: a way that
 *     begins something usually stands before the one that goes on with it
 */
public record Denial(String call, List<Refusal> refusals, int furthest) {
    private static final int OTHERS_SHOWN = 8;

    /** Copies the list. */
    public Denial {
        refusals = List.copyOf(refusals);
    }

    /** Returns the refusal before which the most conjuncts held: most likely the one that matters. */
    public Refusal nearest() {
        return refusals.get(furthest);
    }

    /** Returns the explanation in several lines: the nearest refusal in full, the others in one line each. */
    public String text() {
        StringBuilder text = new StringBuilder(call).append(" is not allowed here: ");
        nearest().describe(text);
        if (refusals.size() > 1) {
            text.append("\n  nor in another way:");
            refusals.stream()
                    .filter(refusal -> !refusal.equals(nearest()))
                    .limit(OTHERS_SHOWN)
                    .forEach(refusal -> text.append("\n    ").append(refusal));
            if (refusals.size() > OTHERS_SHOWN + 1) {
                text.append("\n    and ")
                        .append(refusals.size() - OTHERS_SHOWN - 1)
                        .append(" more");
            }
        }
        return text.toString();
    }

    /** Returns {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }

    /**
     * A part of a state that an expression reads.
     *
     * @param text the expression, such as {@code ios[h].phase}
     * @param variable the variable, such as {@code ios}
     * @param path the arguments and field names that select from it, such as {@code "h1"} and {@code "phase"}
     */
    public record Read(String text, String variable, List<SpecValue> path) {
        /** Copies the list. */
        public Read {
            path = List.copyOf(path);
        }
    }

    /**
     * A conjunct that is false, or that TLC cannot evaluate. The expressions are as they stand in the module's file,
     * on one line and without comments.
     *
     * @param conjunct the conjunct of the action's own definition
     * @param part the innermost conjunct that fails; the conjunct itself unless it calls or combines others
     * @param module the module in which that part stands
     * @param line its line, counted from 1
     * @param column its column, counted from 1
     * @param path the operators that led there, from the action to the one whose definition the part belongs to; one
     *     that the configuration replaced is written {@code Rule <- Always}
     * @param bindings the parameters and bound names that the part mentions, with their values
     * @param values what else the part mentions, with its value: variables as far as they are selected from, such as
     *     {@code ios[h].phase}, and the operands of comparisons
     * @param conditions the conditions that led to the part, such as {@code ready is TRUE}
     * @param error TLC's message on one line if the part cannot be evaluated
     * @param reads what of the state the part reads
     */
    public record Refusal(
            String conjunct,
            String part,
            String module,
            int line,
            int column,
            List<String> path,
            Map<String, String> bindings,
            Map<String, String> values,
            List<String> conditions,
            Optional<String> error,
            List<Read> reads) {
        /** Copies the collections. */
        public Refusal {
            path = List.copyOf(path);
            bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            conditions = List.copyOf(conditions);
            reads = List.copyOf(reads);
        }

        /** Returns the innermost named operator that contains the failing part. */
        public String operator() {
            return path.get(path.size() - 1);
        }

        private void describe(StringBuilder text) {
            text.append("conjunct `").append(conjunct).append("` ").append(error.isPresent() ? "fails" : "is false");
            text.append("\n  at ").append(place()).append(": ").append(part);
            error.ifPresent(message -> text.append("\n    ").append(message));
            bindings.forEach((name, value) ->
                    text.append("\n    ").append(name).append(" = ").append(value));
            values.forEach((name, value) ->
                    text.append("\n    ").append(name).append(" = ").append(value));
            conditions.forEach(condition -> text.append("\n    because ").append(condition));
        }

        /** Returns where the part stands, such as {@code Fleet.tla line 12 in Answer → Drained}. */
        public String place() {
            String where = module + ".tla line " + line;
            return path.size() == 1 ? where : where + " in " + String.join(" → ", path.subList(1, path.size()));
        }

        /** Returns the refusal on one line. */
        @Override
        public String toString() {
            String with = bindings.entrySet().stream().map(Object::toString).collect(joining(", ", " with ", ""));
            return "`" + part + "`"
                    + (bindings.isEmpty() ? "" : with)
                    + error.map(message -> " fails: " + message).orElse(" is false")
                    + " at " + place();
        }
    }
}
