/**
 * Runs TLC as a program over the manifest of models, and reads what it says. How TLC works inside
 * is the business of {@code dev.faultline.spec.engine}, not of this package.
 */
@NullMarked
package dev.faultline.spec.model;

import org.jspecify.annotations.NullMarked;
