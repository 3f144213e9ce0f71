package dev.faultline.conformance.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.checking.Conformance;
import dev.faultline.conformance.checking.Rejection;
import dev.faultline.conformance.checking.TraceChecker;
import dev.faultline.conformance.mutants.Mutant;
import dev.faultline.core.Event;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Workload;
import dev.faultline.trace.TraceEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.commons.codec.digest.DigestUtils;

/** Whatever the system and the schedule: every step of the code is a step of the spec. */
class ScheduleProperties {
    private static final Conformance CONFORMANCE = new Conformance();

    @AfterContainer
    static void close() {
        CONFORMANCE.close();
    }

    @Property(tries = 300)
    void everyTraceIsABehaviourOfTheSpec(
            @ForAll @IntRange(min = 1, max = 3) int agents,
            @ForAll @IntRange(min = 1, max = 5) int hosts,
            @ForAll @IntRange(min = 1, max = 3) int segments,
            @ForAll @IntRange(min = 1, max = 3) int blocks,
            @ForAll @IntRange(min = 0, max = 25) int operations,
            @ForAll @IntRange(min = 0, max = 5) int snapshots,
            @ForAll @IntRange(min = 0, max = 5) int deletions,
            @ForAll @IntRange(min = 0, max = 3) int inspections,
            @ForAll("faults") Faults faults,
            @ForAll long seed) {
        Workload workload =
                new Workload(agents, hosts, segments, blocks, operations, snapshots, deletions, inspections, faults);
        RandomConformance.Result result =
                RandomConformance.run(CONFORMANCE, workload, seed, 1, Mutant.none(), run -> {});
        assertThat(result.failure().map(failure -> failure.report(Mutant.none())))
                .isEqualTo(Optional.empty());
    }

    @Provide
    Arbitrary<Faults> faults() {
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 3);
        return Combinators.combine(few, few, few, few, few).as(Faults::new);
    }

    /** The running system cannot see when storage performs an I/O: the checker must find a time for it. */
    @Property(tries = 100)
    void everyTraceIsOneAlsoWhenStorageIsNotSeen(
            @ForAll @IntRange(min = 2, max = 6) int hosts,
            @ForAll @IntRange(min = 1, max = 2) int blocks,
            @ForAll @IntRange(min = 0, max = 3) int snapshots,
            @ForAll @IntRange(min = 0, max = 3) int deletions,
            @ForAll long seed) {
        Workload workload = new Workload(2, hosts, 1, blocks, 20, snapshots, deletions, 1);
        SimulatedRun run = SimulatedRun.random(CONFORMANCE, workload, seed, Mutant.none());
        TraceChecker checker = CONFORMANCE.rememberingChecker(run.header());
        List<TraceEvent> seen = run.trace().stream()
                .filter(traced -> !(traced.event() instanceof Event.Perform))
                .toList();
        for (TraceEvent traced : seen) {
            assertThat(checker.accept(traced).map(Rejection::text)).isEqualTo(Optional.empty());
        }
        assertThat(checker.events()).isEqualTo(seen.size());
    }

    @Property(tries = 30)
    void theSameSeedGivesTheSameTrace(@ForAll long seed) {
        Workload workload = new Workload(2, 3, 2, 2, 10, 2, 2, 2, new Faults(1, 1, 1, 2, 2));
        SimulatedRun once = SimulatedRun.random(CONFORMANCE, workload, seed, Mutant.none());
        SimulatedRun again = SimulatedRun.random(CONFORMANCE, workload, seed, Mutant.none());
        assertThat(bytes(again)).isEqualTo(bytes(once));
    }

    /** Also in another process, in which sets may have another order; after a change of the protocol it is another number. */
    @Example
    void theSameSeedGivesTheSameTraceInEachProcess() {
        StringBuilder traces = new StringBuilder();
        for (long seed = 70; seed < 80; seed++) {
            traces.append(String.join(
                    "\n",
                    SimulatedRun.random(CONFORMANCE, RandomConformance.WORKLOAD, seed, Mutant.none())
                            .lines()));
        }
        assertThat(DigestUtils.sha256Hex(traces.toString()))
                .isEqualTo("e1a185a3afab394e7e71725861c37031a3fb1c0a3b96d0cd3ae576b630ab3b9b");
    }

    private static byte[] bytes(SimulatedRun run) {
        return String.join("\n", run.lines()).getBytes(StandardCharsets.UTF_8);
    }
}
