package dev.faultline.cli;

import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.exploring.Exhaustive;
import dev.faultline.conformance.exploring.Explored;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.conformance.scenarios.Offers;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conform exhaustive}: all that a bounded system of the code can do. */
@Command(
        name = "exhaustive",
        description = {
            "Visits every state that a bounded system of the code can get into.",
            "Checks every step against the specification, and lists the steps that the specification allows and the "
                    + "code never takes.",
            "Exit status: 0 as expected, 1 a step is refused or a count is another, 2 usage."
        },
        sortOptions = false)
final class ConformExhaustiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "SCENARIO", description = "only these scenarios")
    private @Nullable List<String> names;

    @Option(names = "--quick", description = "only the scenarios that take some seconds")
    private boolean quick;

    @Option(names = "--list", description = "say what scenarios there are")
    private boolean list;

    @Option(names = "--mutant", defaultValue = "none", description = "take a rule out of the code (see: mutants)")
    private String mutant = "none";

    @Option(
            names = "--workers",
            converter = Counts.Threads.class,
            defaultValue = "2",
            description = "scenarios at a time, or threads of one (default: ${DEFAULT-VALUE})")
    private int workers;

    @Mixin
    private PictureOption picture;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Exhaustive.scenarios(quick).forEach((name, what) -> out.printf(Locale.ROOT, "%-28s %s%n", name, what));
            return 0;
        }
        Mutant chosen = MutantsCommand.named(mutant, spec.commandLine());
        Set<String> wanted = names == null ? Exhaustive.scenarios(quick).keySet() : new LinkedHashSet<>(names);
        boolean[] ok = {true};
        List<Explored> all;
        try {
            all = Exhaustive.explore(wanted, chosen.rules(), workers, explored -> ok[0] &= print(out, explored));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (ok[0]) {
            printTotals(out, all);
        }
        if (ok[0] && wanted.equals(Exhaustive.scenarios(false).keySet())) {
            for (String needless : Exhaustive.needless(all)) {
                out.println("explained, but does not occur: " + needless);
                ok[0] = false;
            }
        }
        return ok[0] ? 0 : 1;
    }

    private boolean print(PrintWriter out, Explored explored) {
        List<String> surprises = Exhaustive.surprises(explored);
        out.printf(
                Locale.ROOT,
                "%-28s %,11d states %,12d steps %7.1f s %,8.0f steps/s  %s%n",
                explored.scenario(),
                explored.states(),
                explored.transitions(),
                explored.nanos() / 1e9,
                explored.transitionsPerSecond(),
                surprises.isEmpty() ? "all allowed" : "NOT AS EXPECTED");
        surprises.forEach(out::println);
        explored.failure().map(Misstep::picture).ifPresent(picture::write);
        out.flush();
        return surprises.isEmpty();
    }

    private static void printTotals(PrintWriter out, List<Explored> all) {
        Outcomes outcomes = new Outcomes();
        all.forEach(explored -> outcomes.add(explored.outcomes()));
        out.println("steps by action and outcome:");
        outcomes.counts().forEach((outcome, count) -> out.printf(Locale.ROOT, "  %-42s %,12d%n", outcome, count));
        out.println("steps that the specification allows and the code never takes:");
        Offers.UNTAKEN.forEach((action, why) -> out.printf(
                Locale.ROOT,
                "  %-12s %,d: %s%n",
                action,
                all.stream()
                        .mapToLong(explored -> explored.untaken().getOrDefault(action, 0L))
                        .sum(),
                why));
    }
}
