package dev.faultline.core;

import static dev.faultline.core.Content.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.ControllerCore.Flush;
import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What has to be flushed, and when. */
class FlushTest {
    private static final MappingFault WRITE = new MappingFault("a1", "disk", 0, Kind.WRITE);
    private static final MappingFault OFFER = new MappingFault("a1", "disk", 0, Kind.TRIM);
    private static final Cut CUT = Cut.of("disk", "snap");

    private final ControllerCore controller = new ControllerCore(
            Set.of("a1"),
            2,
            MappingTables.ofNewDisks(List.of("disk"), 1),
            ControllerRules.ALL,
            Mapping.ALL,
            Durability.WHEN_FLUSHED,
            ZERO);

    private void answerAll() {
        for (Command command : controller.awaited()) {
            controller.receiveAnswer(new Answer(command, List.of()));
        }
    }

    private Event takeTheOnlyTurn() {
        assertThat(controller.turns()).hasSize(1);
        return controller.take(controller.turns().get(0)).event();
    }

    private void snapshot() {
        controller.askSnapshot(CUT);
        takeTheOnlyTurn();
        answerAll();
        controller.flushed(new Flush.Disks(CUT));
        takeTheOnlyTurn();
        takeTheOnlyTurn();
    }

    private void beginCopy() {
        snapshot();
        controller.receiveFault(WRITE);
        assertThat(takeTheOnlyTurn()).isEqualTo(new Event.BeginCopy(WRITE, 1));
    }

    @Test
    void aFlushGoesToStorageWhateverTheAgentKnows() {
        AgentCore agent = new AgentCore("a1", 1, AgentRules.ALL);
        Step step = agent.flush("h", "disk");
        assertThat(step.event()).isEqualTo(new Event.Flush("h", "a1", "disk"));
        assertThat(step.effects()).containsExactly(new Effect.Dispatch("h", Io.flushOf("disk")));
        assertThat(agent.turns()).isEmpty();
        assertThatThrownBy(() -> agent.read("h", "disk", 0, 0)).isInstanceOf(IllegalStepException.class);
        assertThat(agent.complete("h", ZERO).effects()).containsExactly(new Effect.Return("h"));
    }

    @Test
    void noCommandWaitsForAFlush() {
        AgentCore agent = new AgentCore("a1", 1, AgentRules.ALL);
        agent.flush("h", "disk");
        Command freeze =
                new Message.SetEntryState("a1", SegmentRange.of("disk", 0), EntryState.NO_WRITE, true, 1, true);
        agent.applyCommand(freeze);
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Answer(freeze));
    }

    @Test
    void disksAreFlushedWhenAllHaveAnsweredAndBeforeTheirTablesAreCopied() {
        controller.askSnapshot(CUT);
        takeTheOnlyTurn();
        assertThat(controller.flushes()).isEmpty();
        assertThatThrownBy(() -> controller.flushed(new Flush.Disks(CUT)))
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("FlushDisks");
        answerAll();
        assertThat(controller.turns()).isEmpty();
        assertThat(controller.flushes()).containsExactly(new Flush.Disks(CUT));
        assertThat(controller.locations(new Flush.Disks(CUT))).containsExactly(0L);
        assertThat(controller.flushed(new Flush.Disks(CUT)).event()).isEqualTo(new Event.FlushDisks(CUT));
        assertThat(controller.flushes()).isEmpty();
        assertThat(takeTheOnlyTurn()).isEqualTo(new Event.CopyTable(CUT, 2));
    }

    @Test
    void aCopyIsFlushedWhenItIsWholeAndBeforeATableNamesIt() {
        beginCopy();
        controller.copyBlock(0, 0, ZERO);
        assertThat(controller.flushes()).isEmpty();
        controller.copyBlock(0, 1, ZERO);
        assertThat(controller.turns()).isEmpty();
        assertThat(controller.flushes()).containsExactly(new Flush.Copy(0));
        assertThat(controller.locations(new Flush.Copy(0))).containsExactly(1L);
        assertThat(controller.flushed(new Flush.Copy(0)).event()).isEqualTo(new Event.FlushCopy(0));
        assertThat(controller.space().filling()).isEqualTo(1);
        assertThat(takeTheOnlyTurn()).isEqualTo(new Event.Switch(0, 3));
    }

    @Test
    void aSegmentThatIsOfferedIsFlushedBeforeItIsLookedAt() {
        controller.receiveFault(OFFER);
        takeTheOnlyTurn();
        assertThat(controller.flushes()).isEmpty();
        answerAll();
        assertThat(controller.flushes()).containsExactly(new Flush.Held(0));
        assertThat(controller.looking()).isEmpty();
        assertThatThrownBy(() -> controller.checkBlock(0, 0, ZERO)).isInstanceOf(IllegalStepException.class);
        assertThat(controller.flushed(new Flush.Held(0)).event()).isEqualTo(new Event.FlushHeld(0));
        assertThat(controller.looking()).containsOnlyKeys(0);
        controller.checkBlock(0, 0, ZERO);
        controller.checkBlock(0, 1, ZERO);
        assertThat(takeTheOnlyTurn()).isEqualTo(new Event.Vacate(0, 2, 0));
    }

    @Test
    void whatWasCopiedBeforePowerWasLostIsCopiedAgain() {
        beginCopy();
        controller.copyBlock(0, 0, ZERO);
        assertThat(controller.reconnect().effects()).containsExactly(new Effect.CopyAnew(0, 0, 1));
        controller.copyBlock(0, 1, ZERO);
        assertThat(controller.flushes()).isEmpty();
        controller.copyBlock(0, 0, ZERO);
        controller.flushed(new Flush.Copy(0));
        assertThat(controller.reconnect().effects()).as("what is flushed stays").isEmpty();
        assertThat(takeTheOnlyTurn()).isEqualTo(new Event.Switch(0, 3));
    }
}
