package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.mutants.Mutants;
import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.conformance.strengths.Strengths;
import dev.faultline.spec.mutants.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mutants}: the code with a rule taken away, and what catches it. */
@Command(
        name = "mutants",
        description = {
            "Takes one rule after the other out of the code and shows what catches it.",
            "(For the same rules taken out of the specification: check, the models named Naive…; for all of its conjuncts:",
            "--spec.)",
            "Exit status: 0 each is rejected by the rule it breaks, 1 one is not, 2 usage; with --spec: 1 if what is noticed",
            "is not as docs/spec-survivors.md says."
        })
final class MutantsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "only these mutants")
    private @Nullable List<String> names;

    @Option(names = "--explain", description = "print each rejection in full, with the shortest schedule")
    private boolean explain;

    @Option(
            names = "--table",
            description = "show for each strength whether it catches the mutant, and where; takes some minutes")
    private boolean table;

    @Option(
            names = "--spec",
            description =
                    "take away the conjuncts of the specification instead, those of properties, guards and updates, and "
                            + "show which model notices; NAME is an operator then. Takes half an hour for all.")
    private boolean ofSpec;

    @Option(names = "--list", description = "with --spec: only say what can be taken away")
    private boolean list;

    @Option(
            names = "--remember",
            description =
                    "with --spec: keep in spec/models/noticed.txt which model noticed a change; it is run first the "
                            + "next time")
    private boolean remember;

    @Option(
            names = "--at-most",
            converter = Counts.AtLeastOne.class,
            paramLabel = "STATES",
            description = "with --spec: run no model with more states (default: " + Subject.MOST_STATES + ")")
    private @Nullable Integer mostStates;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine commandLine = spec.commandLine();
        PrintWriter out = commandLine.getOut();
        if (ofSpec) {
            if (explain || table) {
                throw new CommandLine.ParameterException(commandLine, "--explain and --table are not for --spec");
            }
            return new SpecMutantsRun(commandLine, names == null ? List.of() : names, mostStates).call(list, remember);
        } else if (list || remember || mostStates != null) {
            throw new CommandLine.ParameterException(commandLine, "--list, --remember and --at-most are for --spec");
        }
        List<Mutant> mutants = names == null
                ? Mutants.withCanary()
                : names.stream().map(name -> named(name, commandLine)).toList();
        int status = 0;
        Map<String, Integer> totals = new TreeMap<>();
        try (Conformance conformance = new Conformance()) {
            if (table) {
                status = printTable(conformance, mutants, totals, out);
                return names == null ? Math.max(status, compareTotals(totals, out)) : status;
            }
            for (Mutant mutant : mutants) {
                RandomConformance.Verdict verdict = RandomConformance.hunt(conformance, mutant);
                out.printf(Locale.ROOT, "%-26s %s%n%-26s %s%n", mutant.name(), verdict.summary(), "", mutant.what());
                if (explain) {
                    verdict.failure().ifPresent(failure -> out.println(failure.report(mutant)));
                }
                out.flush();
                status = Math.max(status, verdict.asExpected() ? 0 : 1);
            }
        }
        return status;
    }

    /** Prints which strengths catch which mutant; returns the exit status. */
    private static int printTable(
            Conformance conformance, List<Mutant> mutants, Map<String, Integer> totals, PrintWriter out) {
        int status = 0;
        for (Mutant mutant : mutants) {
            Map<String, String> caught = Strengths.catching(conformance, mutant);
            boolean expected = mutant.isHarmless() == caught.isEmpty();
            out.printf(
                    Locale.ROOT,
                    "%-26s %s%n",
                    mutant.name(),
                    expected ? "" : caught.isEmpty() ? "NOT CAUGHT" : "CAUGHT, BUT HARMLESS");
            caught.keySet().forEach(strength -> totals.merge(strength, 1, Integer::sum));
            for (String strength : Strengths.names()) {
                out.printf(Locale.ROOT, "    %-12s %s%n", strength, caught.getOrDefault(strength, "-"));
            }
            out.flush();
            status = Math.max(status, expected ? 0 : 1);
        }
        return status;
    }

    /** Says how many of all mutants each strength has caught; returns 1 if one of them has caught too few. */
    static int compareTotals(Map<String, Integer> totals, PrintWriter out) {
        int status = 0;
        for (String strength : Strengths.names()) {
            int caught = totals.getOrDefault(strength, 0);
            boolean enough = caught >= Strengths.floor(strength);
            out.printf(
                    Locale.ROOT,
                    "%s: %d%s%n",
                    strength,
                    caught,
                    enough ? "" : ", TOO FEW: it has caught " + Strengths.floor(strength));
            status = enough ? status : 1;
        }
        return status;
    }

    /** Returns the mutant of that name, or none for {@code none}. */
    static Mutant named(String name, CommandLine commandLine) {
        return Stream.concat(Stream.of(Mutant.none(), Mutants.canary()), Mutants.all().stream())
                .filter(mutant -> mutant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        commandLine,
                        "there is no mutant '" + name + "'; there are "
                                + Mutants.all().stream().map(Mutant::name).collect(Collectors.joining(", "))));
    }
}
