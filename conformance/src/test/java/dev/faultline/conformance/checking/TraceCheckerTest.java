package dev.faultline.conformance.checking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.core.Content;
import dev.faultline.core.Cut;
import dev.faultline.core.Entry;
import dev.faultline.core.EntryState;
import dev.faultline.core.Event;
import dev.faultline.core.Kind;
import dev.faultline.core.Mapping;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import dev.faultline.core.OldBlock;
import dev.faultline.core.SegmentRange;
import dev.faultline.trace.TraceEvent;
import dev.faultline.trace.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces written by hand: what may be, what may not, and the reason. */
class TraceCheckerTest {
    private static final Content ZERO = new Content(0);
    private static final Content ONE = new Content(1);
    private static final Content TWO = new Content(2);
    private static final Conformance CONFORMANCE = new Conformance();

    private final TraceChecker checker =
            CONFORMANCE.checker(new TraceHeader(TraceHeader.VERSION, List.of("a1", "a2"), List.of("disk"), 3, 2, ZERO));
    private final Placed placed = new Placed();

    /** Two segments of a new disk are written, and wait for storage. */
    private static final List<Event> NEW_DISK_WRITTEN = List.of(
            new Event.Create("new", 1),
            new Event.Write("h1", "a1", "new", 1, 0, ONE),
            new Event.Fault("h1"),
            new Event.ReceiveFault(writeOfNew(1)),
            new Event.Write("h2", "a1", "new", 2, 0, ONE),
            new Event.Fault("h2"),
            new Event.ReceiveFault(writeOfNew(2)));

    @AfterAll
    static void close() {
        CONFORMANCE.close();
    }

    /** Both agents come to know segment 1, which lies at location 1. */
    @BeforeEach
    void agentsKnowTheSegment() {
        for (String agent : List.of("a1", "a2")) {
            MappingFault fault = new MappingFault(agent, "disk", 1, Kind.READ);
            Command command = new SetEntry(agent, SegmentRange.of("disk", 1), List.of(Entry.at(1)), false);
            accepted(
                    new Event.Read("h1", agent, "disk", 1, 0),
                    new Event.Fault("h1"),
                    new Event.ReceiveFault(fault),
                    new Event.Refresh(fault),
                    new Event.ApplyCommand(command),
                    new Event.Retry("h1", 1),
                    new Event.Complete("h1", ZERO),
                    new Event.AnswerCommand(command),
                    new Event.ReceiveAnswer(new Answer(command, List.of())),
                    new Event.FinishJob(1));
        }
    }

    /** The same conformance has a checker of a system in which all agents map all disks. */
    @Test
    void aDiskThatIsNotOpenIsNotRead() {
        TraceChecker opening = CONFORMANCE.checker(
                new TraceHeader(TraceHeader.VERSION, List.of("a1", "a2"), List.of("disk"), 3, 2, ZERO)
                        .withMapping(Mapping.OPENED));
        Placed events = new Placed();
        OpenDisk open = new OpenDisk("a1", "disk", 1);
        Opened opened = new Opened("a1", "disk", 1, List.of(0L, 0L, 0L));
        for (Event event : List.of(
                new Event.Open("a1", "disk"),
                new Event.ReceiveOpen(open),
                new Event.ReceiveOpened(opened),
                new Event.Read("h1", "a1", "disk", 1, 0))) {
            assertThat(opening.accept(events.next(event))).as("%s", event).isEmpty();
        }
        assertThat(opening.accept(events.next(new Event.Read("h2", "a2", "disk", 1, 0))))
                .hasValueSatisfying(rejection ->
                        assertThat(rejection.isFor("Maps <- HasOpen")).isTrue());
    }

    @Test
    void aSegmentBeyondAllNumbersIsRefused() {
        assertThat(rejected(new Event.Read("h1", "a1", "disk", Integer.MAX_VALUE, 0))
                        .isFor("Segments"))
                .isTrue();
        assertThat(rejected(new Event.Switch(Integer.MAX_VALUE, 1)).isFor("Segments"))
                .isTrue();
    }

    @Test
    void aBlockThatIsNotThereIsRefused() {
        for (int block : List.of(2, -1)) {
            assertThat(rejected(new Event.Read("h1", "a1", "disk", 1, block)).isFor("Blocks"))
                    .isTrue();
            assertThat(rejected(new Event.Write("h1", "a1", "disk", 1, block, ONE))
                            .isFor("Blocks"))
                    .isTrue();
        }
    }

    @Test
    void anAnswerOfAnAgentThatThereIsNotIsRejected() {
        Command question = new GetEntry("nobody", new SegmentRange("disk", 0, 3), false);
        assertThat(rejected(new Event.AnswerCommand(question)).action()).isEqualTo("AnswerCommand");
    }

    @Test
    void namesMayHaveBackslashesAndQuotes() {
        String odd = "a\\n\"1\\";
        TraceHeader header = new TraceHeader(TraceHeader.VERSION, List.of(odd, "a2"), List.of("disk\\"), 1, 1, ZERO);
        try (Conformance conformance = new Conformance()) {
            TraceChecker odds = conformance.checker(header);
            Event read = new Event.Read("h\\1", odd, "disk\\", 0, 0);
            assertThat(odds.accept(new TraceEvent(1, 1, "h\\1", read))).isEmpty();
            assertThat(odds.accept(new TraceEvent(1, 2, odd, new Event.Fault("h\\1"))))
                    .isEmpty();
        }
    }

    @Test
    void aDataCopyGoesToALocationThatThereIs() {
        Cut cut = Cut.of("disk", "snap");
        accepted(new Event.AskSnapshot(cut), new Event.Freeze(cut, 1));
        answerForWholeDisk("disk", EntryState.NO_WRITE, 1);
        MappingFault fault = new MappingFault("a1", "disk", 1, Kind.WRITE);
        accepted(
                new Event.CopyTable(cut, 2),
                new Event.AnswerSnapshot(cut),
                new Event.Write("h1", "a1", "disk", 1, 0, ONE),
                new Event.Fault("h1"),
                new Event.ReceiveFault(fault));
        assertThat(rejected(new Event.BeginCopy(fault, -5)).conjunct()).isEqualTo("l \\in Locations");
    }

    @Test
    void aReadThatOverlapsAWriteMayReturnEither() {
        accepted(
                new Event.Write("h1", "a1", "disk", 1, 0, ONE),
                new Event.Start("h1", 1),
                new Event.Read("h2", "a2", "disk", 1, 0),
                new Event.Start("h2", 1),
                new Event.Read("h3", "a1", "disk", 1, 0),
                new Event.Start("h3", 1),
                new Event.Complete("h3", ONE),
                new Event.Complete("h2", ZERO),
                new Event.Complete("h1", ONE));
        assertThat(checker.mostBelieved()).isGreaterThan(1);
    }

    @Test
    void aReadThatStartsAfterAWriteReturnedSeesIt() {
        accepted(
                new Event.Write("h1", "a1", "disk", 1, 0, ONE),
                new Event.Start("h1", 1),
                new Event.Complete("h1", ONE),
                new Event.Read("h2", "a2", "disk", 1, 0),
                new Event.Start("h2", 1));
        Rejection rejection = rejected(new Event.Complete("h2", ZERO));
        assertThat(rejection.action()).isEqualTo("Complete");
        assertThat(rejection.conjunct()).isEqualTo("v = ios[h].value");
        assertThat(rejection.text())
                .contains(ZERO.toString())
                .contains(ONE.toString())
                .contains("MappingAgents.tla");
    }

    @Test
    void whatTwoReadersSawOneAfterTheOtherMustFitTogether() {
        accepted(
                new Event.Write("h1", "a1", "disk", 1, 0, ONE),
                new Event.Start("h1", 1),
                new Event.Read("h2", "a2", "disk", 1, 0),
                new Event.Start("h2", 1),
                new Event.Complete("h2", ONE),
                new Event.Read("h3", "a2", "disk", 1, 0),
                new Event.Start("h3", 1));
        assertThat(rejected(new Event.Complete("h3", ZERO)).conjunct()).isEqualTo("v = ios[h].value");
    }

    @Test
    void aValueThatNobodyWroteIsRejected() {
        accepted(new Event.Read("h1", "a1", "disk", 1, 1), new Event.Start("h1", 1));
        assertThat(rejected(new Event.Complete("h1", TWO)).conjunct()).isEqualTo("v = ios[h].value");
    }

    @Test
    void anIoAtAnotherLocationIsRejected() {
        accepted(new Event.Read("h1", "a1", "disk", 1, 1));
        assertThat(rejected(new Event.Start("h1", 2)).path()).contains("Dispatch");
    }

    @Test
    void aHostWithAnIoInAnotherSegmentIsBusy() {
        accepted(new Event.Read("h1", "a1", "disk", 1, 1));
        Rejection rejection = rejected(new Event.Read("h1", "a1", "disk", 2, 0));
        assertThat(rejection.conjunct()).isEqualTo("h \\notin DOMAIN ios");
    }

    @Test
    void aCopyToALocationOfAnotherSegmentIsRejected() {
        MappingFault fault = new MappingFault("a1", "disk", 1, Kind.WRITE);
        assertThat(rejected(new Event.BeginCopy(fault, 2)).isFor("Unused")).isTrue();
    }

    @Test
    void nothingFallsBackWhereNothingIs() {
        Rejection rejection = rejected(new Event.LosePower(List.of(new OldBlock(99, 0, new Content(1)))));
        assertThat(rejection.isFor("LosePower")).isTrue();
        assertThat(rejection.text()).contains("location 99 is not in use");
    }

    @Test
    void anEmptySegmentIsNotFilledAtALocationOfAnotherSegment() {
        NEW_DISK_WRITTEN.forEach(this::accepted);
        accepted(new Event.BeginFill(writeOfNew(1), 7));
        MappingFault other = writeOfNew(2);
        Rejection rejection = rejected(new Event.BeginFill(other, 7));
        assertThat(rejection.isFor("Unused")).isTrue();
        assertThat(rejection.text()).contains("location 7 belongs to segment 1");
        accepted(new Event.BeginFill(other, 8));
    }

    @Test
    void aWriteIsRefusedOnlyWhereThereIsNoSpaceInAnySegment() {
        TraceChecker small = CONFORMANCE.checker(
                new TraceHeader(TraceHeader.VERSION, List.of("a1"), List.of("disk"), 3, 2, ZERO).withCapacity(4));
        Placed events = new Placed();
        NEW_DISK_WRITTEN.forEach(
                event -> assertThat(small.accept(events.next(event))).isEmpty());
        Rejection early =
                small.accept(events.next(new Event.RefuseWrite(writeOfNew(2)))).orElseThrow();
        assertThat(early.summary())
                .isEqualTo("rejected at RefuseWrite: RefusesOnlyWhenFull: of 4 locations 3 are in use");
        Rejection beyond =
                small.accept(events.next(new Event.BeginFill(writeOfNew(1), 4))).orElseThrow();
        assertThat(beyond.text()).contains("storage has 4 locations, and 4 is none of them");
        for (Event event : List.of(
                new Event.BeginFill(writeOfNew(1), 3),
                new Event.RefuseWrite(writeOfNew(2)),
                new Event.ReceiveFull(new Full("a1", "new", 2)),
                new Event.Fail("h2"))) {
            assertThat(small.accept(events.next(event))).isEmpty();
        }
    }

    @Test
    void aStorageWithoutBoundIsNeverFull() {
        NEW_DISK_WRITTEN.forEach(this::accepted);
        assertThat(rejected(new Event.RefuseWrite(writeOfNew(1))).text()).contains("storage has no bound");
    }

    private static MappingFault writeOfNew(int segment) {
        return new MappingFault("a1", "new", segment, Kind.WRITE);
    }

    @Test
    void aSegmentThatIsNotThereIsRejected() {
        assertThat(rejected(new Event.Read("h1", "a1", "disk", 3, 0)).isFor("Segments"))
                .isTrue();
    }

    @Test
    void anIoThatNobodyBeganIsRejected() {
        assertThat(rejected(new Event.Complete("h9", ZERO)).conjunct()).isEqualTo("h \\in DOMAIN ios");
        assertThat(rejected(new Event.Start("h9", 1)).conjunct()).isEqualTo("h \\in DOMAIN ios");
    }

    @Test
    void aSnapshotConcernsAllSegmentsAlsoThoseThatNobodyTouched() {
        Cut cut = Cut.of("disk", "snap");
        accepted(new Event.AskSnapshot(cut), new Event.Freeze(cut, 1));
        assertThat(rejected(new Event.CopyTable(cut, 2)).isFor("CopiesOnlyWhenAllAnswered"))
                .isTrue();
        accepted(new Event.Read("h1", "a1", "disk", 2, 0));
        assertThat(rejected(new Event.CopyTable(cut, 2)).isFor("CopiesOnlyWhenAllAnswered"))
                .isTrue();
    }

    @Test
    void versionsGrowOverAllSegments() {
        Cut cut = Cut.of("disk", "snap");
        accepted(new Event.AskSnapshot(cut), new Event.Freeze(cut, 1));
        answerForWholeDisk("disk", EntryState.NO_WRITE, 1);
        accepted(
                new Event.CopyTable(cut, 2),
                new Event.AnswerSnapshot(cut),
                new Event.AskDeletion("snap"),
                new Event.Delete("snap", 3));
        answerForWholeDisk("snap", EntryState.ERROR, 3);
        accepted(new Event.Remove("snap", List.of(-1L, -1L, -1L)));
        for (int segment : List.of(1, 2)) {
            accepted(
                    new Event.Write("h" + segment, "a1", "disk", segment, 0, ONE),
                    new Event.Fault("h" + segment),
                    new Event.ReceiveFault(new MappingFault("a1", "disk", segment, Kind.WRITE)));
        }
        accepted(new Event.LiftUnshared(new MappingFault("a1", "disk", 1, Kind.WRITE), 5));
        MappingFault other = new MappingFault("a1", "disk", 2, Kind.WRITE);
        assertThat(rejected(new Event.LiftUnshared(other, 3)).conjunct()).isEqualTo("n > version");
        Rejection rejection = rejected(new Event.LiftUnshared(other, 4));
        assertThat(rejection.isFor("IsNewVersion")).isTrue();
        assertThat(rejection.text()).contains("version 4 comes after version 5");
    }

    private void answerForWholeDisk(String disk, EntryState state, long version) {
        for (String agent : List.of("a1", "a2")) {
            Command command = new SetEntryState(agent, new SegmentRange(disk, 0, 3), state, true, version, true);
            accepted(
                    new Event.ApplyCommand(command),
                    new Event.AnswerCommand(command),
                    new Event.ReceiveAnswer(new Answer(command, List.of())));
        }
    }

    @Test
    void whatAnAgentSaysThatItHasIsAccepted() {
        accepted(answerOfA1(Entry.NONE, Entry.at(1), Entry.NONE), new Event.Inspect("a1", "disk"));
    }

    @Test
    void whatAnAgentSaysMustBeSoInASegmentOfItsOwn() {
        assertThat(rejected(answerOfA1(Entry.NONE, Entry.NONE, Entry.NONE)).segment())
                .isEqualTo(1);
    }

    @Test
    void whatAnAgentSaysMustBeSoInEverySegmentThatNobodyTouched() {
        assertThat(rejected(answerOfA1(Entry.NONE, Entry.at(1), Entry.at(2))).segment())
                .isEqualTo(2);
    }

    @Test
    void aStepAtAnotherPlaceIsRejected() {
        Event read = new Event.Read("h1", "a1", "disk", 0, 0);
        TraceEvent atAgent = new TraceEvent(1, 1, "a1", read);
        assertThat(checker.accept(atAgent).orElseThrow().text())
                .contains("it is a step of h1, but the trace has it at a1")
                .contains("`Place` is false");
    }

    @Test
    void aFaultAtAnotherAgentIsRejected() {
        accepted(new Event.Read("h1", "a1", "disk", 0, 0));
        TraceEvent elsewhere = new TraceEvent(1, 2, "a2", new Event.Fault("h1"));
        assertThat(checker.accept(elsewhere).orElseThrow().isFor("Place")).isTrue();
    }

    /** Has agent a1, which knows segment 1 alone, asked for its entries; returns the arrival of an answer. */
    private Event answerOfA1(Entry... entries) {
        Command question = new GetEntry("a1", new SegmentRange("disk", 0, 3), false);
        accepted(new Event.Inspect("a1", "disk"), new Event.ApplyCommand(question), new Event.AnswerCommand(question));
        return new Event.ReceiveAnswer(new Answer(question, List.of(entries)));
    }

    private void accepted(Event... events) {
        List<String> problems = new ArrayList<>();
        for (Event event : events) {
            checker.accept(traced(event)).map(Rejection::text).ifPresent(problems::add);
        }
        assertThat(problems).isEmpty();
    }

    private Rejection rejected(Event event) {
        Optional<Rejection> rejection = checker.accept(traced(event));
        assertThat(rejection).as("%s is rejected", event).isPresent();
        return rejection.get();
    }

    private TraceEvent traced(Event event) {
        return placed.next(event);
    }
}
