package dev.faultline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Effect.TableChange;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The controller when agents are lost, and when it comes back itself. */
class FailureActionsTest {
    private static final Cut CUT = new Cut(Map.of("s", "left", "t", "right"));

    private MappingTables durable = MappingTables.ofNewDisks(List.of("left", "right"), 2);
    private ControllerCore controller = new ControllerCore(Set.of("a1", "a2"), 1, durable, ControllerRules.ALL);

    /** Takes the next turn; returns the commands that were sent. */
    private List<Command> turn() {
        List<Command> sent = new ArrayList<>();
        for (Effect effect : controller.take(controller.turns().get(0)).effects()) {
            if (effect instanceof TableChange change) {
                durable.apply(change);
            } else if (effect instanceof Effect.Send send && send.message() instanceof Command command) {
                sent.add(command);
            }
        }
        return sent;
    }

    private void crash() {
        controller = ControllerCore.afterCrash(Set.of("a1", "a2"), 1, durable, ControllerRules.ALL);
    }

    @Test
    void aBarrierThatWasInForceIsTakenDown() {
        controller.askSnapshot(CUT);
        turn();
        assertThat(durable.entry("left", 0).is(EntryState.HELD)).isTrue();

        crash();
        List<Command> told = turn();

        assertThat(durable.entry("left", 0).is(EntryState.HELD)).isFalse();
        assertThat(durable.entry("right", 1).is(EntryState.HELD)).isFalse();
        assertThat(told)
                .hasSize(4)
                .allSatisfy(command -> assertThat(command.blocking()).isTrue());
        assertThat(controller.clones()).isEmpty();
        assertThat(controller.turns()).as("it waits for the agents").isEmpty();
    }

    /** What it tells is its own: the answers to an earlier recovery that told the same are no answers to it. */
    @Test
    void everyRecoveryHasAVersionOfItsOwn() {
        crash();
        List<Command> first = turn();
        crash();
        List<Command> second = turn();

        assertThat(second).hasSameSizeAs(first).doesNotContainAnyElementsOf(first);
        assertThat(durable.entries("left")).extracting(Entry::version).containsOnly(2L);
        assertThat(durable.entries("right")).extracting(Entry::version).containsOnly(2L);
    }

    @Test
    void aRecoveryIsNotedAlsoIfThereIsNoDisk() {
        durable = new MappingTables(2);
        crash();
        assertThat(turn()).isEmpty();
        assertThat(durable.version()).isEqualTo(1);
        assertThat(controller.tables().version()).isEqualTo(1);
    }

    @Test
    void itServesOnlyWhenAllAgentsHaveAnswered() {
        crash();
        List<Command> told = turn();
        controller.receiveFault(new MappingFault("a1", "left", 0, Kind.READ));
        told.subList(1, told.size()).forEach(command -> controller.receiveAnswer(new Answer(command, List.of())));
        assertThat(controller.turns()).isEmpty();

        controller.receiveAnswer(new Answer(told.get(0), List.of()));
        turn();

        assertThat(controller.recovery()).isEqualTo(Recovery.NONE);
        assertThat(controller.turns())
                .containsExactly(new ControllerCore.Turn.Serve(new MappingFault("a1", "left", 0, Kind.READ)));
    }

    @Test
    void aDeletionThatHadBegunGoesOn() {
        controller.askDeletion("left");
        turn();
        crash();
        turn().forEach(command -> controller.receiveAnswer(new Answer(command, List.of())));
        turn();
        turn();
        assertThat(durable.disks()).containsExactly("right");
        assertThat(durable.names()).containsExactly("left", "right");
    }

    @Test
    void aVersionIsGivenAlsoWhenNoEntryChanges() {
        crash();
        turn();
        assertThat(durable.version()).isEqualTo(1);
    }

    @Test
    void whoeverAwaitedAnAgentThatIsGivenUpGoesOn() {
        controller.askSnapshot(Cut.of("left", "s"));
        List<Command> sent = turn();
        controller.receiveFault(new MappingFault("a1", "left", 0, Kind.WRITE));
        controller.receiveAnswer(new Answer(sent.get(1), List.of()));
        assertThat(controller.turns()).isEmpty();

        Step fence = controller.fence(sent.get(0).to());

        assertThat(fence.effects()).containsExactly(new Effect.Fence("a1"));
        assertThat(controller.faults()).isEmpty();
        assertThat(controller.turns()).containsExactly(new ControllerCore.Turn.Clone(Cut.of("left", "s")));
        assertThatThrownBy(() -> controller.fence("a1")).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void whoeverAwaitedADeletionOfAnAgentThatIsGivenUpGoesOn() {
        controller.askDeletion("left");
        List<Command> sent = turn();
        assertThat(controller.resend(sent.get(0)).effects()).containsExactly(new Effect.Send(sent.get(0)));
        sent.stream()
                .filter(command -> command.to().equals("a2"))
                .forEach(command -> controller.receiveAnswer(new Answer(command, List.of())));
        assertThat(controller.turns()).isEmpty();

        controller.fence("a1");

        assertThat(controller.turns()).containsExactly(new ControllerCore.Turn.Delete("left"));
    }

    @Test
    void onlyWhatIsOfTheAgentThatIsGivenUpIsForgotten() {
        MappingFault ofOther = new MappingFault("a2", "left", 0, Kind.WRITE);
        controller.askSnapshot(Cut.of("left", "s"));
        turn();
        controller.receiveFault(new MappingFault("a1", "left", 0, Kind.WRITE));
        controller.receiveFault(ofOther);
        controller.inspect("a1", "right");
        controller.inspect("a2", "right");

        controller.fence("a1");

        assertThat(controller.faults()).containsExactly(ofOther);
        assertThatThrownBy(() -> controller.inspect("a2", "right")).isInstanceOf(IllegalStepException.class);
        controller.join("a1");
        controller.inspect("a1", "right");
    }

    @Test
    void aMemberDoesNotJoinAndWhoIsUpDoesNotRecover() {
        assertThatThrownBy(() -> controller.join("a1")).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> controller.take(new ControllerCore.Turn.Recover()))
                .isInstanceOf(IllegalStepException.class);
    }

    @Test
    void aFaultOfOneWhoIsNoMemberIsTakenAndForgotten() {
        controller.receiveFault(new MappingFault("stranger", "left", 0, Kind.READ));
        assertThat(controller.faults()).isEmpty();
    }

    @Test
    void whatIsNotAnsweredCanBeSentAgainAndNothingElse() {
        controller.askSnapshot(Cut.of("left", "s"));
        Command sent = turn().get(0);
        assertThat(controller.resend(sent).effects()).containsExactly(new Effect.Send(sent));
        controller.receiveAnswer(new Answer(sent, List.of()));
        assertThatThrownBy(() -> controller.resend(sent)).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void whileItIsDownNobodyIsHeard() {
        crash();
        assertThatThrownBy(() -> controller.receiveFault(new MappingFault("a1", "left", 0, Kind.READ)))
                .isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> controller.join("a3")).isInstanceOf(IllegalStepException.class);
        assertThat(controller.canSnapshot(CUT)).isFalse();
        assertThat(controller.canDelete("left")).isFalse();
    }
}
