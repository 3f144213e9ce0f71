package dev.faultline.conformance.checking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.faultline.conformance.anyspec.AnyTraceChecker;
import dev.faultline.core.Event;
import dev.faultline.core.Rules;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.itf.Itf;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checker of any specification, given the mapping protocol's and one hidden action, {@code Perform}, refuses what the
 * protocol's own checker refuses: that one is this one, with slices and memory, made fast.
 */
class GeneralCheckerTest {
    private static final Workload WORKLOAD = new Workload(2, 2, 2, 1, 6, 2, 1, 1, new Faults(1, 1, 1, 1, 4));
    private static final int HOSTS = 2;
    private static final int BELIEVED_AT_MOST = 100_000;
    private static final int SEEDS = 6;
    private static final int ALTERED = 40;

    @TempDir
    private Path folder;

    @Test
    void refusesWhatTheCheckerOfTheProtocolRefuses() throws IOException {
        TraceHeader header = new Simulation(WORKLOAD, 0, Rules.ALL, traced -> {}).header();
        Map<String, Integer> refused = new TreeMap<>();
        try (LoadedSpec whole = WholeSpec.load(header, folder);
                Conformance conformance = new Conformance()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                List<Event> trace = WholeSpec.record(WORKLOAD, seed);
                assertThat(refusedAt(whole, conformance, header, trace)).isEqualTo(trace.size());
                Random random = new Random(seed);
                for (int i = 0; i < ALTERED; i++) {
                    List<Event> altered = WholeSpec.altered(trace, random);
                    int at = refusedAt(whole, conformance, header, altered);
                    if (at < altered.size()) {
                        refused.merge(altered.get(at).action(), 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(refused).as("the actions that were refused").hasSizeGreaterThan(12);
    }

    /** Checks a trace in both ways, which must agree; returns how many events were accepted. */
    private static int refusedAt(LoadedSpec whole, Conformance conformance, TraceHeader header, List<Event> trace)
            throws IOException {
        AnyTraceChecker general = new AnyTraceChecker(whole, List.of("Perform"), HOSTS, BELIEVED_AT_MOST);
        TraceChecker own = conformance.rememberingChecker(header);
        Placed placed = new Placed();
        for (int at = 0; at < trace.size(); at++) {
            Event event = trace.get(at);
            Optional<String> refused = general.accept(line(event), "event " + (at + 1));
            assertThat(own.accept(placed.next(event)).isPresent())
                    .as("event %d, %s, is refused; the general checker says: %s", at + 1, event, refused)
                    .isEqualTo(refused.isPresent());
            if (refused.isPresent()) {
                return at;
            }
        }
        assertThat(general.finish()).isEmpty();
        return trace.size();
    }

    private static String line(Event event) throws IOException {
        return JSON.std.asString(Map.of("action", event.action(), "arguments", Itf.json(WholeSpec.arguments(event))));
    }
}
