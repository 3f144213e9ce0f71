package dev.faultline.cli;

import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.walks.Covered;
import dev.faultline.conformance.walks.Guided;
import dev.faultline.spec.itf.Behaviour;
import dev.faultline.spec.itf.Itf;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code conform guided}: walks on the specification's graph, which the code has to follow. */
@Command(
        name = "guided",
        description = {
            "Walks on the graph of the specification, and has the code follow.",
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

    @Option(
            names = "--cover",
            split = ",",
            paramLabel = "SCENARIO",
            description = {
                "in place of walks at random, take every edge of the spec's graph at the sizes of these scenarios of",
                "conform exhaustive"
            })
    private @Nullable Set<String> covered;

    @Option(names = "--mutant", defaultValue = "none", description = "take a rule out of the code (see: mutants)")
    private String mutant = "none";

    @Option(
            names = "--export",
            paramLabel = "FOLDER",
            description =
                    "write each walk as far as the code followed to a file of this new folder, in ITF; see docs/itf.md")
    private @Nullable Path export;

    @Mixin
    private PictureOption picture;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Mutant chosen = MutantsCommand.named(mutant, spec.commandLine());
        if (covered != null) {
            if (Stream.of("--seed", "--walks", "--steps", "--export")
                    .anyMatch(spec.commandLine().getParseResult()::hasMatchedOption)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--seed, --walks, --steps and --export are for walks at random, not for --cover");
            }
            return cover(covered, chosen, out);
        }
        long begin = System.nanoTime();
        if (export != null) {
            if (Files.exists(export)) {
                throw new ParameterException(spec.commandLine(), export + ": there is something already");
            }
            Files.createDirectories(export);
        }
        Guided.Result result = Guided.walk(seed, walks, steps, chosen.rules(), this::export);
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

    private void export(long walk, Supplier<Behaviour> behaviour) {
        if (export != null) {
            new OutputFile(export.resolve("walk-" + walk + ".itf.json")).write(Itf.text(behaviour.get()));
        }
    }

    private int cover(Set<String> scenarios, Mutant chosen, PrintWriter out) {
        try {
            return Guided.cover(scenarios, chosen.rules(), each -> tell(each, out)).stream()
                            .allMatch(each -> Guided.surprise(each).isEmpty())
                    ? 0
                    : 1;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void tell(Covered each, PrintWriter out) {
        Guided.surprise(each).ifPresent(out::println);
        each.failure().ifPresent(misstep -> picture.write(misstep.picture()));
        out.printf(
                Locale.ROOT,
                "%-28s %,9d states %,9d edges%s, in %,d walks of %,d steps; %.1f s%n",
                each.scenario(),
                each.states(),
                each.edges(),
                each.failure().isEmpty() ? ", all taken" : " until then",
                each.walks(),
                each.followed(),
                each.nanos() / 1e9);
        out.flush();
    }
}
