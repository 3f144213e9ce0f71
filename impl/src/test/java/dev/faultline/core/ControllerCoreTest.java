package dev.faultline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The controller alone, with two agents: the test is the agents, and the storage. */
class ControllerCoreTest {
    private static final Cut ONE = Cut.of("left", "snap");
    private static final Cut BOTH = new Cut(Map.of("snapLeft", "left", "snapRight", "right"));

    private final ControllerCore controller = new ControllerCore(
            Set.of("a1", "a2"), 1, MappingTables.ofNewDisks(List.of("left", "right"), 2), ControllerRules.ALL);

    /** All that the controller did of itself so far. */
    private final List<Step> steps = new ArrayList<>();

    /** Takes all turns; returns the commands that were sent. */
    private List<Command> settle() {
        List<Command> sent = new ArrayList<>();
        while (!controller.turns().isEmpty()) {
            sent.addAll(follow(controller.take(controller.turns().get(0))));
        }
        return sent;
    }

    private List<Command> follow(Step step) {
        steps.add(step);
        List<Command> sent = new ArrayList<>();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send send && send.message() instanceof Command command) {
                sent.add(command);
            }
        }
        return sent;
    }

    private void answer(List<Command> commands) {
        commands.forEach(command -> controller.receiveAnswer(new Answer(command, List.of())));
    }

    /** Answers all commands until nothing is left to do. */
    private void settleAndAnswer() {
        for (List<Command> sent = settle(); !sent.isEmpty(); sent = settle()) {
            answer(sent);
        }
    }

    private List<String> actions() {
        return steps.stream().map(step -> step.event().action()).toList();
    }

    private Step last() {
        return steps.get(steps.size() - 1);
    }

    private void fault(String disk, Kind kind) {
        controller.receiveFault(new MappingFault("a1", disk, 0, kind));
    }

    @Test
    void aSingleSnapshotNeedsNoBarrier() {
        controller.askSnapshot(ONE);
        settleAndAnswer();
        assertThat(actions()).containsExactly("Freeze", "CopyTable", "AnswerSnapshot");
        assertThat(controller.isIdle()).isTrue();
    }

    @Test
    void severalDisksAreBroughtToAStandFrozenCopiedAtOnceAndLetGo() {
        controller.askSnapshot(BOTH);
        List<Command> quiesce = settle();
        assertThat(actions()).containsExactly("Quiesce");
        assertThat(quiesce).hasSize(4).allMatch(command -> command instanceof QuiesceDisk && command.blocking());
        answer(quiesce.subList(0, 3));
        assertThat(settle()).as("while one agent still moves").isEmpty();
        answer(quiesce.subList(3, 4));
        List<Command> freeze = settle();
        assertThat(actions()).containsExactly("Quiesce", "Freeze");
        answer(freeze.subList(1, 4));
        assertThat(settle()).as("while one agent has not answered").isEmpty();
        assertThat(controller.hasDisk("snapLeft")).isFalse();
        answer(freeze.subList(0, 1));

        List<Command> activate = settle();
        assertThat(actions()).containsExactly("Quiesce", "Freeze", "CopyTable", "Activate");
        Step copied = steps.get(2);
        assertThat(copied.effects())
                .hasSize(2)
                .allMatch(effect -> effect instanceof Effect.Persist persist
                        && persist.entries().stream()
                                .allMatch(entry ->
                                        entry.version() == 3 && entry.states().equals(Set.of(EntryState.NO_WRITE))));
        assertThat(controller.isIdle()).as("before the barrier is down").isFalse();
        answer(activate);
        settle();
        assertThat(last().effects()).containsExactly(new Effect.SnapshotReady(BOTH));
        assertThat(controller.isIdle()).isTrue();
    }

    @Test
    void twoSnapshotsOfOneDiskNeedNoBarrier() {
        controller.askSnapshot(new Cut(Map.of("one", "left", "two", "left")));
        settleAndAnswer();
        assertThat(actions()).containsExactly("Freeze", "CopyTable", "AnswerSnapshot");
        assertThat(controller.hasDisk("one") && controller.hasDisk("two")).isTrue();
    }

    @Test
    void snapshotsThatShareADiskAreMadeOneAfterTheOther() {
        controller.askSnapshot(BOTH);
        controller.askSnapshot(ONE);
        List<Command> quiesce = settle();
        assertThat(actions()).containsExactly("Quiesce");
        answer(quiesce);
        settleAndAnswer();
        assertThat(actions().indexOf("AnswerSnapshot")).isLessThan(actions().lastIndexOf("Freeze"));
        assertThat(controller.isIdle()).isTrue();
    }

    @Test
    void everyChangeIsPersistedBeforeAnybodyIsToldAndHasAVersionOfItsOwn() {
        controller.askSnapshot(BOTH);
        settleAndAnswer();
        fault("left", Kind.WRITE);
        settle();
        controller.copyBlock(0, 0, new Content(1));
        settleAndAnswer();
        controller.askDeletion("snapRight");
        settleAndAnswer();
        fault("right", Kind.WRITE);
        settleAndAnswer();
        assertThat(actions())
                .contains("Quiesce", "Freeze", "CopyTable", "Activate", "Switch", "LiftAfterCopy", "Delete", "Remove")
                .contains("LiftUnshared");
        Set<Long> versions = new TreeSet<>();
        for (Step step : steps) {
            boolean told = false;
            for (Effect effect : step.effects()) {
                assertThat(told && effect instanceof TableChange).as("%s", step).isFalse();
                told |= !(effect instanceof TableChange);
            }
            if (step.event() instanceof Event.Versioned change) {
                assertThat(step.effects().get(0)).isInstanceOf(TableChange.class);
                assertThat(versions.add(change.version())).as("%s", step).isTrue();
                step.effects().stream()
                        .filter(effect -> effect instanceof Effect.Persist)
                        .flatMap(effect -> ((Effect.Persist) effect).entries().stream())
                        .forEach(entry -> assertThat(entry.version()).isEqualTo(change.version()));
            }
        }
        assertThat(versions).isEqualTo(new TreeSet<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)));
    }

    @Test
    void aDeletionWaitsForAllAnswers() {
        controller.askDeletion("left");
        List<Command> sent = settle();
        assertThat(sent).hasSize(2).allMatch(Command::blocking);
        answer(sent.subList(0, 1));
        assertThat(settle()).isEmpty();
        assertThat(controller.hasDisk("left")).isTrue();
        answer(sent.subList(1, 2));
        settle();
        assertThat(controller.hasDisk("left")).isFalse();
        assertThat(last().effects())
                .containsExactly(
                        new Effect.Erase("left"), new Effect.Free(Set.of(0L, 1L)), new Effect.DiskGone("left"));
        assertThat(controller.isIdle()).isTrue();
    }

    @Test
    void aLocationIsFreedWithTheLastDiskThatUsesIt() {
        controller.askSnapshot(ONE);
        settleAndAnswer();
        fault("left", Kind.WRITE);
        settle();
        controller.copyBlock(0, 0, new Content(1));
        settleAndAnswer();
        // Location 0 is the snapshot's alone now, location 1 is shared, location 4 is the original's.
        controller.askDeletion("snap");
        settleAndAnswer();
        assertThat(last().effects()).contains(new Effect.Free(Set.of(0L)));
        controller.askDeletion("left");
        settleAndAnswer();
        assertThat(last().effects()).contains(new Effect.Free(Set.of(1L, 4L)));
    }

    @Test
    void aDiskIsNotRemovedWhileItsDataIsCopied() {
        controller.askSnapshot(ONE);
        settleAndAnswer();
        fault("left", Kind.WRITE);
        settle();
        assertThat(actions()).endsWith("BeginCopy");
        controller.askDeletion("snap");
        answer(settle());
        assertThat(controller.hasDisk("snap")).isTrue();
        controller.copyBlock(0, 0, new Content(1));
        List<Command> switched = settle();
        assertThat(controller.hasDisk("snap"))
                .as("while reads may be on their way there")
                .isTrue();
        answer(switched);
        settleAndAnswer();
        assertThat(controller.hasDisk("snap")).isFalse();
    }

    @Test
    void aFaultOnADiskThatIsNoMoreIsSettledByAnErrorEntry() {
        controller.askDeletion("left");
        List<Command> sent = settle();
        fault("left", Kind.READ);
        assertThat(settle()).as("while the disk is going").isEmpty();
        answer(sent);
        assertThat(settle())
                .containsExactly(new SetEntry("a1", SegmentRange.of("left", 0), List.of(Entry.ERROR), false));
    }

    @Test
    void whatIsGoingOrBeingMadeIsLeftAlone() {
        controller.askSnapshot(BOTH);
        assertThatThrownBy(() -> controller.askDeletion("left")).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> controller.askSnapshot(Cut.of("left", "snapRight")))
                .isInstanceOf(IllegalStepException.class);
        settleAndAnswer();
        controller.askDeletion("left");
        assertThatThrownBy(() -> controller.askDeletion("left")).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> controller.askSnapshot(ONE)).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> controller.askSnapshot(new Cut(Map.of()))).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> controller.askDeletion("nothing")).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void anAgentIsAskedOneQuestionAboutADiskAtATime() {
        List<Command> question = follow(controller.inspect("a1", "left"));
        assertThat(question).containsExactly(new GetEntry("a1", new SegmentRange("left", 0, 2), false));
        assertThatThrownBy(() -> controller.inspect("a1", "left")).isInstanceOf(IllegalStepException.class);
        controller.inspect("a2", "left");
        Answer answer = new Answer(question.get(0), List.of(Entry.NONE, Entry.at(1)));
        assertThat(controller.receiveAnswer(answer).effects()).containsExactly(new Effect.Inspected(answer));
        controller.inspect("a1", "left");
        assertThatThrownBy(() -> controller.inspect("a3", "left")).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        controller.askSnapshot(BOTH);
        ControllerCore copy = controller.copy();
        settleAndAnswer();
        assertThat(controller.hasDisk("snapLeft")).isTrue();
        assertThat(copy.hasDisk("snapLeft")).isFalse();
        assertThat(copy.turns()).hasSize(1);
    }

    @Test
    void aCopyIsEqualUntilOneOfThemGoesOn() {
        ControllerCore fresh = controller.copy();
        controller.askSnapshot(ONE);
        settleAndAnswer();
        fault("left", Kind.WRITE);
        settle();
        controller.askDeletion("right");
        controller.inspect("a1", "left");
        ControllerCore copy = controller.copy();
        assertThat(copy).isEqualTo(controller).hasSameHashCodeAs(controller).isNotEqualTo(fresh);
        assertThat(copy.jobs()).isEqualTo(controller.jobs()).isNotEmpty();
        assertThat(copy.deletions()).isEqualTo(controller.deletions()).isNotEmpty();
        assertThat(copy.members()).containsExactlyInAnyOrder("a1", "a2");
        assertThat(copy.tables()).isEqualTo(controller.tables()).isNotEqualTo(fresh.tables());

        controller.fence("a2");
        assertThat(copy).isNotEqualTo(controller);
    }

    @Test
    void whatCanBeAskedForIsTold() {
        assertThat(controller.canSnapshot(ONE)).isTrue();
        assertThat(controller.canDelete("left")).isTrue();
        assertThat(controller.isUnoccupied()).isTrue();
        controller.askSnapshot(ONE);
        assertThat(controller.isUnoccupied()).isFalse();
        assertThat(controller.clones()).containsKey(ONE);
        assertThat(controller.canSnapshot(ONE)).isFalse();
        assertThat(controller.canDelete("snap")).isFalse();
        assertThat(controller.canDelete("right")).isTrue();
    }

    @Test
    void whatIsNotDueIsRefused() {
        controller.askSnapshot(BOTH);
        settle();
        for (ControllerCore.Turn turn : controller.begun()) {
            assertThatThrownBy(() -> controller.take(turn))
                    .as(turn.toString())
                    .isInstanceOf(IllegalStepException.class);
        }
        assertThat(controller.begun()).isNotEmpty();
    }
}
