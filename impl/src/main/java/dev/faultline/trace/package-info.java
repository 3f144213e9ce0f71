/**
 * What happened, written down: events as lines of JSON, with the code that writes and reads them.
 */
@NullMarked
package dev.faultline.trace;

import org.jspecify.annotations.NullMarked;
