/**
 * The command line and nothing else: options, output and exit codes. The work is done in the other
 * packages.
 */
@NullMarked
package dev.faultline.cli;

import org.jspecify.annotations.NullMarked;
