package dev.faultline.spec.engine;

import java.util.List;

/**
 * A named action of a loaded specification: an operator that speaks of the next state and whose parameters are all
 * plain values. Immutable; any thread may read it.
 */
public interface SpecAction {
    /** Returns the operator's name, such as {@code Answer}. */
    String name();

    /** Returns the names of the parameters, in order. */
    List<String> parameters();

    /** Returns the name of the module that defines the operator. */
    String module();

    /** Returns the line, counted from 1, on which the definition starts. */
    int line();
}
