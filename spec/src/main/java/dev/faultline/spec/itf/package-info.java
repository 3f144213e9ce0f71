/**
 * Writes behaviours of a specification in ITF, the JSON format that Apalache and Quint have for traces.
 *
 * <p>Knows values in plain Java, and nothing else of this project but the names of model values.
 */
@NullMarked
package dev.faultline.spec.itf;

import org.jspecify.annotations.NullMarked;
