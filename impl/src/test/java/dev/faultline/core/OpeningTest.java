package dev.faultline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import dev.faultline.core.Message.SetEntry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Agents that open and close disks, and a controller that takes note of it. */
class OpeningTest {
    private static final SegmentRange DISK = SegmentRange.of("disk", 0);

    private final AgentCore agent = new AgentCore("a1", 1, AgentRules.ALL, Mapping.OPENED, Content.ZERO);
    private final ControllerCore controller = controller(MappingTables.ofNewDisks(List.of("disk", "twin"), 1));

    private static ControllerCore controller(MappingTables tables) {
        return new ControllerCore(
                Set.of("a1", "a2"), 1, tables, ControllerRules.ALL, Mapping.OPENED, Durability.AT_ONCE, Content.ZERO);
    }

    private static List<Message> sent(Step step) {
        return step.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .toList();
    }

    private static Opened opened(long number, long version) {
        return new Opened("a1", "disk", number, List.of(version));
    }

    private static SetEntry entry(long location, long version) {
        return new SetEntry("a1", DISK, List.of(Entry.at(location).under(version)), false);
    }

    private void openIt() {
        agent.open("disk");
        agent.receiveOpened(opened(1, 0));
    }

    // ---- The agent

    @Test
    void anAgentLetsInWhatIsForAnOpenDisk() {
        assertThatThrownBy(() -> agent.read("h", "disk", 0, 0))
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("a disk that is open");
        assertThat(sent(agent.open("disk"))).containsExactly(new OpenDisk("a1", "disk", 1));
        assertThatThrownBy(() -> agent.write("h", "disk", 0, 0, new Content(1)))
                .isInstanceOf(IllegalStepException.class);
        agent.receiveOpened(opened(1, 0));
        agent.read("h", "disk", 0, 0);
        assertThatThrownBy(() -> agent.read("g", "twin", 0, 0)).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void aDiskIsOpenedOnceAtATimeAndSaidAgainUntilItIsAnswered() {
        agent.open("disk");
        assertThatThrownBy(() -> agent.open("disk")).isInstanceOf(IllegalStepException.class);
        assertThat(sent(agent.remindOpening("disk"))).containsExactly(new OpenDisk("a1", "disk", 1));
        agent.receiveOpened(opened(1, 0));
        assertThatThrownBy(() -> agent.open("disk")).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> agent.remindOpening("disk")).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void onlyTheAnswerToTheLastOpeningCounts() {
        openIt();
        agent.close("disk");
        agent.receiveClosed(new Closed("a1", "disk", 1));
        agent.open("disk");
        assertThat(sent(agent.receiveOpened(opened(1, 0)))).isEmpty();
        assertThat(agent.maps("disk")).isFalse();
        agent.receiveClosed(new Closed("a1", "disk", 1));
        assertThat(agent.opened()).containsEntry("disk", new Opening(Opening.Step.OPENING, 2));
        agent.receiveOpened(opened(2, 0));
        assertThat(agent.maps("disk")).isTrue();
    }

    @Test
    void anOpeningThatTheAgentHasClosedSinceItClosesOnceMore() {
        openIt();
        agent.close("disk");
        agent.receiveClosed(new Closed("a1", "disk", 1));
        assertThat(sent(agent.receiveOpened(opened(1, 0)))).containsExactly(new CloseDisk("a1", "disk", 1));
        assertThat(agent.maps("disk")).isFalse();
    }

    @Test
    void aDiskThatIsNotThereIsClosedAgain() {
        agent.open("disk");
        agent.receiveClosed(new Closed("a1", "disk", 1));
        assertThat(agent.isClosed("disk")).isTrue();
    }

    @Test
    void aDiskInUseIsNotClosed() {
        openIt();
        agent.read("h", "disk", 0, 0);
        assertThat(agent.closable()).isEmpty();
        assertThatThrownBy(() -> agent.close("disk")).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void anAgentListensFromTheMomentItAsks() {
        agent.applyCommand(entry(7, 3));
        assertThat(agent.cache()).as("closed").isEmpty();
        agent.open("disk");
        agent.applyCommand(entry(8, 4));
        agent.receiveOpened(opened(1, 4));
        assertThat(agent.cache()).containsEntry("disk", List.of(Entry.at(8).under(4)));
        agent.close("disk");
        assertThat(agent.cache()).as("forgotten").isEmpty();
    }

    @Test
    void anEntryOlderThanTheTableIsOfNoUse() {
        agent.open("disk");
        agent.applyCommand(entry(7, 3));
        agent.receiveOpened(opened(1, 4));
        assertThat(agent.cache()).containsEntry("disk", List.of(Entry.NONE.under(4)));
    }

    @Test
    void whereAllAgentsMapAllDisksThereIsNothingToOpen() {
        AgentCore all = new AgentCore("a1", 1, AgentRules.ALL);
        assertThat(all.maps("disk")).isTrue();
        assertThatThrownBy(() -> all.open("disk"))
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("all");
    }

    // ---- The controller

    @Test
    void anOpeningIsDurableBeforeItIsAnsweredWithTheVersionsOfTheTable() {
        Step step = controller.receiveOpen(new OpenDisk("a1", "disk", 1));
        assertThat(step.effects())
                .containsExactly(
                        new Effect.NoteOpening(new Opener("a1", "disk"), 1),
                        new Effect.Send(new Opened("a1", "disk", 1, List.of(0L))));
        assertThat(controller.tables().openings()).containsOnlyKeys(new Opener("a1", "disk"));
    }

    @Test
    void aLateOpeningChangesNothing() {
        controller.receiveOpen(new OpenDisk("a1", "disk", 2));
        assertThat(controller.receiveOpen(new OpenDisk("a1", "disk", 1)).effects())
                .isEmpty();
        assertThat(controller.tables().openings()).containsEntry(new Opener("a1", "disk"), 2L);
        assertThat(controller.receiveOpen(new OpenDisk("stranger", "disk", 1)).effects())
                .isEmpty();
    }

    @Test
    void aDiskThatIsGoingOrGoneIsNotOpened() {
        controller.askDeletion("disk");
        for (String disk : List.of("disk", "nowhere")) {
            assertThat(sent(controller.receiveOpen(new OpenDisk("a1", disk, 1))))
                    .containsExactly(new Closed("a1", disk, 1));
        }
        assertThat(controller.tables().openings()).isEmpty();
    }

    @Test
    void onlyTheAgentsThatMapADiskAreToldAndAwaited() {
        controller.receiveOpen(new OpenDisk("a2", "disk", 1));
        Cut cut = Cut.of("disk", "snap");
        controller.askSnapshot(cut);
        controller.take(new ControllerCore.Turn.Clone(cut));
        assertThat(controller.awaited()).extracting(Command::to).containsExactly("a2");
        controller.receiveFault(new MappingFault("a1", "disk", 0, Kind.READ));
        assertThat(controller.faults()).as("of an agent that does not map it").isEmpty();
        assertThat(controller.canInspect("a1", "disk")).isFalse();
    }

    @Test
    void aClosingAnswersAllThatIsAwaited() {
        controller.receiveOpen(new OpenDisk("a2", "disk", 2));
        Cut cut = Cut.of("disk", "snap");
        controller.askSnapshot(cut);
        controller.take(new ControllerCore.Turn.Clone(cut));
        controller.receiveClose(new CloseDisk("a2", "disk", 1));
        assertThat(controller.awaited()).as("a closing of an earlier opening").hasSize(1);
        Step step = controller.receiveClose(new CloseDisk("a2", "disk", 2));
        assertThat(controller.awaited()).isEmpty();
        assertThat(step.effects())
                .containsExactly(
                        new Effect.EraseOpening(new Opener("a2", "disk")),
                        new Effect.Send(new Closed("a2", "disk", 2)));
    }

    /** The other way round, a crash between the two would leave an agent that storage serves and nobody tells. */
    @Test
    void anAgentIsFencedBeforeItsOpeningsAreForgotten() {
        controller.receiveOpen(new OpenDisk("a1", "disk", 1));
        assertThat(controller.fence("a1").effects())
                .containsExactly(new Effect.Fence("a1"), new Effect.EraseOpening(new Opener("a1", "disk")));
    }

    @Test
    void aRecoveryTellsThoseWhoHaveADiskOpen() {
        controller.receiveOpen(new OpenDisk("a1", "disk", 1));
        controller.receiveOpen(new OpenDisk("a2", "twin", 1));
        ControllerCore after = ControllerCore.afterCrash(
                Set.of("a1", "a2"),
                1,
                controller.tables(),
                ControllerRules.ALL,
                Mapping.OPENED,
                Durability.AT_ONCE,
                Content.ZERO);
        after.take(new ControllerCore.Turn.Recover());
        assertThat(after.awaited())
                .extracting(command -> command.to() + " " + command.range().disk())
                .containsExactlyInAnyOrder("a1 disk", "a2 twin");
    }
}
