/**
 * The bridge to TLC, not for callers: these classes are defined once per loaded specification, beside the copy of TLC
 * that serves it, and are reached through the interfaces of {@link dev.faultline.spec.engine} only.
 */
@NullMarked
package dev.faultline.spec.engine.tlc;

import org.jspecify.annotations.NullMarked;
