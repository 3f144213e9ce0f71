/**
 * Sequence diagrams, as text for a terminal and as SVG. Nothing here knows what is drawn: neither TLC
 * nor the protocol.
 */
@NullMarked
package dev.faultline.spec.picture;

import org.jspecify.annotations.NullMarked;
