package dev.faultline.cli;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.schedules.RecordedSchedule;
import dev.faultline.conformance.schedules.SimulatedRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conform replay FILE}: a schedule that was saved, once more. */
@Command(
        name = "replay",
        description = {
            "Runs a schedule that conform random has saved, and checks every event against the specification.",
            "Says so if it is another run than the one that was saved, because the code is another now.",
            "Exit status: 0 accepted, 1 rejected or another run, 2 usage, or the file is no schedule."
        },
        sortOptions = false)
final class ConformReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the schedule")
    private Path file = Path.of("");

    @Option(names = "--mutant", description = "with this change of the code, instead of the one in the file")
    private @Nullable String mutant;

    @Mixin
    private TraceOption trace;

    @Mixin
    private PictureOption picture;

    @Override
    public Integer call() {
        RecordedSchedule schedule;
        try {
            schedule = RecordedSchedule.read(file);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Mutant chosen = MutantsCommand.named(mutant == null ? schedule.mutant() : mutant, spec.commandLine());
        try (Conformance conformance = new Conformance()) {
            SimulatedRun run = schedule.run(conformance, chosen);
            // With another change of the code it is meant to be another run.
            Optional<String> difference = mutant == null ? schedule.difference(run) : Optional.empty();
            difference.ifPresent(
                    other -> spec.commandLine().getOut().println("this is another run than the one saved: " + other));
            int status = tell(run, schedule.choices(), spec.commandLine(), trace, picture);
            return difference.isPresent() ? Math.max(status, ExitStatus.UNEXPECTED) : status;
        }
    }

    /**
     * Says what came of a replayed run; returns the exit status.
     *
     * @param given the choices of the schedule; where the code is another, some of them may not have been there
     */
    static int tell(
            SimulatedRun run, List<Integer> given, CommandLine command, TraceOption trace, PictureOption picture) {
        PrintWriter out = command.getOut();
        if (given.isEmpty() || given.stream().anyMatch(choice -> choice < 0)) {
            throw new ParameterException(command, "a schedule has one or more choices, none of them negative");
        }
        List<Integer> made = run.choices();
        for (int i = 0; i < made.size(); i++) {
            if (!made.get(i).equals(given.get(i))) {
                out.printf(
                        Locale.ROOT,
                        "not the schedule that was given: after %d choices there was no choice %d, but %d was "
                                + "taken%n",
                        i,
                        given.get(i),
                        made.get(i));
                break;
            }
        }
        trace.write(run);
        run.problem()
                .ifPresentOrElse(
                        problem -> out.println(problem.text()),
                        () -> out.printf(
                                Locale.ROOT,
                                "accepted: %,d events%n",
                                run.trace().size()));
        run.problem().flatMap(SimulatedRun.Problem::rejection).ifPresent(r -> picture.write(r.picture()));
        return run.problem().isPresent() ? 1 : 0;
    }
}
