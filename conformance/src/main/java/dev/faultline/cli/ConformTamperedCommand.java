package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.tampering.Pins;
import dev.faultline.conformance.tampering.Tampering;
import dev.faultline.conformance.tampering.Tampering.Row;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code conform tampered}: accepted traces, changed in one place. */
@Command(
        name = "tampered",
        description = {
            "Drops, duplicates, swaps and alters events of accepted traces, and cuts traces off.",
            "What changes the meaning of a trace must be rejected, and what is accepted all the same is explained.",
            "Without options, how many of each kind were rejected and explained is compared with what is pinned, and each "
                    + "field of each action must have been altered.",
            "Exit status: 0 all accepted ones are explained, and all is as it is pinned; 1 not so, 2 usage."
        },
        sortOptions = false)
final class ConformTamperedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--traces",
            converter = Counts.AtLeastOne.class,
            description = "how many traces (default: ${DEFAULT-VALUE})")
    private int traces = Tampering.TRACES;

    @Option(
            names = "--each",
            converter = Counts.AtLeastOne.class,
            description = "how often each is changed in each way (default: ${DEFAULT-VALUE})")
    private int each = Tampering.EACH;

    @Option(
            names = "--lines",
            description = "print a line for each kind, action and field, as they are pinned in tampered.txt")
    private boolean lines;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Row> rows;
        try (Conformance conformance = new Conformance()) {
            rows = Tampering.run(conformance, traces, each);
        }
        if (lines) {
            Pins.lines(rows).forEach(out::println);
            out.flush();
            return ExitStatus.EXPECTED;
        }
        int unexplained = 0;
        for (Tampering.Kind kind : Tampering.Kind.values()) {
            unexplained += print(
                    out, kind, rows.stream().filter(row -> row.kind() == kind).toList());
        }
        List<String> surprises =
                traces == Tampering.TRACES && each == Tampering.EACH ? Pins.surprises(rows) : List.of();
        surprises.forEach(out::println);
        out.flush();
        return unexplained == 0 && surprises.isEmpty() ? ExitStatus.EXPECTED : ExitStatus.UNEXPECTED;
    }

    /** Prints one kind of tampering; returns how many accepted traces have no explanation. */
    private static int print(PrintWriter out, Tampering.Kind kind, List<Row> rows) {
        int tried = rows.stream().mapToInt(Row::tried).sum();
        int accepted = rows.stream().mapToInt(Row::accepted).sum();
        Map<String, Integer> why = new TreeMap<>();
        rows.forEach(row -> row.why().forEach((reason, count) -> why.merge(reason, count, Integer::sum)));
        out.printf(
                Locale.ROOT, "%-10s %,6d tried %,6d rejected %,6d accepted%n", kind, tried, tried - accepted, accepted);
        why.forEach((reason, count) -> out.printf(Locale.ROOT, "           %,6d: %s%n", count, reason));
        int unexplained = 0;
        for (Row row : rows) {
            if (row.unexplained() > 0) {
                out.printf(
                        Locale.ROOT, "           %,6d of %s WITHOUT AN EXPLANATION%n", row.unexplained(), row.what());
                unexplained += row.unexplained();
            }
        }
        return unexplained;
    }
}
