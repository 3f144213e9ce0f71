package dev.faultline.spec.engine;

import java.util.Locale;

/** Measures how many successors a second one core gives: twelve variables, actions of eight conjuncts. Run by hand. */
final class SuccessorsBenchmark {
    private static final int ROUNDS = 8;
    private static final int CALLS = 300_000;

    private SuccessorsBenchmark() {}

    /** Prints the rate of each round; the first ones are for warming up. */
    public static void main(String[] ignored) {
        try (LoadedSpec spec = Specs.load("Fleet")) {
            SpecState initial = spec.initialStates().get(0);
            SpecAction start = spec.action("Start");
            SpecAction perform = spec.action("Perform");
            SpecValue a1 = spec.modelValue("a1");
            SpecValue h1 = spec.value("h1");
            SpecState started = spec.successors(initial, start, a1, h1).get(0);
            rate("enabled", () -> spec.successors(initial, start, a1, h1).size());
            rate(
                    "enabled and hashed",
                    () -> spec.successors(initial, start, a1, h1).get(0).hashCode());
            rate("not enabled", () -> spec.successors(initial, perform, h1).size());
            rate("all of Next", () -> spec.next(started).size());
            rate("explained", () -> spec.explain(started, start, a1, h1).hashCode());
        }
    }

    private interface Call {
        int run();
    }

    private static void rate(String what, Call call) {
        for (int round = 0; round < ROUNDS; round++) {
            int calls = CALLS;
            int sum = 0;
            long from = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                sum += call.run();
            }
            double seconds = (System.nanoTime() - from) / 1e9;
            System.out.println(String.format(Locale.ROOT, "%s: %,.0f calls/s (%d)", what, calls / seconds, sum));
        }
    }
}
