package dev.faultline.conformance.strengths;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.exploring.Exhaustive;
import dev.faultline.conformance.exploring.Explorer;
import dev.faultline.conformance.live.Churn;
import dev.faultline.conformance.live.RealDataRun;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.conformance.scenarios.Misstep;
import dev.faultline.conformance.scenarios.Scenario;
import dev.faultline.conformance.scenarios.Scenarios;
import dev.faultline.conformance.schedules.HistoryHunt;
import dev.faultline.conformance.schedules.RandomConformance;
import dev.faultline.conformance.walks.Guided;
import dev.faultline.sim.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which strengths catch a mutant, and how. */
public final class Strengths {
    private static final Workload HISTORY = new Workload(2, 4, 1, 2, 30, 6, 3, 0);
    private static final int HISTORY_SEEDS = 60;
    private static final int WALKS = 30;
    private static final int STEPS = 300;

    private static final int LIVE_RUNS = 5;
    private static final int LIVE_ROUNDS = 10;

    /**
     * Of the mutants, how many each strength catches. All it does is fixed, so fewer means that it has become weaker; but for
     * the live one, whose threads are never twice the same: it catches these whenever it is tried, and often some more.
     */
    private static final Map<String, Integer> CAUGHT =
            new TreeMap<>(Map.of("random", 46, "exhaustive", 45, "guided", 42, "history", 17, "live", 15));

    private Strengths() {}

    /** Returns the names of the strengths. */
    public static Set<String> names() {
        return CAUGHT.keySet();
    }

    /** Returns how many of all mutants a strength must catch. */
    public static int floor(String strength) {
        return CAUGHT.getOrDefault(strength, 0);
    }

    /** Returns, by the name of the strength, how it catches the mutant; what does not catch it is left out. */
    public static Map<String, String> catching(Conformance conformance, Mutant mutant) {
        Map<String, String> caught = new LinkedHashMap<>();
        random(conformance, mutant).ifPresent(how -> caught.put("random", how));
        exhaustive(mutant).ifPresent(how -> caught.put("exhaustive", how));
        guided(mutant).ifPresent(how -> caught.put("guided", how));
        live(mutant).ifPresent(how -> caught.put("live", how));
        HistoryHunt.hunt(RandomConformance.like(HISTORY, mutant), HISTORY_SEEDS, mutant)
                .ifPresent(found -> caught.put("history", "what hosts see, seed " + found.seed()));
        return caught;
    }

    private static Optional<String> random(Conformance conformance, Mutant mutant) {
        return RandomConformance.judge(conformance, mutant)
                .failure()
                .flatMap(failure -> failure.found().problem())
                .map(problem -> problem.rejection()
                        .map(rejection -> at(rejection.action(), rejection.path()))
                        .orElse("what hosts see, or a standstill"));
    }

    private static Optional<String> exhaustive(Mutant mutant) {
        for (Scenario scenario : Scenarios.all()) {
            if (scenario.isSmall()) {
                Optional<String> how = Explorer.explore(scenario, mutant.rules())
                        .failure()
                        .map(misstep -> scenario.name() + ", " + how(misstep));
                if (how.isPresent()) {
                    return how;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> guided(Mutant mutant) {
        return Guided.walk(1, WALKS, STEPS, mutant.rules())
                .failure()
                .map(Strengths::how)
                .or(() -> Guided.cover(Exhaustive.scenarios(true).keySet(), mutant.rules(), each -> {}).stream()
                        .flatMap(covered -> covered.failure().stream()
                                .map(misstep -> "edges of " + covered.scenario() + ", " + how(misstep)))
                        .findFirst());
    }

    private static Optional<String> live(Mutant mutant) {
        try {
            for (int seed = 1; seed <= LIVE_RUNS; seed++) {
                Churn.Result result = Churn.runInTemporaryFolder(LIVE_ROUNDS, seed, mutant, RealDataRun.PATIENCE);
                if (!result.isRight()) {
                    return Optional.of(result.rejection()
                            .map(rejection -> at(rejection.action(), rejection.path()))
                            .or(() -> result.wrong().stream().findFirst())
                            .orElse("the system dies"));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String how(Misstep misstep) {
        return at(misstep.action(), misstep.path());
    }

    private static String at(String action, List<String> path) {
        return path.size() < 2 ? action : action + ": " + path.get(path.size() - 1);
    }
}
