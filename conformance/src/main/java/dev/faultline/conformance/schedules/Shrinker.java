package dev.faultline.conformance.schedules;

import dev.faultline.sim.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a failing schedule shorter by delta debugging, as long as it fails in the same way. What is left out is left out by
 * name: what remains is the same as before, as far as it can still happen.
 */
final class Shrinker {
    /** It does not go on for longer than this, as long as it takes for one try. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Function<List<Choice>, SimulatedRun> rerun;
    private final String failure;
    private final long deadline;
    private SimulatedRun best;

    private Shrinker(SimulatedRun failing, Function<List<Choice>, SimulatedRun> rerun, Duration limit) {
        this.rerun = rerun;
        failure = failure(failing);
        deadline = System.nanoTime() + limit.toNanos();
        best = failing;
    }

    private static String failure(SimulatedRun run) {
        return run.problem().map(SimulatedRun.Problem::summary).orElse("");
    }

    /**
     * A short run.
     *
     * @param run fails like the given one
     * @param isShortest whether no single choice can be left out of it; not so only if the time was over
     */
    record Shrunk(SimulatedRun run, boolean isShortest) {}

    /**
     * Returns a short run that fails like the given one: no single choice can be left out of it, unless the time is over.
     *
     * @param failing a run with a problem
     * @param rerun runs what was chosen, as far as it can be
     */
    static Shrunk shrink(SimulatedRun failing, Function<List<Choice>, SimulatedRun> rerun, Duration limit) {
        Shrinker shrinker = new Shrinker(failing, rerun, limit);
        boolean shorter = true;
        while (shorter && shrinker.hasTime()) {
            shorter = shrinker.leaveOut();
        }
        return new Shrunk(shrinker.best, !shorter);
    }

    /** Tries to leave out chunks, from the largest to single choices; returns whether any could be, or the time is over. */
    private boolean leaveOut() {
        boolean shorter = false;
        for (int chunk = Math.max(1, best.made().size() / 2); chunk > 0 && hasTime(); chunk /= 2) {
            shorter |= leaveOut(chunk);
        }
        return shorter || !hasTime();
    }

    private boolean hasTime() {
        return System.nanoTime() < deadline;
    }

    /** Tries to leave out each chunk, from the beginning on; returns whether any could be. */
    private boolean leaveOut(int chunk) {
        boolean shorter = false;
        for (int from = 0; from < best.made().size() && hasTime(); ) {
            List<Choice> fewer = new ArrayList<>(best.made());
            fewer.subList(from, Math.min(fewer.size(), from + chunk)).clear();
            SimulatedRun run = rerun.apply(fewer);
            if (run.made().size() < best.made().size() && failure(run).equals(failure)) {
                best = run;
                shorter = true;
            } else {
                from += chunk;
            }
        }
        return shorter;
    }
}
