/**
 * Runs TLA+ specifications inside this JVM.
 *
 * <p>{@link dev.faultline.spec.engine.LoadedSpec#load} reads a module and its TLC configuration once; after that the
 * successors of a state under a named action with given arguments, the value of an expression, and the reason why an
 * action is not allowed can be asked for at the speed of TLC's own evaluator. TLC keeps its state in static fields, so
 * every specification has a class loader, and with it a TLC, of its own.
 */
@NullMarked
package dev.faultline.spec.engine;

import org.jspecify.annotations.NullMarked;
