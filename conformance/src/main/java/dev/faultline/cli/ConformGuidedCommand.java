package dev.faultline.cli;

import dev.faultline.conformance.Guided;
import dev.faultline.conformance.Mutant;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code conform guided}: walks on the specification's graph, which the code has to follow. */
@Command(
        name = "guided",
        description = {
            "Walks on the graph of the specification, at random, and has the code follow.",
            "Everything goes wrong now and then. In each state the code must be able to do all that the specification "
                    + "allows it, and refuse the rest.",
            "Exit status: 0 the code follows, 1 it does not, 2 usage."
        },
        sortOptions = false)
final class ConformGuidedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", defaultValue = "1", description = "the first seed (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--walks",
            converter = Counts.AtLeastOne.class,
            defaultValue = "20",
            description = "how many walks (default: ${DEFAULT-VALUE})")
    private int walks;

    @Option(
            names = "--steps",
            converter = Counts.AtLeastOne.class,
            defaultValue = "500",
            description = "steps of each walk (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--mutant", defaultValue = "none", description = "take a rule out of the code (see: mutants)")
    private String mutant = "none";

    @Mixin
    private PictureOption picture;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Mutant chosen = MutantsCommand.named(mutant, spec.commandLine());
        long begin = System.nanoTime();
        Guided.Result result = Guided.walk(seed, walks, steps, chosen.rules());
        if (result.failure().isPresent()) {
            out.println(result.failure().get().report());
            picture.write(result.failure().get().picture());
            return 1;
        }
        out.printf(
                Locale.ROOT,
                "followed: %,d steps of %,d walks, seeds %d to %d; at their states %,d steps compared, %,d refused; %.1f s%n",
                result.followed(),
                walks,
                seed,
                seed + walks - 1,
                result.checked(),
                result.refused(),
                (System.nanoTime() - begin) / 1e9);
        return 0;
    }
}
