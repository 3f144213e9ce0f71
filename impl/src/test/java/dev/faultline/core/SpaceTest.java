package dev.faultline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.SetEntry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Segments without storage: an agent that needs none, and a controller that gives it and takes it back. */
class SpaceTest {
    private static final Content ZERO = new Content(77);
    private static final Content DATA = new Content(1);
    private static final SegmentRange DISK = SegmentRange.of("disk", 0);
    private static final MappingFault OFFER = new MappingFault("a1", "disk", 0, Kind.TRIM);

    private final AgentCore agent = new AgentCore("a1", 1, AgentRules.ALL, Mapping.ALL, ZERO);
    private final ControllerCore controller = new ControllerCore(
            Set.of("a1"),
            2,
            MappingTables.ofNewDisks(List.of("disk"), 1),
            ControllerRules.ALL,
            Mapping.ALL,
            Durability.AT_ONCE,
            ZERO);

    private void agentHas(Entry entry) {
        SetEntry command = new SetEntry("a1", DISK, List.of(entry), false);
        agent.applyCommand(command);
        agent.answerCommand(command);
    }

    private Step takeTheOnlyTurn() {
        assertThat(controller.turns()).hasSize(1);
        return controller.take(controller.turns().get(0));
    }

    private void answerAll() {
        for (Command command : controller.awaited()) {
            controller.receiveAnswer(new Answer(command, List.of()));
        }
    }

    private static List<Command> commands(Step step) {
        return step.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> (Command) ((Effect.Send) effect).message())
                .toList();
    }

    private static Entry entryIn(Step step) {
        return ((SetEntry) commands(step).get(0)).entryOf(0);
    }

    // ---- The agent

    /** Storage has nothing to do there, but to say whether the agent is a member still. */
    @Test
    void anEmptySegmentIsReadAtNoLocation() {
        agentHas(Entry.EMPTY);
        agent.read("h", "disk", 0, 0);
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Start("h"));
        Step start = agent.take(agent.turns().get(0));
        assertThat(start.event()).isEqualTo(new Event.Start("h", Entry.NO_LOCATION));
        assertThat(start.effects()).hasOnlyElementsOfType(Effect.Dispatch.class);
        assertThat(agent.complete("h", ZERO).effects()).containsExactly(new Effect.Return("h"));
        assertThat(agent.ios()).isEmpty();
    }

    @Test
    void zerosWrittenToAnEmptySegmentNeedNoLocationAndOtherDataDoes() {
        agentHas(Entry.EMPTY);
        agent.write("h", "disk", 0, 0, ZERO);
        agent.write("g", "disk", 0, 0, DATA);
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Start("h"), new AgentCore.Turn.Fault("g"));
        assertThatThrownBy(() -> agent.start("g")).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void zerosWrittenToASegmentWithStorageGoThere() {
        agentHas(Entry.at(0));
        agent.write("h", "disk", 0, 0, ZERO);
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Start("h"));
    }

    @Test
    void aBarrierHoldsAlsoWhatNeedsNoLocation() {
        agentHas(Entry.EMPTY.with(EntryState.HELD, true));
        agent.read("h", "disk", 0, 0);
        assertThat(agent.turns()).isEmpty();
    }

    @Test
    void aBlockingCommandWaitsAlsoForWhatNeedsNoLocation() {
        agentHas(Entry.EMPTY);
        agent.read("h", "disk", 0, 0);
        agent.start("h");
        SetEntry blocking = new SetEntry("a1", DISK, List.of(Entry.at(3).under(1)), true);
        agent.applyCommand(blocking);
        assertThat(agent.turns()).isEmpty();
        agent.complete("h", ZERO);
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Answer(blocking));
    }

    @Test
    void anAgentOffersOnlyWhatHasStorageAsFarAsItKnows() {
        assertThatThrownBy(() -> agent.offer("disk", 0)).isInstanceOf(IllegalStepException.class);
        agentHas(Entry.EMPTY);
        assertThatThrownBy(() -> agent.offer("disk", 0)).isInstanceOf(IllegalStepException.class);
        agentHas(Entry.at(0));
        assertThat(agent.offer("disk", 0).effects()).containsExactly(new Effect.Send(OFFER));
    }

    // ---- The controller

    @Test
    void aNewDiskIsEmptyAndItsNameIsTaken() {
        Step step = controller.create("new");
        assertThat(step.effects())
                .containsExactly(
                        new Effect.Persist("new", 0, List.of(Entry.EMPTY.under(1))), new Effect.DiskCreated("new"));
        assertThat(controller.tables().entry("new", 0).isEmpty()).isTrue();
        assertThat(controller.canCreate("new")).isFalse();
        assertThat(controller.canSnapshot(Cut.of("disk", "new"))).isFalse();
        assertThatThrownBy(() -> controller.create("disk")).isInstanceOf(IllegalStepException.class);
        controller.askSnapshot(Cut.of("disk", "snap"));
        assertThat(controller.canCreate("snap")).isFalse();
    }

    @Test
    void aWriteToAnEmptySegmentGetsALocationFilledWithZerosAndNwUntilAllKnow() {
        controller.create("new");
        MappingFault fault = new MappingFault("a1", "new", 0, Kind.WRITE);
        controller.receiveFault(fault);
        Step fill = takeTheOnlyTurn();
        assertThat(fill.event()).isEqualTo(new Event.BeginFill(fault, 1));
        assertThat(fill.effects()).containsExactly(new Effect.CopySegment(0, Entry.NO_LOCATION, 1));
        controller.copyBlock(0, 0, ZERO);
        assertThat(controller.turns()).isEmpty();
        controller.copyBlock(0, 1, ZERO);
        Step named = takeTheOnlyTurn();
        assertThat(entryIn(named)).isEqualTo(new Entry(1, Set.of(EntryState.NO_WRITE), 2));
        assertThat(commands(named).get(0).blocking()).isTrue();
        assertThat(controller.turns()).isEmpty();
        answerAll();
        assertThat(entryIn(takeTheOnlyTurn())).isEqualTo(Entry.at(1).under(3));
    }

    @Test
    void twoEmptyDisksShareNothing() {
        controller.create("new");
        controller.create("other");
        assertThat(controller.tables().isShared(Entry.NO_LOCATION)).isFalse();
        assertThat(controller.tables().locations()).containsExactly(0L);
        controller.askDeletion("other");
        MappingFault fault = new MappingFault("a1", "new", 0, Kind.WRITE);
        controller.receiveFault(fault);
        assertThat(controller.turns()).contains(new ControllerCore.Turn.Serve(fault));
    }

    @Test
    void aSegmentOfZerosIsGivenBack() {
        controller.receiveFault(OFFER);
        Step hold = takeTheOnlyTurn();
        assertThat(entryIn(hold).is(EntryState.HELD)).isTrue();
        assertThat(controller.looking()).isEmpty();
        assertThatThrownBy(() -> controller.checkBlock(0, 0, ZERO)).isInstanceOf(IllegalStepException.class);
        answerAll();
        assertThat(controller.looking()).containsOnlyKeys(0);
        controller.checkBlock(0, 0, ZERO);
        assertThat(controller.turns()).isEmpty();
        controller.checkBlock(0, 1, ZERO);
        Step vacate = takeTheOnlyTurn();
        assertThat(vacate.event()).isEqualTo(new Event.Vacate(0, 2, 0));
        assertThat(vacate.effects())
                .startsWith(new Effect.Persist("disk", 0, List.of(Entry.EMPTY.under(2))), new Effect.Free(Set.of(0L)));
        assertThat(controller.tables().locations()).isEmpty();
    }

    @Test
    void aSegmentWithDataIsLetGoAsItWas() {
        controller.receiveFault(OFFER);
        takeTheOnlyTurn();
        answerAll();
        controller.checkBlock(0, 1, DATA);
        Step release = takeTheOnlyTurn();
        assertThat(release.event()).isEqualTo(new Event.Release(0, 2));
        assertThat(entryIn(release)).isEqualTo(Entry.at(0).under(2));
    }

    @Test
    void whatIsEmptyAlreadyOrGoneIsForgotten() {
        controller.create("new");
        MappingFault offer = new MappingFault("a1", "new", 0, Kind.TRIM);
        controller.receiveFault(offer);
        assertThat(takeTheOnlyTurn().event()).isEqualTo(new Event.ForgetOffer(offer));
        MappingFault ofNone = new MappingFault("a1", "none", 0, Kind.TRIM);
        controller.receiveFault(ofNone);
        assertThat(takeTheOnlyTurn().event()).isEqualTo(new Event.ForgetOffer(ofNone));
        assertThat(controller.isIdle()).isTrue();
    }

    /** A write that faulted is served meanwhile; the offer is still there afterwards. */
    @Test
    void anOfferOutlivesTheLiftingOfNw() {
        controller.askSnapshot(Cut.of("disk", "snap"));
        while (!controller.clones().isEmpty()) {
            controller.turns().forEach(controller::take);
            answerAll();
        }
        controller.askDeletion("snap");
        while (controller.hasDisk("snap")) {
            controller.turns().forEach(controller::take);
            answerAll();
        }
        MappingFault write = new MappingFault("a1", "disk", 0, Kind.WRITE);
        controller.receiveFault(write);
        controller.receiveFault(OFFER);
        controller.take(new ControllerCore.Turn.Serve(write));
        assertThat(controller.faults()).containsExactly(OFFER);
    }

    // ---- Too little space

    private static ControllerCore controllerWithSpaceFor(int segments) {
        return new ControllerCore(
                Set.of("a1"),
                1,
                MappingTables.ofNewDisks(List.of("disk"), 1, segments),
                ControllerRules.ALL,
                Mapping.ALL,
                Durability.AT_ONCE,
                ZERO);
    }

    @Test
    void aWriteForWhichThereIsNoSpaceIsRefused() {
        ControllerCore small = controllerWithSpaceFor(1);
        small.create("new");
        MappingFault fault = new MappingFault("a1", "new", 0, Kind.WRITE);
        small.receiveFault(fault);
        assertThat(small.turns()).containsExactly(new ControllerCore.Turn.Serve(fault));
        Step refused = small.take(new ControllerCore.Turn.Serve(fault));
        assertThat(refused.event()).isEqualTo(new Event.RefuseWrite(fault));
        assertThat(refused.effects()).containsExactly(new Effect.Send(new Full("a1", "new", 0)));
        assertThat(small.isIdle()).isTrue();
    }

    @Test
    void whatWasGivenBackIsUsedAgainWhereThereIsNoOther() {
        ControllerCore small = controllerWithSpaceFor(2);
        small.create("new");
        small.receiveFault(OFFER);
        small.take(small.turns().get(0));
        small.awaited().forEach(command -> small.receiveAnswer(new Answer(command, List.of())));
        small.checkBlock(0, 0, ZERO);
        small.take(small.turns().get(0)); // gives location 0 back
        small.awaited().forEach(command -> small.receiveAnswer(new Answer(command, List.of())));
        small.take(small.turns().get(0));
        assertThat(List.of(fillOf(small, "new"), fillOf(small, "disk"))).containsExactly(1L, 0L);
    }

    private static long fillOf(ControllerCore controller, String disk) {
        MappingFault fault = new MappingFault("a1", disk, 0, Kind.WRITE);
        controller.receiveFault(fault);
        Event.BeginFill fill = (Event.BeginFill)
                controller.take(new ControllerCore.Turn.Serve(fault)).event();
        controller.copyBlock(0, 0, ZERO);
        while (!controller.jobs().isEmpty()) {
            controller.turns().forEach(controller::take);
            controller.awaited().forEach(command -> controller.receiveAnswer(new Answer(command, List.of())));
        }
        return fill.location();
    }

    @Test
    void anAgentFailsTheWritesThatItHasToldOfAndNoOthers() {
        agentHas(Entry.EMPTY);
        agent.write("h", "disk", 0, 0, DATA);
        agent.fault("h");
        agent.write("late", "disk", 0, 0, DATA);
        agent.receiveFull(new Full("a1", "disk", 0));
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Fail("h"), new AgentCore.Turn.Fault("late"));
        assertThatThrownBy(() -> agent.take(new AgentCore.Turn.Fail("late"))).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> agent.reject("h")).isInstanceOf(IllegalStepException.class);
        assertThat(agent.take(new AgentCore.Turn.Fail("h")).effects()).containsExactly(new Effect.Fail("h"));
        assertThat(agent.ios()).containsOnlyKeys("late");
        assertThatThrownBy(() -> agent.receiveFull(new Full("a2", "disk", 0))).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void aLocationIsInUseFromTheMomentThatItIsToBeFilled() {
        MappingTables tables = MappingTables.ofNewDisks(List.of("disk"), 2, 3);
        tables.remove("disk");
        assertThat(tables.unusedLocation()).isEqualTo(2);
        tables.use(2);
        assertThat(tables.unusedLocation()).isEqualTo(0);
        tables.use(0);
        assertThat(tables.copy().unusedLocation()).isEqualTo(1);
        tables.use(1);
        assertThat(tables.unusedLocation()).isEqualTo(Entry.NO_LOCATION);
        assertThatThrownBy(() -> tables.use(3)).hasMessage("location 3 of a storage that has 3");
    }
}
