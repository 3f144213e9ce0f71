package dev.faultline.conformance.checking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.conformance.projection.Plain;
import dev.faultline.conformance.slices.AskingSlice;
import dev.faultline.conformance.slices.SliceSpec;
import dev.faultline.conformance.slices.Steps;
import dev.faultline.core.Event;
import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.Rules;
import dev.faultline.core.SegmentRange;
import dev.faultline.sim.Faults;
import dev.faultline.sim.Simulation;
import dev.faultline.sim.Workload;
import dev.faultline.spec.engine.LoadedSpec;
import dev.faultline.spec.engine.SpecAction;
import dev.faultline.spec.engine.SpecEvaluationException;
import dev.faultline.spec.engine.SpecState;
import dev.faultline.spec.engine.SpecValue;
import dev.faultline.trace.TraceHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link TraceChecker} says of slices, against the spec of whole disks: it must refuse the same event of the same
 * trace. The spec here has all segments, and the arguments of its actions are the events' components as they are.
 */
class WholeSpecTest {
    private static final Workload WORKLOAD = new Workload(2, 3, 2, 2, 8, 2, 1, 1, new Faults(1, 1, 2, 2, 8));
    private static final int SEEDS = 8;
    private static final int ALTERED = 10;

    @TempDir
    private Path folder;

    @Test
    void slicesRefuseWhatTheWholeSpecRefuses() throws IOException {
        compare(WORKLOAD);
    }

    @Test
    void slicesRefuseWhatTheWholeSpecRefusesWhereAgentsOpenDisks() throws IOException {
        compare(WORKLOAD.withOpening(3));
    }

    @Test
    void slicesRefuseWhatTheWholeSpecRefusesWhereSpaceIsShort() throws IOException {
        compare(WORKLOAD.withSpace(2, 6).withCapacity(6));
    }

    @Test
    void slicesRefuseWhatTheWholeSpecRefusesWhereStorageLosesPower() throws IOException {
        compare(WORKLOAD.withSpace(1, 4).withPower(4, 3));
    }

    private void compare(Workload workload) throws IOException {
        TraceHeader header = new Simulation(workload, 0, Rules.ALL, traced -> {}).header();
        Map<String, Integer> refused = new TreeMap<>();
        try (LoadedSpec whole = WholeSpec.load(header, folder);
                LoadedSpec sliced = SliceSpec.load(header)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                List<Event> trace = WholeSpec.record(workload, seed);
                assertThat(refusedAt(whole, sliced, header, trace)).isEqualTo(trace.size());
                Random random = new Random(seed);
                for (int i = 0; i < ALTERED; i++) {
                    List<Event> altered = WholeSpec.altered(trace, random);
                    int at = refusedAt(whole, sliced, header, altered);
                    if (at < altered.size()) {
                        refused.merge(altered.get(at).action(), 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(refused).as("the actions that were refused").hasSizeGreaterThan(8);
    }

    /** A command for a whole disk that arrives in two parts is in each slice what it should be. */
    @Test
    void aCommandThatIsCutIsRefusedAsByTheWholeSpec() throws IOException {
        TraceHeader header = new Simulation(WORKLOAD, 0, Rules.ALL, traced -> {}).header();
        int cut = 0;
        try (LoadedSpec whole = WholeSpec.load(header, folder);
                LoadedSpec sliced = SliceSpec.load(header)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                List<Event> trace = record(seed);
                for (int i = 0; i < trace.size(); i++) {
                    if (trace.get(i) instanceof Event.ApplyCommand apply
                            && apply.command().range().count() == 2) {
                        List<Event> parts = new ArrayList<>(trace.subList(0, i));
                        parts.add(new Event.ApplyCommand(half(apply.command())));
                        assertThat(refusedAt(whole, sliced, header, parts)).isEqualTo(i);
                        cut++;
                    }
                }
            }
        }
        assertThat(cut).isGreaterThan(SEEDS);
    }

    /** Two answers with different entries, whose halves are exchanged, are in each slice what they should be. */
    @Test
    void answersThatAreMadeOfPartsOfTwoAreRefusedAsByTheWholeSpec() throws IOException {
        Workload asking = new Workload(1, 1, 2, 1, 3, 1, 0, 3, new Faults(0, 0, 0, 0, 6));
        TraceHeader header = new Simulation(asking, 0, Rules.ALL, traced -> {}).header();
        int mixed = 0;
        try (LoadedSpec whole = WholeSpec.load(header, folder);
                LoadedSpec sliced = SliceSpec.load(header)) {
            for (int seed = 0; seed < 30; seed++) {
                List<Event> trace = WholeSpec.record(asking, seed);
                List<Event.ReceiveAnswer> answers = trace.stream()
                        .filter(event -> event instanceof Event.ReceiveAnswer received
                                && received.answer().command() instanceof GetEntry)
                        .map(Event.ReceiveAnswer.class::cast)
                        .toList();
                for (Event.ReceiveAnswer one : answers) {
                    for (Event.ReceiveAnswer other : answers) {
                        Answer mix = new Answer(
                                one.answer().command(),
                                List.of(
                                        one.answer().entries().get(0),
                                        other.answer().entries().get(1)));
                        if (one.answer().command().equals(other.answer().command())
                                && !mix.equals(one.answer())
                                && !mix.equals(other.answer())) {
                            List<Event> altered = new ArrayList<>(trace);
                            altered.set(trace.indexOf(one), new Event.ReceiveAnswer(mix));
                            assertThat(refusedAt(whole, sliced, header, altered))
                                    .isEqualTo(trace.indexOf(one));
                            mixed++;
                        }
                    }
                }
            }
        }
        assertThat(mixed).isPositive();
    }

    private static Command half(Command command) {
        SegmentRange first = SegmentRange.of(command.range().disk(), 0);
        if (command instanceof SetEntry set) {
            return new SetEntry(set.to(), first, List.of(set.entryOf(0)), set.blocking());
        } else if (command instanceof SetEntryState set) {
            return new SetEntryState(set.to(), first, set.state(), set.on(), set.version(), set.blocking());
        } else if (command instanceof QuiesceDisk quiesce) {
            return new QuiesceDisk(quiesce.to(), first, quiesce.version(), quiesce.blocking());
        } else if (command instanceof ActivateDisk activate) {
            return new ActivateDisk(activate.to(), first, activate.version(), activate.blocking());
        }
        return new GetEntry(command.to(), first, command.blocking());
    }

    private static List<Event> record(int seed) {
        return WholeSpec.record(WORKLOAD, seed);
    }

    /** Checks a trace in both ways, which must agree; returns how many events were accepted. */
    private static int refusedAt(LoadedSpec whole, LoadedSpec sliced, TraceHeader header, List<Event> trace) {
        TraceChecker checker = new TraceChecker(
                sliced, header, new AskingSlice(new Plain(sliced), new Steps(sliced), sliced.initialStates()));
        Placed placed = new Placed();
        Steps steps = new Steps(whole);
        Collection<SpecState> states = whole.initialStates();
        for (int at = 0; at < trace.size(); at++) {
            Event event = trace.get(at);
            states = after(whole, steps, states, event);
            assertThat(checker.accept(placed.next(event)).isPresent())
                    .as("event %d, %s, is refused", at + 1, event)
                    .isEqualTo(states.isEmpty());
            if (states.isEmpty()) {
                return at;
            }
        }
        return trace.size();
    }

    private static Collection<SpecState> after(
            LoadedSpec whole, Steps steps, Collection<SpecState> states, Event event) {
        SpecAction action = whole.action(event.action());
        SpecValue[] arguments =
                WholeSpec.arguments(event).stream().map(whole::value).toArray(SpecValue[]::new);
        try {
            return steps.after(states, action, arguments);
        } catch (SpecEvaluationException e) {
            return List.of();
        }
    }
}
