package dev.faultline.conformance.exploring;

import dev.faultline.conformance.scenarios.Offers;
import dev.faultline.conformance.scenarios.Scenario;
import dev.faultline.conformance.scenarios.Scenarios;
import dev.faultline.core.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The exhaustive strength: all that the code can do in bounded systems, each step held against the spec. */
public final class Exhaustive {
    private Exhaustive() {}

    /** Returns the names of the scenarios, each with what it is for; only those for who is in a hurry, or all. */
    public static Map<String, String> scenarios(boolean quickOnly) {
        return Scenarios.all().stream()
                .filter(scenario -> scenario.quick() || !quickOnly)
                .collect(Collectors.toMap(Scenario::name, Scenario::what, (a, b) -> a, LinkedHashMap::new));
    }

    /**
     * Explores scenarios, as many at a time as there are workers; if there are fewer, several workers share one.
     *
     * @param each is told of each as soon as it is done
     * @throws IllegalArgumentException if there is no scenario of a name
     */
    public static List<Explored> explore(Set<String> names, Rules rules, int workers, Consumer<Explored> each)
            throws InterruptedException {
        List<Scenario> scenarios = Scenarios.named(names);
        int ofEach = Math.max(1, workers / scenarios.size());
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Explored>> running = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                running.add(threads.submit(() -> Explorer.explore(scenario, rules, ofEach)));
            }
            List<Explored> results = new ArrayList<>();
            for (Future<Explored> future : running) {
                Explored explored = future.get();
                each.accept(explored);
                results.add(explored);
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns what is not as it should be, a line each; empty if all is. */
    public static List<String> surprises(Explored explored) {
        List<String> surprises = new ArrayList<>();
        explored.failure().ifPresent(misstep -> surprises.add(misstep.report()));
        if (explored.failure().isEmpty()) {
            Scenario scenario = Scenarios.named(Set.of(explored.scenario())).get(0);
            if (explored.states() != scenario.states() || explored.transitions() != scenario.transitions()) {
                surprises.add(String.format(
                        Locale.ROOT,
                        "%,d states and %,d steps, not %,d and %,d: the system has changed, or the scenario",
                        explored.states(),
                        explored.transitions(),
                        scenario.states(),
                        scenario.transitions()));
            }
            new TreeMap<>(explored.untaken()).forEach((action, count) -> {
                if (!Offers.UNTAKEN.containsKey(action)) {
                    surprises.add("the spec allows " + action
                            + String.format(Locale.ROOT, " in %,d states where the code never takes it", count));
                }
            });
        }
        return surprises;
    }

    /** Returns the explanations that no scenario needs; to be asked after all of them. */
    public static Set<String> needless(List<Explored> all) {
        Set<String> needless = new TreeSet<>(Offers.UNTAKEN.keySet());
        all.forEach(explored -> needless.removeAll(explored.untaken().keySet()));
        return needless;
    }
}
