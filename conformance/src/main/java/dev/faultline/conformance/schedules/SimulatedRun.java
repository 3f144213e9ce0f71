package dev.faultline.conformance.schedules;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.coverage.Outcomes;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.core.Mapping;
import dev.faultline.core.MappingTables;
import dev.faultline.history.HistoryChecker;
import dev.faultline.history.HistoryRecorder;
import dev.faultline.history.Violation;
import dev.faultline.sim.Choice;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Schedule;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceFormat;
import dev.faultline.trace.TraceHeader;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of the simulator, and what the spec says of it, and what its hosts say.
 *
 * @param workload the system and what was done with it
 * @param seed where the hosts' script came from
 * @param choices the schedule, as it was chosen
 * @param made the same as what was chosen, which can be found again in another run
 * @param header the header of the trace
 * @param trace the events
 * @param outcomes how many there were of each action, with each outcome
 * @param problem what is wrong, if anything is
 */
public record SimulatedRun(
        Workload workload,
        long seed,
        List<Integer> choices,
        List<Choice> made,
        TraceHeader header,
        List<TraceEvent> trace,
        Outcomes outcomes,
        Optional<Problem> problem) {
    /**
     * What is wrong with a run.
     *
     * @param text the whole explanation
     * @param rejection the spec's rejection, if it rejects the run
     * @param violation what hosts saw and cannot be, if the spec accepts the run and they saw such a thing
     */
    public record Problem(
            String text, Optional<Rejection> rejection, Optional<Violation> violation, Optional<Throwable> thrown) {
        private static final int FRAMES_TOLD = 6;

        boolean isStandstill() {
            return rejection.isEmpty() && violation.isEmpty() && thrown.isEmpty();
        }

        /** Returns what is wrong in a line: two runs fail in the same way if it is the same. */
        public String summary() {
            return rejection
                    .map(refused -> refused.action() + " " + refused.path())
                    .or(() -> violation.map(seen -> seen.kind().toString()))
                    .or(() -> thrown.map(SimulatedRun.Problem::summary))
                    .orElse("a standstill");
        }

        private static String summary(Throwable thrown) {
            StackTraceElement[] frames = thrown.getStackTrace();
            return "the code throws " + thrown.getClass().getSimpleName()
                    + (frames.length == 0 || thrown instanceof StackOverflowError ? "" : " at " + frames[0]);
        }

        static Problem of(Throwable thrown) {
            String frames = Stream.of(thrown.getStackTrace())
                    .limit(FRAMES_TOLD)
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining());
            return new Problem(
                    "after these events the code under check throws " + thrown + frames,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(thrown));
        }

        static Problem standstill(String text) {
            return new Problem(text, Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Problem of(Rejection rejection) {
            return new Problem(rejection.text(), Optional.of(rejection), Optional.empty(), Optional.empty());
        }

        static Problem of(Violation violation) {
            return new Problem(
                    "the spec accepts all events, but the hosts saw what cannot be:\n" + violation.text(),
                    Optional.empty(),
                    Optional.of(violation),
                    Optional.empty());
        }
    }

    /** Runs a schedule drawn from the seed, to its end or to the first event that the spec refuses. */
    public static SimulatedRun random(Conformance conformance, Workload workload, long seed, Mutant mutant) {
        return new Runner(conformance, workload, seed, mutant, Schedule.random(seed)).toTheEnd();
    }

    /** Runs a schedule of given choices; that it does not come to an end is a problem if it cannot any more. */
    public static SimulatedRun replay(
            Conformance conformance, Workload workload, long seed, List<Integer> choices, Mutant mutant) {
        return new Runner(conformance, workload, seed, mutant, Schedule.of(choices))
                .toItsLastChoiceAndOn()
                .explained(conformance);
    }

    /** Returns the same run; if the spec rejects it, with the events that set what the false conjunct reads. */
    SimulatedRun explained(Conformance conformance) {
        Optional<Rejection> rejection = problem.flatMap(Problem::rejection);
        if (rejection.isEmpty()) {
            return this;
        }
        Iterator<TraceEvent> events = trace.iterator();
        Rejection explained =
                conformance.explained(header, rejection.get(), () -> events.hasNext() ? events.next() : null);
        return new SimulatedRun(
                workload, seed, choices, made, header, trace, outcomes, Optional.of(Problem.of(explained)));
    }

    /** Runs as much of what was chosen in another run as can be chosen. */
    static SimulatedRun following(
            Conformance conformance, SimulatedRun other, List<Choice> choices, Mutant mutant, boolean looksOn) {
        Runner runner = new Runner(conformance, other.workload, other.seed, mutant, Schedule.following(choices));
        return looksOn ? runner.toItsLastChoiceAndOn() : runner.toItsLastChoice();
    }

    /** Returns what the hosts saw and cannot be, if they did; the spec is not asked. */
    static Optional<Violation> violation(TraceHeader header, List<TraceEvent> trace) {
        HistoryRecorder recorder = new HistoryRecorder(header);
        trace.forEach(recorder::accept);
        return HistoryChecker.check(recorder.history());
    }

    /** Returns the command that runs this schedule again. */
    public String replayCommand(Mutant mutant) {
        String command = "./faultline conform random --seed " + seed + " --agents " + workload.agents() + " --hosts "
                + workload.hosts() + " --segments " + workload.segments() + " --blocks " + workload.blocks()
                + " --operations " + workload.operationsPerHost() + " --snapshots " + workload.snapshots()
                + " --deletions " + workload.deletions() + " --inspections " + workload.inspections()
                + (workload.mapping() == Mapping.OPENED ? " --closings " + workload.closings() : "")
                + (workload.creations() == 0 ? "" : " --creations " + workload.creations())
                + (workload.offers() == 0 ? "" : " --offers " + workload.offers())
                + (workload.capacity() == MappingTables.UNBOUNDED ? "" : " --capacity " + workload.capacity())
                + (workload.flushes() == 0 ? "" : " --flushes " + workload.flushes())
                + (workload.powerLosses() == 0 ? "" : " --power-losses " + workload.powerLosses())
                + options(workload.faults())
                + (mutant.name().equals("none") ? "" : " --mutant " + mutant.name());
        return command + " --schedule " + choices.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static String options(Faults faults) {
        return " --agent-crashes " + faults.agentCrashes() + " --fences " + faults.fences() + " --controller-crashes "
                + faults.controllerCrashes() + " --losses " + faults.losses() + " --repeats " + faults.repeats();
    }

    /** Returns the trace as lines, the header first and its end last. */
    public List<String> lines() {
        return Stream.of(
                        Stream.of(TraceFormat.write(header)),
                        trace.stream().map(TraceFormat::write),
                        Stream.of(TraceFormat.end(trace.size())))
                .flatMap(lines -> lines)
                .toList();
    }
}
