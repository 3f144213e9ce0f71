package dev.faultline.cli;

import dev.faultline.conformance.memory.StepCache;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether steps of the spec are remembered between runs, for the commands that check long traces. */
final class MemoryOption {
    @Option(
            names = "--no-memory",
            description = "ask the specification about every kind of step anew; without this, what it said in earlier"
                    + " runs is kept in the user's cache folder")
    private boolean without;

    /** Returns where they are kept, if they are. */
    Optional<StepCache> cache() {
        return without ? Optional.empty() : StepCache.ofUser();
    }
}
