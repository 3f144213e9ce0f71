package dev.faultline.cli;

import dev.faultline.spec.mutants.SpecMutant;
import dev.faultline.spec.mutants.SpecMutation.Notice;
import dev.faultline.spec.mutants.SpecMutation.Outcome;
import dev.faultline.spec.mutants.SpecSurvivors;
import dev.faultline.spec.mutants.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code mutants --spec}: the specification with a conjunct taken away, and which model notices. */
final class SpecMutantsRun {
    private static final int WORKERS = 2;

    private final CommandLine commandLine;
    private final List<String> operators;
    private final int mostStates;
    private final boolean isWhole;

    SpecMutantsRun(CommandLine commandLine, List<String> operators, @Nullable Integer mostStates) {
        this.commandLine = commandLine;
        this.operators = operators;
        this.mostStates = mostStates == null ? Subject.MOST_STATES : mostStates;
        isWhole = operators.isEmpty();
    }

    int call(boolean listOnly, boolean remember) throws IOException, InterruptedException {
        PrintWriter out = commandLine.getOut();
        Subject subject = new Subject(Home.path());
        List<SpecMutant> mutants = chosen(subject.mutants());
        if (listOnly) {
            mutants.forEach(mutant -> out.printf(Locale.ROOT, "%s  ->  %s%n", mutant.name(), mutant.replacement()));
            return ExitStatus.EXPECTED;
        }
        SpecSurvivors page = subject.survivors();
        Map<Notice, Integer> counts = new EnumMap<>(Notice.class);
        int[] status = {ExitStatus.EXPECTED};
        List<Outcome> outcomes = subject.run(mutants, mostStates, WORKERS, outcome -> {
            counts.merge(outcome.notice(), 1, Integer::sum);
            // With another limit another model may notice.
            Optional<String> surprise = mostStates == Subject.MOST_STATES ? page.surprise(outcome) : Optional.empty();
            out.printf(
                    Locale.ROOT,
                    "%s%n    %s (%s)%s%n",
                    outcome.mutant().name(),
                    outcome.text(),
                    Counted.of(outcome.runs(), "model"),
                    surprise.map(text -> "; NOT AS EXPECTED: " + text).orElse(""));
            out.flush();
            status[0] = surprise.isPresent() ? ExitStatus.UNEXPECTED : status[0];
        });
        if (remember) {
            subject.remember(outcomes);
        }
        long unknown = mutants.stream().filter(mutant -> !page.knows(mutant)).count();
        if (unknown > 0) {
            out.printf(Locale.ROOT, "the page does not know of %s yet%n", Counted.of(unknown, "conjunct"));
        }
        out.printf(Locale.ROOT, "%s: %s%n", Counted.of(outcomes.size(), "conjunct"), told(counts));
        if (isWhole && (unknown > 0 || status[0] != ExitStatus.EXPECTED)) {
            out.println("the survivors are now:");
            SpecSurvivors.lines(outcomes).forEach(out::println);
        }
        return status[0];
    }

    private static String told(Map<Notice, Integer> counts) {
        return String.format(
                Locale.ROOT,
                "%d noticed by a property, %d otherwise, %d by a number of states only, %d by nothing",
                counts.getOrDefault(Notice.PROPERTY, 0),
                counts.getOrDefault(Notice.OTHERWISE, 0),
                counts.getOrDefault(Notice.COUNT, 0),
                counts.getOrDefault(Notice.NOTHING, 0));
    }

    private List<SpecMutant> chosen(List<SpecMutant> all) {
        for (String operator : operators) {
            if (all.stream().noneMatch(mutant -> mutant.conjunct().operator().equals(operator))) {
                throw new CommandLine.ParameterException(
                        commandLine,
                        "nothing can be taken away of '" + operator + "'; there are "
                                + all.stream()
                                        .map(mutant -> mutant.conjunct().operator())
                                        .distinct()
                                        .collect(Collectors.joining(", ")));
            }
        }
        return all.stream()
                .filter(mutant ->
                        isWhole || operators.contains(mutant.conjunct().operator()))
                .toList();
    }
}
