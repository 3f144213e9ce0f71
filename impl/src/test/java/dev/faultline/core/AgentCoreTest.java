package dev.faultline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.core.Message.ActivateDisk;
import dev.faultline.core.Message.GetEntry;
import dev.faultline.core.Message.QuiesceDisk;
import dev.faultline.core.Message.SetEntry;
import dev.faultline.core.Message.SetEntryState;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentCoreTest {
    private static final SegmentRange SEGMENT = SegmentRange.of("disk", 0);
    private static final SetEntry WRITABLE = new SetEntry("a1", SEGMENT, List.of(Entry.at(7)), false);
    private static final SetEntryState FREEZE = new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, true, 1, true);

    private final AgentCore agent = new AgentCore("a1", 2, AgentRules.ALL);

    @Test
    void anAgentThatKnowsNothingFaults() {
        agent.read("h1", "disk", 0, 0);
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Fault("h1"));
        assertThatThrownBy(() -> agent.start("h1")).isInstanceOf(IllegalStepException.class);
        assertThat(agent.fault("h1").effects())
                .containsExactly(new Effect.Send(new Message.MappingFault("a1", "disk", 0, Kind.READ)));
        assertThat(agent.turns()).isEmpty();
    }

    @Test
    void anIoThatFaultedIsTriedAgainWhenTheEntryAllowsIt() {
        agent.write("h1", "disk", 0, 0, new Content(1));
        agent.fault("h1");
        assertThatThrownBy(() -> agent.retry("h1")).isInstanceOf(IllegalStepException.class);
        agent.applyCommand(WRITABLE);
        assertThat(agent.retry("h1").event()).isEqualTo(new Event.Retry("h1", 7));
    }

    @Test
    void aBlockingCommandIsAnsweredWhenTheIosBeforeItAreDone() {
        startWrite("h1");
        agent.applyCommand(FREEZE);
        assertThat(agent.turns()).isEmpty();
        assertThatThrownBy(() -> agent.answerCommand(FREEZE)).isInstanceOf(IllegalStepException.class);
        agent.complete("h1", new Content(1));
        assertThat(agent.answerCommand(FREEZE).effects())
                .containsExactly(new Effect.Send(new Message.Answer(FREEZE, List.of())));
    }

    @Test
    void anIoThatStartsAfterABlockingCommandDoesNotHoldItUp() {
        startWrite("h1");
        agent.applyCommand(FREEZE);
        agent.complete("h1", new Content(1));
        agent.read("h1", "disk", 0, 0);
        agent.start("h1");
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Answer(FREEZE));
    }

    @Test
    void aStateDoesNotMakeAnUnknownEntryValid() {
        agent.applyCommand(new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, false, 1, false));
        agent.read("h1", "disk", 0, 0);
        assertThat(agent.turns()).contains(new AgentCore.Turn.Fault("h1"));
        assertThatThrownBy(() -> agent.start("h1")).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void aHostHasOneIoAtATime() {
        agent.read("h1", "disk", 0, 0);
        assertThatThrownBy(() -> agent.read("h1", "disk", 1, 0))
                .isInstanceOf(IllegalStepException.class)
                .hasMessageContaining("no I/O of h1 under way");
    }

    @Test
    void underABarrierAnIoWaitsWithoutAWordAndGoesOnAfterIt() {
        agent.applyCommand(WRITABLE);
        agent.answerCommand(WRITABLE);
        QuiesceDisk quiesce = new QuiesceDisk("a1", SEGMENT, 1, true);
        agent.applyCommand(quiesce);
        agent.answerCommand(quiesce);
        agent.read("h1", "disk", 0, 0);
        assertThat(agent.turns()).isEmpty();
        assertThatThrownBy(() -> agent.start("h1")).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> agent.fault("h1")).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> agent.reject("h1")).isInstanceOf(IllegalStepException.class);

        agent.applyCommand(new ActivateDisk("a1", SEGMENT, 2, false));
        assertThat(agent.start("h1").event()).isEqualTo(new Event.Start("h1", 7));
    }

    @Test
    void aQuiesceIsAnsweredWhenReadsAndWritesAreDone() {
        startWrite("h1");
        QuiesceDisk quiesce = new QuiesceDisk("a1", SEGMENT, 1, true);
        agent.applyCommand(quiesce);
        assertThat(agent.turns()).isEmpty();
        agent.complete("h1", new Content(1));
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Answer(quiesce));
    }

    @Test
    void anIoOnADiskThatIsGoingIsRejectedUnlessItIsAtStorage() {
        startWrite("h1");
        agent.write("h2", "disk", 1, 0, new Content(2));
        agent.fault("h2");
        agent.applyCommand(new SetEntryState("a1", new SegmentRange("disk", 0, 2), EntryState.ERROR, true, 1, true));
        agent.read("h3", "disk", 0, 0);
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Reject("h2"), new AgentCore.Turn.Reject("h3"));
        assertThatThrownBy(() -> agent.reject("h1")).isInstanceOf(IllegalStepException.class);
        assertThatThrownBy(() -> agent.fault("h3")).isInstanceOf(IllegalStepException.class);
        Step rejected = agent.reject("h2");
        assertThat(rejected.event()).isEqualTo(new Event.Reject("h2"));
        assertThat(rejected.effects()).containsExactly(new Effect.Reject("h2"));
        agent.read("h2", "other", 0, 0);
        agent.complete("h1", new Content(1));
    }

    @Test
    void aCommandThatIsOlderThanTheEntryChangesNothing() {
        SetEntry newer = new SetEntry("a1", SEGMENT, List.of(Entry.at(8).under(3)), false);
        agent.applyCommand(newer);
        agent.applyCommand(new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, true, 2, false));
        agent.applyCommand(new QuiesceDisk("a1", SEGMENT, 2, true));
        agent.applyCommand(WRITABLE);
        agent.write("h1", "disk", 0, 0, new Content(1));
        assertThat(agent.start("h1").event()).isEqualTo(new Event.Start("h1", 8));
        assertThat(agent.turns()).as("old commands are answered too").contains(new AgentCore.Turn.Answer(WRITABLE));
    }

    @Test
    void anIoThatStorageRefusesHoldsNoAnswerUp() {
        startWrite("h1");
        agent.applyCommand(FREEZE);
        Step refused = agent.refuse("h1");
        assertThat(refused.event()).isEqualTo(new Event.Refuse("h1"));
        assertThat(refused.effects()).containsExactly(new Effect.Refuse("h1"));
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Answer(FREEZE));
    }

    @Test
    void aCommandForMoreSegmentsThanADiskHasIsRefused() {
        GetEntry beyond = new GetEntry("a1", new SegmentRange("disk", 1, 2), false);
        assertThatThrownBy(() -> agent.applyCommand(beyond)).isInstanceOf(IllegalStepException.class);
    }

    @Test
    void aCommandThatComesAgainKeepsWhatIsOwed() {
        startWrite("h1");
        agent.applyCommand(FREEZE);
        agent.read("h2", "disk", 0, 0);
        agent.start("h2");
        agent.applyCommand(FREEZE);
        assertThat(agent.turns()).isEmpty();
        agent.complete("h1", new Content(1));
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Answer(FREEZE));
        agent.answerCommand(FREEZE);
        assertThat(agent.turns()).isEmpty();
    }

    @Test
    void whoAsksForEntriesGetsThemAsTheyAre() {
        agent.applyCommand(WRITABLE);
        agent.answerCommand(WRITABLE);
        GetEntry question = new GetEntry("a1", new SegmentRange("disk", 0, 2), false);
        agent.applyCommand(question);
        agent.applyCommand(FREEZE);
        Entry frozen = Entry.at(7).with(EntryState.NO_WRITE, true).under(1);
        assertThat(agent.answerCommand(question).effects())
                .containsExactly(new Effect.Send(new Message.Answer(question, List.of(frozen, Entry.NONE))));
    }

    @Test
    void aCopyGoesItsOwnWay() {
        startWrite("h1");
        AgentCore copy = agent.copy();
        copy.applyCommand(FREEZE);
        copy.complete("h1", new Content(1));
        agent.write("h2", "disk", 0, 1, new Content(2));
        assertThat(agent.turns()).containsExactly(new AgentCore.Turn.Start("h2"));
        assertThat(copy.turns()).containsExactly(new AgentCore.Turn.Answer(FREEZE));
    }

    @Test
    void aCopyIsEqualUntilOneOfThemGoesOn() {
        startWrite("h1");
        agent.applyCommand(FREEZE);
        AgentCore copy = agent.copy();
        assertThat(copy).isEqualTo(agent).hasSameHashCodeAs(agent);
        assertThat(copy.name()).isEqualTo("a1");
        assertThat(copy.owed()).containsOnlyKeys(FREEZE).isEqualTo(agent.owed());
        assertThat(copy.cache()).containsOnlyKeys("disk").isEqualTo(agent.cache());

        agent.complete("h1", new Content(1));
        assertThat(copy).isNotEqualTo(agent);
        agent.answerCommand(FREEZE);
        assertThat(agent).isNotEqualTo(copy);
    }

    @Test
    void agentsThatKnowOtherEntriesAreNotEqual() {
        agent.applyCommand(WRITABLE);
        AgentCore copy = agent.copy();
        copy.applyCommand(FREEZE);
        copy.answerCommand(FREEZE);
        agent.applyCommand(new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, true, 1, false));
        agent.answerCommand(new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, true, 1, false));
        assertThat(copy).as("both have the same entries").isEqualTo(agent);
        agent.applyCommand(new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, false, 2, false));
        agent.answerCommand(new SetEntryState("a1", SEGMENT, EntryState.NO_WRITE, false, 2, false));
        assertThat(copy).isNotEqualTo(agent);
    }

    @Test
    void whatAnAgentOwesIsOfferedThoughItIsNotDue() {
        startWrite("h1");
        agent.applyCommand(FREEZE);
        assertThat(agent.turns()).isEmpty();
        assertThat(agent.begun()).contains(new AgentCore.Turn.Answer(FREEZE));
    }

    private void startWrite(String host) {
        agent.applyCommand(WRITABLE);
        agent.answerCommand(WRITABLE);
        agent.write(host, "disk", 0, 0, new Content(1));
        agent.start(host);
    }
}
