/** Writes the pages on rules and readings from the modules, the models, and what TLC finds in them. */
@NullMarked
package dev.faultline.spec.docs;

import org.jspecify.annotations.NullMarked;
