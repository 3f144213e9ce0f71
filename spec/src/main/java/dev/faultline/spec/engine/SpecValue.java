package dev.faultline.spec.engine;

/**
 * A value of a loaded specification, fully evaluated and immutable. Two values are equal when TLA+ says so: a record
 * equals the function over strings with the same fields, a tuple the function over {@code 1..n}; values of different
 * kinds are unequal. Values of two different specifications are never equal; compare their {@link #toJava()}.
 *
 * <p>Like the specification it came from, a value is for one thread at a time.
 */
public interface SpecValue {
    /**
     * Returns the plain Java form: {@link Boolean}, {@link Integer}, {@link String}, {@link ModelValue},
     * {@link java.util.List} for a tuple, {@link java.util.Set} for a set and {@link java.util.Map} for a record or a
     * function. The collections are unmodifiable, nested alike, and in the order of the text.
     *
     * @throws SpecEvaluationException if the value is an infinite set
     */
    Object toJava();

    /**
     * Returns the value in TLA+ syntax, on one line. Equal values have equal text: strings and field names are in
     * alphabetical order, functions over strings are written as records, functions over {@code 1..n} as tuples.
     */
    @Override
    String toString();
}
