package dev.faultline.conformance;

import dev.faultline.core.Rules;
import java.io.PrintWriter;
import java.util.List;

/** temporary. */
public final class Exhaustive {
    private Exhaustive() {}

    /** x. */
    public static void run(List<String> names, PrintWriter out) {
        for (Scenario scenario : Scenarios.all()) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                Explorer.Result r = Explorer.explore(scenario, Rules.ALL, true);
                out.printf(
                        "%s %d states %d spec %d transitions %.0f/s %.1fs untaken %s%n",
                        scenario.name(),
                        r.states(),
                        r.specStates(),
                        r.transitions(),
                        r.transitionsPerSecond(),
                        r.nanos() / 1e9,
                        r.untaken());
                r.failure().ifPresent(f -> out.println(f.trace().size() + " events\n" + f.text()));
                out.flush();
            }
        }
    }
}
