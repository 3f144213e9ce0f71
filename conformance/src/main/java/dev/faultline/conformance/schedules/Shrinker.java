package dev.faultline.conformance.schedules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a failing schedule shorter by delta debugging, as long as it fails in the same way. */
final class Shrinker {
    private Shrinker() {}

    /**
     * Returns a short run that fails like the given one: no single choice can be left out of it.
     *
     * @param failing a run with a problem
     * @param rerun runs a schedule
     */
    static SimulatedRun shrink(SimulatedRun failing, Function<List<Integer>, SimulatedRun> rerun) {
        Predicate<SimulatedRun> sameFailure = run -> signature(run).equals(signature(failing));
        SimulatedRun best = failing;
        for (int chunk = Math.max(1, best.choices().size() / 2); ; chunk = chunk / 2) {
            boolean shorter = true;
            while (shorter) {
                shorter = false;
                for (int from = best.choices().size() - chunk; from > -chunk; from -= chunk) {
                    List<Integer> fewer = new ArrayList<>(best.choices());
                    fewer.subList(Math.max(0, from), Math.min(fewer.size(), from + chunk))
                            .clear();
                    SimulatedRun run = rerun.apply(fewer);
                    if (run.choices().size() < best.choices().size() && sameFailure.test(run)) {
                        best = run;
                        shorter = true;
                    }
                }
            }
            if (chunk == 1) {
                return best;
            }
        }
    }

    private static List<String> signature(SimulatedRun run) {
        return run.problem().stream().map(SimulatedRun.Problem::summary).toList();
    }
}
