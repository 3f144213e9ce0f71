package dev.faultline.core;

import dev.faultline.core.Message.Answer;
import dev.faultline.core.Message.CloseDisk;
import dev.faultline.core.Message.Closed;
import dev.faultline.core.Message.Command;
import dev.faultline.core.Message.Full;
import dev.faultline.core.Message.MappingFault;
import dev.faultline.core.Message.OpenDisk;
import dev.faultline.core.Message.Opened;
import java.util.List;

/**
 * A step that was taken. Each event bears the name of the spec's action, and its components are the action's arguments:
 * a test compares the two. Immutable.
 */
public sealed interface Event {
    /** Returns the name of the spec action. */
    default String action() {
        return getClass().getSimpleName();
    }

    /** What the steps that change the persistent table have in common. */
    interface Versioned {
        /** Returns the version that the step gives to the entries that it changes. */
        long version();
    }

    /** What the steps of a message have in common. */
    interface Carrying {
        /** Returns the message. */
        Message message();
    }

    /** What the steps of a host's I/O have in common. */
    interface OfHost {
        /** Returns the host. */
        String host();
    }

    /** What the steps have in common by which a host hands something to an agent. Spec: {@code Submit}, {@code Flush}. */
    interface Submitting extends OfHost {
        /** Returns the agent. */
        String agent();
    }

    /** What the steps have in common that an agent takes of itself, or is asked for. */
    interface OfAgent {
        /** Returns the agent. */
        String agent();
    }

    /** Calls the visitor's method for this event. */
    <R> R accept(Visitor<R> visitor);

    // Hosts, agents and storage: module MappingAgents.

    /** A host hands a read to an agent. */
    record Read(String host, String agent, String disk, int segment, int block) implements Event, Submitting {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.read(this);
        }
    }

    /** A host hands a write to an agent. */
    record Write(String host, String agent, String disk, int segment, int block, Content value)
            implements Event, Submitting {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.write(this);
        }
    }

    /** The agent sends the host's I/O to storage. */
    record Start(String host, long location) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.start(this);
        }
    }

    /** The agent sends an I/O to storage that had faulted. */
    record Retry(String host, long location) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.retry(this);
        }
    }

    /** The entry does not allow the I/O: the controller is told. */
    record Fault(String host) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fault(this);
        }
    }

    /** The disk is going or gone: the I/O goes back to the host as failed. */
    record Reject(String host) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reject(this);
        }
    }

    /** Storage performs the I/O. Only a simulator knows when. */
    record Perform(String host) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.perform(this);
        }
    }

    /** The agent returns the I/O to the host, with what was read, or what was written. */
    record Complete(String host, Content value) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.complete(this);
        }
    }

    /** The agent changes its table as the command says. */
    record ApplyCommand(Command command) implements Event, Carrying {
        @Override
        public Message message() {
            return command;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.applyCommand(this);
        }
    }

    /** The agent answers the command. */
    record AnswerCommand(Command command) implements Event, Carrying {
        @Override
        public Message message() {
            return command;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.answerCommand(this);
        }
    }

    // The controller: module MappingController.

    /** A mapping fault arrives. */
    record ReceiveFault(MappingFault fault) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.receiveFault(this);
        }
    }

    /** An agent that faulted is sent the entry as it is. */
    record Refresh(MappingFault fault) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refresh(this);
        }
    }

    /** A shared segment is to be copied to a fresh location. */
    record BeginCopy(MappingFault fault, long location) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.beginCopy(this);
        }
    }

    /** One block of the segment is copied; the value is what was there. */
    record CopyBlock(int segment, int block, Content value) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.copyBlock(this);
        }
    }

    /** The table names the copy, and the agents are told. */
    record Switch(int segment, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.switchEntry(this);
        }
    }

    /** All agents have left the old location: writes are let through. */
    record LiftAfterCopy(int segment, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.liftAfterCopy(this);
        }
    }

    /** The segment is shared no more: writes are let through. */
    record LiftUnshared(MappingFault fault, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.liftUnshared(this);
        }
    }

    /** All agents that were told have answered. */
    record FinishJob(int segment) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.finishJob(this);
        }
    }

    /** An agent is asked for the entries that it has of a disk. */
    record Inspect(String agent, String disk) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inspect(this);
        }
    }

    /** An agent's answer arrives. */
    record ReceiveAnswer(Answer answer) implements Event, Carrying {
        @Override
        public Message message() {
            return answer;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.receiveAnswer(this);
        }
    }

    // The controller: module MappingSnapshots.

    /** Somebody asks for snapshots of one or more disks. */
    record AskSnapshot(Cut cut) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.askSnapshot(this);
        }
    }

    /** A barrier is set up: the agents are told to hold all I/O on the originals. */
    record Quiesce(Cut cut, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.quiesce(this);
        }
    }

    /** Nw is set on all entries of the originals, and the agents are told. */
    record Freeze(Cut cut, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.freeze(this);
        }
    }

    /** The tables of the originals become the tables of the snapshots. */
    record CopyTable(Cut cut, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.copyTable(this);
        }
    }

    /** The barrier is taken down, and the agents are told. */
    record Activate(Cut cut, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.activate(this);
        }
    }

    /** Whoever asked is told that the snapshots exist. */
    record AnswerSnapshot(Cut cut) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.answerSnapshot(this);
        }
    }

    /** Somebody asks for a disk to be deleted. */
    record AskDeletion(String disk) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.askDeletion(this);
        }
    }

    /** The table says that the disk is going, and the agents are told. */
    record Delete(String disk, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delete(this);
        }
    }

    /**
     * The disk is no more.
     *
     * @param freed for each segment, the location that storage gives up, or {@link Entry#NO_LOCATION} if it keeps it
     */
    record Remove(String disk, List<Long> freed) implements Event {
        /** Copies the list. */
        public Remove {
            freed = List.copyOf(freed);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.remove(this);
        }
    }

    // Who maps a disk: module MappingOpening.

    /** An agent is asked to open a disk. */
    record Open(String agent, String disk) implements Event, OfAgent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.open(this);
        }
    }

    /** The controller takes note that an agent maps a disk, or says no. */
    record ReceiveOpen(OpenDisk opening) implements Event, Carrying {
        @Override
        public Message message() {
            return opening;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.receiveOpen(this);
        }
    }

    /** The agent hears that the controller knows. */
    record ReceiveOpened(Opened answer) implements Event, Carrying {
        @Override
        public Message message() {
            return answer;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.receiveOpened(this);
        }
    }

    /** An agent is asked to close a disk. */
    record Close(String agent, String disk) implements Event, OfAgent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.close(this);
        }
    }

    /** The controller waits no more for what the agent would answer about the disk. */
    record ReceiveClose(CloseDisk closing) implements Event, Carrying {
        @Override
        public Message message() {
            return closing;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.receiveClose(this);
        }
    }

    /** The agent hears that the disk is closed. */
    record ReceiveClosed(Closed answer) implements Event, Carrying {
        @Override
        public Message message() {
            return answer;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.receiveClosed(this);
        }
    }

    /** The agent says again what is not answered. */
    record RemindOpening(String agent, String disk) implements Event, OfAgent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.remindOpening(this);
        }
    }

    // Empty segments: module MappingSpace.

    /** There is a new disk, which is empty. */
    record Create(String disk, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.create(this);
        }
    }

    /** Something is to be written to an empty segment, which gets a location. */
    record BeginFill(MappingFault fault, long location) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.beginFill(this);
        }
    }

    /** An agent says that a segment with storage may be zeros throughout. */
    record Offer(String agent, String disk, int segment) implements Event, OfAgent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.offer(this);
        }
    }

    /** There is nothing to give back. */
    record ForgetOffer(MappingFault fault) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.forgetOffer(this);
        }
    }

    /** The controller makes the agents hold I/O on a segment, to look at it in peace. */
    record Hold(MappingFault fault, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.hold(this);
        }
    }

    /** The controller has looked at one block. */
    record CheckBlock(int segment, int block, Content value) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.checkBlock(this);
        }
    }

    /**
     * The segment is empty from now on.
     *
     * @param freed the location that storage gives up, or {@link Entry#NO_LOCATION} if it keeps it
     */
    record Vacate(int segment, long version, long freed) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.vacate(this);
        }
    }

    /** The segment is not zeros throughout, and everything stays as it was. */
    record Release(int segment, long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.release(this);
        }
    }

    /** A write faulted for which there is no space: the agent is told so. */
    record RefuseWrite(MappingFault fault) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refuseWrite(this);
        }
    }

    /** The agent hears that there is no space. */
    record ReceiveFull(Full full) implements Event, Carrying {
        @Override
        public Message message() {
            return full;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.receiveFull(this);
        }
    }

    /** The agent returns the write as failed, for there is no space for it. */
    record Fail(String host) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fail(this);
        }
    }

    // Flushes, and storage that loses power: module MappingFlush.

    /** A host hands a flush to an agent, which sends it to storage. */
    record Flush(String host, String agent, String disk) implements Event, Submitting {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flush(this);
        }
    }

    /** Storage has flushed a copy. */
    record FlushCopy(int segment) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flushCopy(this);
        }
    }

    /** Storage has flushed a segment that is held. */
    record FlushHeld(int segment) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flushHeld(this);
        }
    }

    /** Storage has flushed the disks that snapshots are made of. */
    record FlushDisks(Cut cut) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flushDisks(this);
        }
    }

    /**
     * Storage loses power, and comes back.
     *
     * @param fallen the blocks that hold old contents again
     */
    record LosePower(List<OldBlock> fallen) implements Event {
        /** Copies the list. */
        public LosePower {
            fallen = List.copyOf(fallen);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.losePower(this);
        }
    }

    /** The controller hears that storage has lost power. */
    record Reconnect() implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reconnect(this);
        }
    }

    // What goes wrong, and what is done about it: module MappingFailures.

    /** An agent crashes, or stops because storage refuses its I/O: its table and its promises are gone. */
    record CrashAgent(String agent) implements Event, OfAgent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.crashAgent(this);
        }
    }

    /** The I/O of an agent that is gone ends: it never reaches storage, or nobody hears of it. */
    record Abandon(String host) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.abandon(this);
        }
    }

    /** Storage refuses the I/O of an agent that is fenced, and the agent tells the host. */
    record Refuse(String host) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refuse(this);
        }
    }

    /** A new agent, or an old one under a new name, becomes a member. It knows nothing. */
    record Join(String agent) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.join(this);
        }
    }

    /** The controller gives an agent up: storage refuses its I/O from now on. */
    record Fence(String agent) implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fence(this);
        }
    }

    /** The controller crashes: all that is not in the tables is gone. */
    record CrashController() implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.crashController(this);
        }
    }

    /** The controller comes back, and tells the agents what the tables say. */
    record Recover(long version) implements Event, Versioned {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.recover(this);
        }
    }

    /** Every agent has answered: the controller serves again. */
    record FinishRecovery() implements Event {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.finishRecovery(this);
        }
    }

    /** A message is lost. */
    record Lose(Message message) implements Event, Carrying {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.lose(this);
        }
    }

    /** A message will arrive once more. */
    record Repeat(Message message) implements Event, Carrying {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.repeat(this);
        }
    }

    /** The controller sends again a command that is not answered. */
    record Resend(Command command) implements Event, Carrying {
        @Override
        public Message message() {
            return command;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.resend(this);
        }
    }

    /** An agent sends again a fault that nothing was done about. */
    record Remind(String host) implements Event, OfHost {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.remind(this);
        }
    }

    /** One method for each event, so that a new event does not compile until it is handled. */
    interface Visitor<R> {
        R read(Read event);

        R write(Write event);

        R start(Start event);

        R retry(Retry event);

        R fault(Fault event);

        R reject(Reject event);

        R perform(Perform event);

        R complete(Complete event);

        R applyCommand(ApplyCommand event);

        R answerCommand(AnswerCommand event);

        R receiveFault(ReceiveFault event);

        R refresh(Refresh event);

        R beginCopy(BeginCopy event);

        R copyBlock(CopyBlock event);

        R switchEntry(Switch event);

        R liftAfterCopy(LiftAfterCopy event);

        R liftUnshared(LiftUnshared event);

        R finishJob(FinishJob event);

        R inspect(Inspect event);

        R receiveAnswer(ReceiveAnswer event);

        R askSnapshot(AskSnapshot event);

        R quiesce(Quiesce event);

        R freeze(Freeze event);

        R copyTable(CopyTable event);

        R activate(Activate event);

        R answerSnapshot(AnswerSnapshot event);

        R askDeletion(AskDeletion event);

        R delete(Delete event);

        R remove(Remove event);

        R open(Open event);

        R receiveOpen(ReceiveOpen event);

        R receiveOpened(ReceiveOpened event);

        R close(Close event);

        R receiveClose(ReceiveClose event);

        R receiveClosed(ReceiveClosed event);

        R remindOpening(RemindOpening event);

        R create(Create event);

        R beginFill(BeginFill event);

        R offer(Offer event);

        R forgetOffer(ForgetOffer event);

        R hold(Hold event);

        R checkBlock(CheckBlock event);

        R vacate(Vacate event);

        R release(Release event);

        R refuseWrite(RefuseWrite event);

        R receiveFull(ReceiveFull event);

        R fail(Fail event);

        R flush(Flush event);

        R flushCopy(FlushCopy event);

        R flushHeld(FlushHeld event);

        R flushDisks(FlushDisks event);

        R losePower(LosePower event);

        R reconnect(Reconnect event);

        R crashAgent(CrashAgent event);

        R abandon(Abandon event);

        R refuse(Refuse event);

        R join(Join event);

        R fence(Fence event);

        R crashController(CrashController event);

        R recover(Recover event);

        R finishRecovery(FinishRecovery event);

        R lose(Lose event);

        R repeat(Repeat event);

        R resend(Resend event);

        R remind(Remind event);
    }
}
