package dev.faultline.cli;

import picocli.CommandLine.Command;

/** {@code conform …}: holds the code against the spec, by hand. */
@Command(
        name = "conform",
        description = "Runs the code under a chosen schedule and checks every step against the specification.",
        subcommands = {
            ConformExhaustiveCommand.class,
            ConformGuidedCommand.class,
            ConformLiveCommand.class,
            ConformRandomCommand.class,
            ConformReplayCommand.class,
            ConformTamperedCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class ConformCommand {}
