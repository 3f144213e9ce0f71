/**
 * Draws what happens in a behaviour of the mapping protocol as sequence diagrams: counterexamples that
 * TLC found, and whatever else can be told as actions with the states around them.
 */
@NullMarked
package dev.faultline.spec.drawing;

import org.jspecify.annotations.NullMarked;
