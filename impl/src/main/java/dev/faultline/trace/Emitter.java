package dev.faultline.trace;

import dev.faultline.core.Event;
import dev.faultline.core.Message.ToAgent;
import dev.faultline.core.StorageRules;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who takes the steps of an action, and so the place at which a trace must say that they happened. Immutable. */
public enum Emitter {
    /** The host whose I/O it is. */
    HOST("the host", List.of(Event.Read.class, Event.Write.class, Event.Flush.class, Event.Abandon.class)),
    /** The agent that the host's I/O went to. */
    AGENT_OF_IO(
            "the agent that the I/O went to",
            List.of(
                    Event.Start.class,
                    Event.Retry.class,
                    Event.Fault.class,
                    Event.Reject.class,
                    Event.Fail.class,
                    Event.Complete.class,
                    Event.Refuse.class,
                    Event.Remind.class)),
    /** The agent that a message is to. */
    ADDRESSEE(
            "the agent that the message is to",
            List.of(
                    Event.ApplyCommand.class,
                    Event.AnswerCommand.class,
                    Event.ReceiveOpened.class,
                    Event.ReceiveClosed.class,
                    Event.ReceiveFull.class)),
    /** The agent that the event names. */
    AGENT(
            "the agent",
            List.of(
                    Event.Open.class,
                    Event.Close.class,
                    Event.RemindOpening.class,
                    Event.Offer.class,
                    Event.CrashAgent.class)),
    /** The controller. */
    CONTROLLER(
            "`controller`",
            List.of(
                    Event.ReceiveFault.class,
                    Event.Refresh.class,
                    Event.BeginCopy.class,
                    Event.CopyBlock.class,
                    Event.Switch.class,
                    Event.LiftAfterCopy.class,
                    Event.LiftUnshared.class,
                    Event.FinishJob.class,
                    Event.BeginFill.class,
                    Event.RefuseWrite.class,
                    Event.ForgetOffer.class,
                    Event.Hold.class,
                    Event.CheckBlock.class,
                    Event.Vacate.class,
                    Event.Release.class,
                    Event.ReceiveAnswer.class,
                    Event.ReceiveOpen.class,
                    Event.ReceiveClose.class,
                    Event.Quiesce.class,
                    Event.Freeze.class,
                    Event.CopyTable.class,
                    Event.Activate.class,
                    Event.AnswerSnapshot.class,
                    Event.Delete.class,
                    Event.Remove.class,
                    Event.Join.class,
                    Event.CrashController.class,
                    Event.Recover.class,
                    Event.FinishRecovery.class,
                    Event.FlushCopy.class,
                    Event.FlushHeld.class,
                    Event.FlushDisks.class,
                    Event.Reconnect.class,
                    Event.Resend.class)),
    /** Whoever asks the controller for something. */
    OPERATOR(
            "`operator`",
            List.of(
                    Event.Create.class,
                    Event.AskSnapshot.class,
                    Event.AskDeletion.class,
                    Event.Inspect.class,
                    Event.Fence.class)),
    /** The network. */
    NETWORK("`network`", List.of(Event.Lose.class, Event.Repeat.class)),
    /** The storage container. */
    STORAGE("`storage`", List.of(Event.Perform.class, Event.LosePower.class));

    /** What the controller's place is called. */
    public static final String CONTROLLER_PLACE = StorageRules.CONTROLLER;

    /** What the place is called of whoever asks the controller for something. */
    public static final String OPERATOR_PLACE = "operator";

    /** The places of which there is one, by who they are. */
    private static final Map<Emitter, String> SINGLE = new EnumMap<>(
            Map.of(CONTROLLER, CONTROLLER_PLACE, OPERATOR, OPERATOR_PLACE, NETWORK, "network", STORAGE, "storage"));

    private static final Map<Class<?>, Emitter> BY_EVENT = byEvent();

    private final String words;
    private final List<Class<? extends Event>> events;

    Emitter(String words, List<Class<? extends Event>> events) {
        this.words = words;
        this.events = events;
    }

    private static Map<Class<?>, Emitter> byEvent() {
        Map<Class<?>, Emitter> all = new HashMap<>();
        Stream.of(values()).forEach(emitter -> emitter.events.forEach(event -> all.put(event, emitter)));
        Arrays.stream(Event.class.getPermittedSubclasses())
                .filter(event -> !all.containsKey(event))
                .findFirst()
                .ifPresent(event -> {
                    throw new IllegalStateException("nobody emits " + event.getSimpleName());
                });
        return all;
    }

    /** Returns who takes the steps of an action. */
    public static Emitter of(Class<? extends Event> event) {
        Emitter emitter = BY_EVENT.get(event);
        if (emitter == null) {
            throw new IllegalArgumentException(event + " is no event");
        }
        return emitter;
    }

    /**
     * Returns the place at which an event happens.
     *
     * @param agentOfIo the agent that the I/O of a host went to, if it has one under way
     * @return the place; empty if it is an agent's that {@code agentOfIo} does not know
     */
    public static Optional<String> place(Event event, Function<String, Optional<String>> agentOfIo) {
        Emitter emitter = of(event.getClass());
        String single = SINGLE.get(emitter);
        if (single != null) {
            return Optional.of(single);
        } else if (event instanceof Event.OfHost io) {
            return emitter == HOST ? Optional.of(io.host()) : agentOfIo.apply(io.host());
        } else if (event instanceof Event.OfAgent own) {
            return Optional.of(own.agent());
        } else if (event instanceof Event.Carrying carrying && carrying.message() instanceof ToAgent message) {
            return Optional.of(message.to());
        }
        throw new IllegalStateException("nobody knows where " + event + " happens");
    }

    /** Returns who it is, in Markdown. */
    @Override
    public String toString() {
        return words;
    }
}
