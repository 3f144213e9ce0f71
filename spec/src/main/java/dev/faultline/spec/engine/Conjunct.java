package dev.faultline.spec.engine;

import java.util.Optional;

/**
 * A conjunct of a definition, where it stands: the smallest part that is there because the others do not say as much.
 *
 * @param operator the definition that it belongs to
 * @param kind what it does
 * @param variable the variable that an update gives a value to; empty for other kinds
 * @param called the operator that the conjunct is a call of, if it is
 * @param text the conjunct as it stands, on one line and without comments
 * @param module the module in which it stands
 * @param beginLine its first line, counted from 1
 * @param beginColumn its first column there, counted from 1
 * @param endLine its last line
 * @param endColumn its last column there
 */
public record Conjunct(
        String operator,
        Kind kind,
        Optional<String> variable,
        Optional<String> called,
        String text,
        String module,
        int beginLine,
        int beginColumn,
        int endLine,
        int endColumn) {
    /** What a conjunct does. */
    public enum Kind {
        /** Says of a state, or for ever, what must be so. */
        CONDITION,
        /** Gives a variable its next value. */
        UPDATE,
        /** Something else about a step, such as a call of another action, or what stays as it is. */
        STEP
    }
}
