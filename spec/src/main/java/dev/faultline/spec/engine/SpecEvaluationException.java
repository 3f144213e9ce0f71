package dev.faultline.spec.engine;

import org.jspecify.annotations.Nullable;

/**
 * TLC could not evaluate an expression of the specification: a function applied outside its domain, a comparison of
 * values of different kinds, a variable without a next value. The message is one line that says where and why.
 */
public final class SpecEvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message one line for the person who wrote the specification
     * @param cause what TLC threw, if anything
     */
    public SpecEvaluationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
